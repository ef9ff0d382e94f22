// What a client makes of its options on the wire: query, headers, credentials, and what proxied() leaves out.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  Channel,
  createClient,
  type HeaderRecord,
  Os,
  type ProxiedOptions,
  proxied,
  type SignedOptions,
} from "msdk-friends";
import {
  BACKEND,
  callOf,
  clientFor,
  ENDPOINTS,
  failureOf,
  outcomeOf,
  player,
} from "./support/client-calls.ts";
import { NOW, requestOf, shown } from "./support/client-options.ts";
import { answerJson, good, scriptedFetch, withServer } from "./support/client-servers.ts";
import { KEY, OPENID, PATHS, sigOf, TOKEN, withSandbox } from "./support/sandbox-client.ts";

describe("the query", () => {
  it("has the defaults, sorted, empty values kept, sig last", async () => {
    const { url } = await requestOf({ os: undefined as unknown as Os });
    const query = url.slice(url.indexOf("?") + 1).replace(/sig=.*/, "sig");
    const expected = "channelid=2&conn=&gameid=12&os=3&seq=&source=0&ts=1900000000&version=&sig";
    assert.equal(query, expected);
  });

  it("has what was given, extra parameters in their places, all of it signed", async () => {
    const { url, body } = await requestOf(
      {
        gameId: 7,
        channel: 4711,
        os: Os.Windows,
        source: 3,
        version: "1.2-a_b~c",
        conn: "x",
        extraQuery: { cgsource: "cloudgame", platform: 2, Zeta: "", "~": "1", _: "0" },
      },
      (client) => client.friendList(player, { seq: "s.1" }),
    );
    const [query, sig] = url.slice(url.indexOf("?") + 1).split("&sig=") as [string, string];
    const expected =
      "Zeta=&_=0&cgsource=cloudgame&channelid=4711&conn=x&gameid=7&os=5&platform=2&seq=s.1&source=3" +
      "&ts=1900000000&version=1.2-a_b~c&~=1";
    assert.equal(query, expected);
    assert.equal(sig, sigOf(PATHS.friend_list, query.split("&"), body, KEY));
  });

  it("passes the sandbox with all of that", () =>
    withSandbox({}, async (sandbox) => {
      const client = await clientFor(sandbox.url, {
        extraQuery: { cgsource: "cloudgame", a: 1 },
        version: "1.0",
      });
      for (const endpoint of ENDPOINTS) await callOf[endpoint](client);
      assert.deepEqual(
        sandbox.requests.map((request) => request.ret),
        [0, 0, 0, 0, 0],
      );
    }));

  it("takes ts from now(), in seconds", async () => {
    for (const [now, ts] of [
      [0, "0"],
      [999, "0"],
      [1000.7, "1"],
      [NOW, "1900000000"],
    ] as const) {
      assert.equal((await requestOf({ now: () => now })).query.get("ts"), ts);
    }
    const { query } = await requestOf({ now: undefined as unknown as () => number });
    assert.equal(Math.abs(Number(query.get("ts")) - Date.now() / 1000) < 5, true);
  });

  for (const seq of ["a b", "a&b", "a=b", "a+b", "%20", "序", 1, {}, null] as unknown[]) {
    it(`refuses seq ${shown(seq)} as input`, async () => {
      const { fetch, requests } = scriptedFetch(good);
      const error = await failureOf(
        (await clientFor(BACKEND, { fetch })).friendList(player, { seq: seq as string }),
      );
      assert.deepEqual(outcomeOf(error), {
        kind: "request",
        retryable: false,
        maybeSent: false,
        attempts: 0,
      });
      assert.equal(error.field, "seq");
      assert.equal(requests.length, 0);
    });
  }
});

