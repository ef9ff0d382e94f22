// What SECURITY.md says of the platform's signature, tried.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, describe, it } from "node:test";
import { canonicalRequest, init, sign } from "msdk-friends";
import { type Sandbox, startSandbox } from "msdk-friends/sandbox";

const KEY = "claims-key-3c9d";
const PATH = "/v2/profile/get_sopenid";

/** The pair of Wang and Yu (2005), two blocks each: different bytes, the same md5. */
const PAIR = [
  "d131dd02c5e6eec4693d9a0698aff95c2fcab58712467eab4004583eb8fb7f8955ad340609f4b30283e488832571415a" +
    "085125e8f7cdc99fd91dbdf280373c5bd8823e3156348f5bae6dacd436c919c6dd53e2b487da03fd02396306d248cda0" +
    "e99f33420f577ee8ce54b67080a80d1ec69821bcb6a8839396f9652b6ff72a70",
  "d131dd02c5e6eec4693d9a0698aff95c2fcab50712467eab4004583eb8fb7f8955ad340609f4b30283e4888325f1415a" +
    "085125e8f7cdc99fd91dbd7280373c5bd8823e3156348f5bae6dacd436c919c6dd53e23487da03fd02396306d248cda0" +
    "e99f33420f577ee8ce54b67080280d1ec69821bcb6a8839396f965ab6ff72a70",
].map((hex) => Buffer.from(hex, "hex")) as [Buffer, Buffer];

const md5 = (...parts: (string | Buffer)[]) =>
  createHash("md5")
    .update(Buffer.concat(parts.map((part) => Buffer.from(part as Buffer))))
    .digest("hex");

const post = (url: string, query: string, body: string, sig: string): Promise<{ ret: number }> =>
  fetch(`${url}${PATH}?${query}&sig=${sig}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body,
  }).then((response) => response.json() as Promise<{ ret: number }>);

describe("the platform's signature", () => {
  let sandbox: Sandbox;
  before(async () => {
    await init();
    sandbox = await startSandbox({ key: KEY, gameId: "12", tsWindowSeconds: 60 });
  });
  after(() => sandbox.close());

  const signed = (ts: number, body: string) => {
    const query = { channelid: 2, conn: "", gameid: 12, os: 4, seq: "", source: 0, ts, version: "" };
    return {
      ...canonicalRequest({ path: PATH, query, body }),
      sig: sign({ path: PATH, query, body, key: KEY }),
    };
  };
  const now = () => Math.floor(Date.now() / 1000);
  const body = '{"openid":"10001","token":"T0"}';

  it("is the md5 of the text with the key behind it", () => {
    const { text, sig } = signed(now(), body);
    assert.equal(sig, md5(text, KEY));
  });

  it("does not survive what is appended: a longer text has another one, and the key stands between the two", async () => {
    const { text, canonicalQuery, sig } = signed(now(), body);
    // What length extension gives is the md5 of text + key + padding + more: of a text that holds the key.
    assert.notEqual(md5(text, " ", KEY), sig);
    assert.equal((await post(sandbox.url, canonicalQuery, `${body} `, sig)).ret, 1008);
  });

  it("is the same for two texts that collide, whatever the key is", () => {
    assert.ok(!PAIR[0].equals(PAIR[1]));
    for (const key of [KEY, "another key", ""]) assert.equal(md5(PAIR[0], key), md5(PAIR[1], key));
    // Behind another beginning, such as a request's path, this pair is none: one has to be computed for it.
    assert.notEqual(md5(PATH, PAIR[0], KEY), md5(PATH, PAIR[1], KEY));
  });

  it("may be used again within the window of ts, and not after it", async () => {
    const fresh = signed(now(), body);
    for (const _ of ["first", "again"]) {
      assert.equal((await post(sandbox.url, fresh.canonicalQuery, body, fresh.sig)).ret, 0);
    }
    const old = signed(now() - 61, body);
    assert.equal((await post(sandbox.url, old.canonicalQuery, body, old.sig)).ret, 13002);
  });
});
