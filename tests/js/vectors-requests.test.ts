// The known answers of what is sent, signature and ARK template with it, against the reference twin and the package;
// and that no file of known answers is left out.

import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { before, describe, test } from "node:test";
import { Channel, canonicalRequest, endpoints, init, keySigner, packArkExtra, sign } from "msdk-friends";
import { callEndpoint, capturedClient, goodInput } from "../twin/captured.ts";
import * as twin from "../twin/index.ts";
import { cases, channelOf, directory, ENDPOINT_NAMES, failure } from "./support/vectors.ts";

before(() => init());

test("no vector file is left out", () => {
  const tested = [
    "ark-extra.json",
    "avatar-fit.json",
    "avatar.json",
    "channels.json",
    "errors.json",
    "gender.json",
    "requests.json",
    "responses.json",
    "signing.json",
    "statuses.json",
  ];
  assert.deepEqual(readdirSync(directory).sort(), tested);
});

describe("signing.json", () => {
  interface Case {
    name: string;
    path: string;
    params: Record<string, string>;
    body: string;
    sigKey: string;
    canonicalQuery: string;
    sig: string;
  }
  const all = cases<Case>("signing.json", 10);

  for (const { name, path, params, body, sigKey, canonicalQuery, sig } of all) {
    test(`twin: ${name}`, () => {
      assert.equal(twin.canonicalQuery(params), canonicalQuery);
      assert.equal(twin.sign(path, canonicalQuery, body, sigKey), sig);
    });

    test(`package: ${name}`, () => {
      const shuffled = Object.fromEntries(Object.entries(params).reverse());
      for (const query of [params, shuffled]) {
        const canonical = canonicalRequest({ path, query, body });
        assert.deepEqual(canonical, { canonicalQuery, text: `${path}?${canonicalQuery}${body}` });
        assert.equal(sign({ path, query, body, key: sigKey }), sig);
      }
    });

    test(`keySigner alone: ${name}`, async () => {
      const { signal } = new AbortController();
      assert.equal(await keySigner(sigKey).sign({ path, canonicalQuery, body }, { signal }), sig);
    });
  }

  // A client always sends the fixed parameters, and builds its body itself; the rest is not expressible through one.
  const FIXED = ["channelid", "conn", "gameid", "os", "seq", "source", "ts", "version"];
  const expressible = all.filter(({ params }) => FIXED.every((name) => name in params));
  let exact = 0;

  for (const { name, path, params, body, sigKey, canonicalQuery, sig } of expressible) {
    test(`client: ${name}`, async () => {
      const { channelid, conn, gameid, os, seq, source, ts, version, ...extraQuery } = params;
      const channel = Number(channelid);
      const { client, sent } = await capturedClient({
        channel,
        gameId: gameid as string,
        os: Number(os) as 1,
        source: source as string,
        version: version as string,
        conn: conn as string,
        extraQuery,
        now: () => Number(ts) * 1000 + 999,
        signer: keySigner(sigKey),
      });
      const endpoint = ENDPOINT_NAMES.find((one) => twin.ENDPOINTS[one].path === path);
      assert.ok(endpoint);
      const { openid = "10001", token = "T0" } = JSON.parse(body || "{}") as {
        openid?: string;
        token?: string;
      };
      const input = { ...goodInput(endpoint, channel), openid, token };
      await callEndpoint(client, endpoint, input, { seq });

      const [request] = sent;
      assert.ok(request);
      assert.equal(request.url.pathname, path);
      const expected = twin.sign(path, canonicalQuery, request.body, sigKey);
      assert.equal(request.url.search, `?${canonicalQuery}&sig=${expected}`);
      if (request.body === body) {
        exact++;
        assert.equal(expected, sig);
      }
    });
  }

  test("client: as many cases as can be expressed were", () => {
    assert.equal(expressible.length, 8);
    assert.equal(exact, 4, "bodies that came out byte for byte as in the vector");
  });
});

describe("requests.json", () => {
  interface Case {
    name: string;
    endpoint: twin.EndpointName;
    channel: string;
    input: Record<string, unknown>;
    body?: Record<string, unknown>;
    error?: string;
    field?: string;
  }

  for (const { name, endpoint, channel, input, body, error, field } of cases<Case>("requests.json", 18)) {
    test(`twin: ${name}`, () => {
      const prepared = twin.prepare(endpoint, channelOf(channel), input);
      if (body) assert.deepEqual(prepared, { body });
      else assert.equal("faults" in prepared && prepared.faults[0], field);
    });

    test(`package: ${name}`, async () => {
      const { client, sent } = await capturedClient({ channel: channelOf(channel) });
      if (body) {
        await callEndpoint(client, endpoint, input);
        assert.equal(sent.length, 1);
        assert.deepEqual(JSON.parse(sent[0]?.body ?? ""), body);
        return;
      }
      const thrown = await failure(() => callEndpoint(client, endpoint, input));
      assert.equal(thrown.kind, error);
      assert.equal(thrown.field, field);
      assert.equal(thrown.endpoint, endpoint);
      assert.equal(thrown.attempts, 0);
      assert.equal(thrown.maybeSent, false);
      assert.equal(thrown.retryable, false);
      assert.ok(thrown.allowed, "says what is allowed");
      assert.match(thrown.message, new RegExp(`^${field}: `));
      assert.ok(thrown.message.includes(thrown.allowed), thrown.message);
      assert.deepEqual(sent, [], "nothing was sent");
    });
  }
});

describe("ark-extra.json", () => {
  interface Case {
    name: string;
    input: string;
    extra: string;
  }

  for (const { name, input, extra } of cases<Case>("ark-extra.json", 5)) {
    test(`twin: ${name}`, () => {
      assert.equal(twin.packArkExtra(input), extra);
    });

    test(`package: ${name}`, async () => {
      assert.equal(packArkExtra(input), extra);
      assert.equal(packArkExtra(`\uFEFF${input}`), extra, "with a byte order mark");
      const { client, sent } = await capturedClient({ channel: Channel.QQ });
      await client.arkShare({ openid: "12345678", token: "t-1234567", fopenid: "87654321", extra: input });
      const body = JSON.parse(sent[0]?.body ?? "");
      assert.deepEqual(body, { openid: "12345678", token: "t-1234567", fopenid: "87654321", extra });
    });

    test(`package, as an object: ${name}`, async () => {
      const template = JSON.parse(decodeURIComponent(extra)) as object;
      assert.equal(packArkExtra(template), extra);
      const { client, sent } = await capturedClient({ channel: Channel.QQ });
      await client.arkShare({
        openid: "12345678",
        token: "t-1234567",
        sopenid: "so-7654321",
        extra: template,
      });
      assert.equal(JSON.parse(sent[0]?.body ?? "").extra, extra);
    });
  }
});

test("endpoints() and the twin know the same ones", () => {
  const known = endpoints().map(({ name, path, idempotent, channels }) => [
    name,
    { path, idempotent, channels: [...channels].sort() },
  ]);
  assert.deepEqual(Object.fromEntries(known), twin.ENDPOINTS);
});