describe("headers", () => {
  it("are application/json alone by default", async () => {
    const { headers, init } = await requestOf();
    assert.deepEqual(headers, { "content-type": "application/json" });
    assert.equal(init.method, "POST");
  });

  const forms: Record<string, SignedOptions["headers"]> = {
    "a record": { "X-Game": "12" },
    "a function": () => ({ "X-Game": "12" }),
    "a function that returns a promise": async () => ({ "X-Game": "12" }),
  };
  for (const [name, headers] of Object.entries(forms)) {
    it(`may be ${name}`, async () => {
      const request = await requestOf({ headers: headers as HeaderRecord });
      assert.deepEqual(request.headers, { "X-Game": "12", "content-type": "application/json" });
    });
  }

  it("cannot change the content type, however it is spelled", async () => {
    for (const name of ["content-type", "Content-Type", "CONTENT-TYPE"]) {
      const request = await requestOf({ headers: { [name]: "text/plain", b: "c" } });
      assert.deepEqual(request.headers, { b: "c", "content-type": "application/json" });
    }
  });

  it("reach a real backend", () =>
    withSandbox({}, async (sandbox) => {
      const client = await clientFor(sandbox.url, { headers: () => ({ authorization: "Bearer x" }) });
      await client.friendList(player);
      assert.equal(sandbox.requests[0]?.headers.authorization, "Bearer x");
      assert.equal(sandbox.requests[0]?.headers["content-type"], "application/json");
    }));

  for (const made of [
    undefined,
    null,
    "a: b",
    1,
    [["a", "b"]],
    new Headers({ a: "b" }),
    new Map([["a", "b"]]),
  ]) {
    it(`made as ${made instanceof Headers ? "Headers" : shown(made)} are a config error, and nothing is sent`, async () => {
      const { fetch, requests } = scriptedFetch(good);
      const client = await clientFor(BACKEND, {
        fetch,
        headers: (() => made) as unknown as () => HeaderRecord,
      });
      const error = await failureOf(client.share({ ...player, fopenid: "1", gameTag: "x" }));
      assert.equal(error.kind, "config");
      assert.equal(error.field, "headers");
      assert.equal(error.maybeSent, false);
      assert.equal(requests.length, 0);
    });
  }

  for (const [name, value] of [
    ["a b", "x"],
    ["x", "a\nb"],
    ["x", "令牌"],
    ["x", undefined],
    ["x", { y: 1 }],
  ] as const) {
    it(`that no fetch can send (${shown([name, value])}) are a config error, not a broken network`, () =>
      withSandbox({}, async (sandbox) => {
        const headers = { [name]: value } as unknown as HeaderRecord;
        const error = await failureOf(
          clientFor(sandbox.url, { headers, maxRetries: 0 }).then((client) => client.friendList(player)),
        );
        assert.equal(error.kind, "config");
        assert.equal(error.field, "headers");
        assert.equal(sandbox.requests.length, 0);
      }));
  }
});

describe("credentials", () => {
  it("are named only when given", async () => {
    assert.equal("credentials" in (await requestOf()).init, false);
    for (const credentials of ["omit", "same-origin", "include"] as const) {
      assert.equal((await requestOf({ credentials })).init.credentials, credentials);
    }
  });
});

describe("proxied()", () => {
  const proxyOptions = { channel: Channel.QQ, signer: proxied() } satisfies Partial<ProxiedOptions>;

  it("sends neither ts, sig, os nor gameid, and the rest", async () => {
    const { fetch, requests } = scriptedFetch(good);
    const given = {
      gameId: 12,
      os: Os.Linux,
      extraQuery: { cgsource: "x" },
      source: 1,
      version: "2",
    } as const;
    const client = await createClient({
      ...proxyOptions,
      ...given,
      baseUrl: "https://proxy.example/msdk/",
      fetch,
    });
    await client.friendList(player, { seq: "q" });
    assert.equal(
      requests[0]?.url,
      `https://proxy.example/msdk${PATHS.friend_list}?cgsource=x&channelid=2&conn=&seq=q&source=1&version=2`,
    );
    assert.deepEqual(JSON.parse(requests[0]?.body ?? ""), player);
  });

  it("needs no player, whose fields are then absent from the body", async () => {
    const { fetch, requests } = scriptedFetch(good);
    const client = await createClient({ ...proxyOptions, baseUrl: "https://proxy.example", fetch });
    await client.friendList({});
    await client.friendList({ openid: OPENID });
    await client.friendList({ token: TOKEN });
    await client.getSopenid({});
    await client.recallFriendsList({ count: 5 });
    await client.share({ fopenid: "1", gameTag: "MSG_INVITE" });
    await client.arkShare({ sopenid: "2", extra: { a: 1 } });
    const fields = requests.map(({ body }) => Object.keys(JSON.parse(body)));
    for (const [index, allowed] of [[], ["openid"], ["token"], []].entries())
      assert.deepEqual(fields[index], allowed);
    for (const names of fields.slice(4))
      assert.equal(names.includes("openid") || names.includes("token"), false);
  });

  it("may run on loopback over http", async () => {
    await withServer(
      ({ res }) => answerJson(res, { ret: 0, msg: "" }),
      async ({ url, received }) => {
        const client = await createClient({ ...proxyOptions, baseUrl: url });
        await client.friendList({});
        assert.doesNotMatch(received[0]?.target ?? "sig", /sig|ts=|gameid|os=/);
      },
    );
  });
});
