// What a client may be told, what it makes of it on the wire, and what it refuses before anything is sent.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  Channel,
  type Client,
  type ClientOptions,
  createClient,
  Environment,
  type HeaderRecord,
  isMsdkError,
  keySigner,
  Os,
  type ProxiedOptions,
  proxied,
  type SignedOptions,
} from "msdk-friends";
import {
  callOf,
  clientFor,
  ENDPOINTS,
  failureOf,
  optionsFor,
  outcomeOf,
  player,
} from "./support/client-calls.ts";
import { answerJson, good, type Step, scriptedFetch, withServer } from "./support/client-servers.ts";
import { entryInWorld } from "./support/in-world.ts";
import { KEY, OPENID, PATHS, sigOf, TOKEN, withSandbox } from "./support/sandbox-client.ts";

const BACKEND = "https://backend.example";
const NOW = 1_900_000_000_999;

/** The one request of a call. */
async function requestOf(
  options: Partial<SignedOptions> = {},
  call: (client: Client) => Promise<unknown> = (client) => client.friendList(player),
) {
  const { fetch, requests } = scriptedFetch(good);
  await call(await clientFor(BACKEND, { fetch, now: () => NOW, ...options }));
  assert.equal(requests.length, 1);
  return requests[0] as (typeof requests)[number];
}

const refusalOf = (options: unknown) => failureOf(createClient(options as SignedOptions));

async function assertRefused(
  options: Partial<Record<keyof ClientOptions, unknown>>,
  field: string,
): Promise<void> {
  const error = await refusalOf({ ...optionsFor(BACKEND), ...options });
  const { kind, attempts, retryable, maybeSent } = error;
  assert.deepEqual(
    { field: error.field, kind, attempts, retryable, maybeSent },
    { field, kind: "config", attempts: 0, retryable: false, maybeSent: false },
  );
  assert.ok(error.message.includes(field), error.message);
  assert.equal(error.endpoint, undefined);
}

const shown = (value: unknown) =>
  typeof value === "symbol" ? "a symbol" : (JSON.stringify(value) ?? String(value));

describe("a bad option is a config error that names it", () => {
  const bad: Record<string, unknown[]> = {
    signer: [undefined, null, "key", {}, { sign: "x" }, () => "0".repeat(32)],
    channel: [undefined, null, 0, -1, 1.5, Number.NaN, "1", "WeChat", {}, 2 ** 53],
    gameId: [undefined, null, "", "a b", "12&x=1", "游戏", {}, [], true, Number.NaN],
    os: [0, 6, 1.5, "3", "web", {}, true],
    source: ["a b", {}, true, "ü", Number.POSITIVE_INFINITY],
    version: ["1 0", "a&b", {}, true],
    conn: ["=", [], true],
    extraQuery: ["a=b", 1, true, []],
    timeoutMs: [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 31, "5000", {}, true, [], Symbol("x")],
    totalTimeoutMs: [Object.create(null), 0, -1, 0.5, Number.NaN, "1", 2 ** 31],
    maxRetries: [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, "2"],
    maxResponseBytes: [0, -1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, "1"],
    fetch: ["fetch", {}, 1, true],
    headers: ["a: b", 1, true, [["a", "b"]], new Map([["a", "b"]]), new Headers({ a: "b" })],
    now: [1, "now", {}, new Date(0), true],
    credentials: ["yes", 1, true, {}],
    hooks: ["x", 1, true],
    logger: ["x", 1, true],
    useRemark: ["no", 1, {}],
  };
  for (const [option, values] of Object.entries(bad)) {
    for (const value of values)
      it(`${option}: ${shown(value)}`, () => assertRefused({ [option]: value }, option));
  }

  const badExtra: Record<string, unknown> = {
    sig: { sig: "x" },
    ts: { ts: 1 },
    seq: { seq: "x" },
    gameid: { gameid: "13" },
    os: { os: "1" },
    channelid: { channelid: "1" },
    source: { source: "1" },
    version: { version: "" },
    conn: { conn: "" },
    "a b": { "a b": "x" },
    a: { a: "b c" },
    b: { b: null },
    c: { c: {} },
  };
  for (const [name, extraQuery] of Object.entries(badExtra)) {
    it(`extraQuery.${name}`, () => assertRefused({ extraQuery }, `extraQuery.${name}`));
  }

  for (const options of [undefined, null, 1, "options", [], () => {}]) {
    it(`options: ${shown(options)}`, async () => {
      const error = await refusalOf(options);
      assert.equal(error.kind, "config");
    });
  }
});

describe("baseUrl", () => {
  const good: Record<string, string> = {
    "https://backend.example": "https://backend.example",
    "https://backend.example/": "https://backend.example",
    "https://backend.example///": "https://backend.example",
    "https://backend.example:8443/msdk": "https://backend.example:8443/msdk",
    "https://backend.example/a/b/": "https://backend.example/a/b",
    "http://localhost": "http://localhost",
    "http://localhost:8080/": "http://localhost:8080",
    "HTTP://LOCALHOST:1": "HTTP://LOCALHOST:1",
    "http://127.0.0.1:1": "http://127.0.0.1:1",
    "http://127.1.2.3": "http://127.1.2.3",
    "http://[::1]:8080": "http://[::1]:8080",
    "http://game.localhost:1": "http://game.localhost:1",
    "http://a.b.localhost": "http://a.b.localhost",
    [Environment.China]: Environment.China,
    [Environment.Test]: Environment.Test,
  };
  for (const [baseUrl, start] of Object.entries(good)) {
    it(`may be ${baseUrl}; the path that is signed stays the platform's`, async () => {
      const { url, body } = await requestOf({ baseUrl });
      assert.ok(url.startsWith(`${start}${PATHS.friend_list}?`), url);
      const [query, sig] = url.slice(url.indexOf("?") + 1).split("&sig=") as [string, string];
      assert.equal(sig, sigOf(PATHS.friend_list, query.split("&"), body, KEY));
    });
  }

  const bad = [
    undefined,
    null,
    "",
    1,
    {},
    new URL(BACKEND),
    " ",
    "backend.example",
    "//backend.example",
    "\\\\backend.example",
    "/\\backend.example",
    "ftp://backend.example",
    "ws://localhost",
    "file:///tmp",
    "javascript:alert(1)",
    "https://",
    "https:///v2",
    "https://backend.example?x=1",
    "https://backend.example/?x=1",
    "https://backend.example/a?",
    "https://backend.example#x",
    "https://backend.example/#",
    "https://user@backend.example",
    "https://user:password@backend.example",
    "http://backend.example",
    "http://192.168.0.1",
    "http://10.0.0.1",
    "http://0.0.0.0",
    "http://localhost.backend.example",
    "http://localhost@backend.example",
    "http://notlocalhost",
    "http://127.0.0.1.backend.example",
    "http://127.0.0.1:80@backend.example",
    "http://[::1].backend.example",
    "http://[::2]",
    "http://.localhost",
    "https://backend example",
    "https://backend.example\n/x",
    " https://backend.example",
    "https://backend.example ",
    // A page's own path means nothing here.
    "/",
    "/msdk",
    "msdk",
    "./msdk",
    "../msdk",
    // These are no URLs at all, so no request could ever leave.
    "https://backend.example:port",
    "https://backend.example:99999",
    "https://[::1",
    "https://a]b",
    "https://%zz.example",
  ];
  for (const baseUrl of bad) {
    it(`may not be ${shown(baseUrl)}`, () => assertRefused({ baseUrl }, "baseUrl"));
  }

  for (const [name, environment] of Object.entries(Environment)) {
    it(`may not be Environment.${name} with proxied()`, async () => {
      for (const baseUrl of [environment, `${environment}/`]) {
        const error = await refusalOf({ baseUrl, channel: Channel.QQ, signer: proxied() });
        assert.equal(error.kind, "config");
        assert.equal(error.field, "baseUrl");
        assert.match(error.message, /proxy/i);
      }
    });
  }

  it("reaches a real backend under a prefix, on each loopback address", async () => {
    for (const [host, name] of [
      ["127.0.0.1", "127.0.0.1"],
      ["127.0.0.1", "localhost"],
      ["::1", "[::1]"],
    ] as const) {
      await withServer(
        ({ res }) => answerJson(res, { ret: 0, msg: "" }),
        async ({ port, received }) => {
          await (await clientFor(`http://${name}:${port}/msdk/`)).friendList(player);
          const [path, query] = (received[0]?.target ?? "").split("?") as [string, string];
          assert.equal(path, `/msdk${PATHS.friend_list}`);
          const [unsigned, sig] = query.split("&sig=") as [string, string];
          assert.equal(sig, sigOf(PATHS.friend_list, unsigned.split("&"), received[0]?.body ?? "", KEY));
        },
        host,
      );
    }
  });
});

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

describe("redirects", () => {
  for (const code of [301, 302, 303, 307, 308]) {
    it(`${code} is not followed, and the second server sees nothing`, () =>
      withServer(
        ({ res }) => answerJson(res, { ret: 0, msg: "" }),
        (second) =>
          withServer(
            ({ res, target }) => {
              res.writeHead(code, { location: `${second.url}${target}` });
              res.end();
            },
            async (first) => {
              const client = await clientFor(first.url);
              for (const endpoint of ENDPOINTS) {
                const error = await failureOf(callOf[endpoint](client));
                assert.deepEqual(outcomeOf(error), {
                  kind: "unknown",
                  retryable: false,
                  maybeSent: true,
                  attempts: 1,
                });
                assert.equal(error.status, code);
                assert.match(error.message, /redirect/i);
              }
              assert.equal(first.received.length, ENDPOINTS.length);
              assert.equal(second.received.length, 0);
            },
          ),
      ));
  }

  it("that a browser hides (status 0) are the same", async () => {
    const opaque: Step = () => {
      const response = Response.json({});
      Object.defineProperties(response, {
        status: { value: 0 },
        type: { value: "opaqueredirect" },
        body: { value: null },
      });
      return response;
    };
    const { fetch } = scriptedFetch(opaque);
    const error = await failureOf((await clientFor(BACKEND, { fetch })).friendList(player));
    assert.equal(error.kind, "unknown");
    assert.match(error.message, /redirect/i);
  });

  it("are asked not to be followed", async () => {
    assert.equal((await requestOf()).init.redirect, "manual");
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

describe("a call's own timeoutMs", () => {
  for (const timeoutMs of [
    Object.create(null),
    0,
    -1,
    1.5,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    2 ** 31,
    "5",
    {},
    true,
  ] as unknown[]) {
    it(`may not be ${typeof timeoutMs === "number" ? timeoutMs : shown(timeoutMs)}`, async () => {
      const { fetch, requests } = scriptedFetch(good);
      const call = (await clientFor(BACKEND, { fetch })).friendList(player, {
        timeoutMs: timeoutMs as number,
      });
      const error = await failureOf(call);
      assert.deepEqual(outcomeOf(error), {
        kind: "request",
        retryable: false,
        maybeSent: false,
        attempts: 0,
      });
      assert.equal(error.field, "timeoutMs");
      assert.equal(requests.length, 0);
    });
  }
});

describe("bad input", () => {
  const wrong: Record<string, [channel: Channel, call: (client: Client) => Promise<unknown>, field: string]> =
    {
      "an empty openid": [Channel.QQ, (c) => c.friendList({ openid: "", token: TOKEN }), "openid"],
      "an empty token": [Channel.QQ, (c) => c.getSopenid({ openid: OPENID, token: "" }), "token"],
      "no openid": [Channel.QQ, (c) => c.friendList({ token: TOKEN } as never), "openid"],
      "an openid that is a number": [
        Channel.QQ,
        (c) => c.friendList({ openid: 1, token: TOKEN } as never),
        "openid",
      ],
      "share on WeChat": [Channel.WeChat, (c) => callOf.share(c), "channel"],
      "ark_share on WeChat": [Channel.WeChat, (c) => callOf.ark_share(c), "channel"],
      "recall on Guest": [Channel.Guest, (c) => c.recallFriendsList({ ...player, count: 1 }), "channel"],
      "get_sopenid on an unknown channel": [4711, (c) => c.getSopenid(player), "channel"],
      "taskId and count": [
        Channel.QQ,
        (c) => c.recallFriendsList({ ...player, count: 1, taskId: 1 } as never),
        "taskId|count",
      ],
      "neither count nor taskId on QQ": [
        Channel.QQ,
        (c) => c.recallFriendsList({ ...player } as never),
        "count",
      ],
      "neither on WeChat": [Channel.WeChat, (c) => c.recallFriendsList({ ...player } as never), "taskId"],
      "count on WeChat": [Channel.WeChat, (c) => c.recallFriendsList({ ...player, count: 1 }), "taskId"],
      "a count of 0": [Channel.QQ, (c) => c.recallFriendsList({ ...player, count: 0 }), "count"],
      "a count of 21": [Channel.QQ, (c) => c.recallFriendsList({ ...player, count: 21 }), "count"],
      "no receiver": [Channel.QQ, (c) => c.share({ ...player, gameTag: "x" } as never), "fopenid|sopenid"],
      "two receivers": [
        Channel.QQ,
        (c) => c.share({ ...player, gameTag: "x", fopenid: "1", sopenid: "2" } as never),
        "fopenid|sopenid",
      ],
      "no game tag": [Channel.QQ, (c) => c.share({ ...player, fopenid: "1" } as never), "gameTag"],
      "no extra": [Channel.QQ, (c) => c.arkShare({ ...player, fopenid: "1" } as never), "extra"],
      "a subChannelId of 0": [
        Channel.QQ,
        (c) => c.friendList({ ...player, subChannelId: 0 }),
        "subChannelId",
      ],
    };
  for (const [name, [channel, call, field]] of Object.entries(wrong)) {
    it(`${name} is refused, and nothing is sent`, async () => {
      const { fetch, requests } = scriptedFetch(good);
      const error = await failureOf(call(await clientFor(BACKEND, { fetch, channel })));
      assert.deepEqual(outcomeOf(error), {
        kind: "request",
        retryable: false,
        maybeSent: false,
        attempts: 0,
      });
      assert.match(String(error.field), new RegExp(field));
      assert.notEqual(error.endpoint, undefined);
      assert.equal(requests.length, 0);
    });
  }

  const strange: Record<string, unknown> = {
    nothing: undefined,
    null: null,
    "a text": "player",
    "a number": 1,
    "a function": () => {},
    "an array": [],
    "a BigInt inside": { ...player, subChannelId: 1n },
    "a getter that throws": {
      get openid(): string {
        throw new Error("no openid");
      },
      token: TOKEN,
    },
    "a toJSON that throws": {
      ...player,
      toJSON() {
        throw new Error("no JSON");
      },
    },
    "a revoked proxy": revoked(),
  };
  for (const [name, input] of Object.entries(strange)) {
    it(`${name} as input is refused by a rejection, not a throw`, async () => {
      const { fetch, requests } = scriptedFetch(good);
      const client = (await clientFor(BACKEND, { fetch })) as unknown as Record<
        string,
        (input: unknown) => Promise<unknown>
      >;
      for (const method of ["friendList", "recallFriendsList", "getSopenid", "share", "arkShare"]) {
        const error = await failureOf((client[method] as (input: unknown) => Promise<unknown>)(input));
        assert.deepEqual(outcomeOf(error), {
          kind: "request",
          retryable: false,
          maybeSent: false,
          attempts: 0,
        });
      }
      assert.equal(requests.length, 0);
    });
  }

  for (const options of [null, 1, "options", true] as unknown[]) {
    it(`${shown(options)} as call options is refused as input`, async () => {
      const { fetch, requests } = scriptedFetch(good);
      const error = await failureOf(
        (await clientFor(BACKEND, { fetch })).friendList(player, options as object),
      );
      assert.deepEqual(outcomeOf(error), {
        kind: "request",
        retryable: false,
        maybeSent: false,
        attempts: 0,
      });
      assert.equal(requests.length, 0);
    });
  }

  it("the methods work without their object", async () => {
    const { fetch } = scriptedFetch(good);
    const { friendList } = await clientFor(BACKEND, { fetch });
    assert.deepEqual((await friendList(player)).friends, []);
  });
});

function revoked(): unknown {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

describe("a signer", () => {
  const sig = "0123456789abcdef0123456789abcdef";
  const fine: Record<string, SignedOptions["signer"]> = {
    "a text": { sign: () => sig },
    "a promise": { sign: async () => sig },
    "upper case": { sign: () => sig.toUpperCase() },
    "a thenable": {
      // biome-ignore lint/suspicious/noThenProperty: a thenable is what is tested
      sign: () => ({ then: (resolve: (value: string) => void) => resolve(sig) }) as Promise<string>,
    },
  };
  for (const [name, signer] of Object.entries(fine)) {
    it(`may return ${name}; what is sent is lower case`, async () => {
      const { url } = await requestOf({ signer });
      assert.ok(url.endsWith(`&sig=${sig}`), url);
    });
  }

  const wrong: unknown[] = [
    undefined,
    null,
    "",
    sig.slice(1),
    `${sig}0`,
    `${sig}\n`,
    ` ${sig}`,
    sig.replace("f", "g"),
    `${sig.slice(1)}&`,
    1,
    {},
    [sig],
    { sig },
    new Uint8Array(16),
    new String(sig),
  ];
  for (const value of wrong) {
    it(`may not return ${shown(value)}`, async () => {
      const { fetch, requests } = scriptedFetch(good);
      const client = await clientFor(BACKEND, { fetch, signer: { sign: () => value as string } });
      const error = await failureOf(client.friendList(player));
      assert.deepEqual(outcomeOf(error), {
        kind: "signature",
        retryable: false,
        maybeSent: false,
        attempts: 1,
      });
      assert.match(error.message, /32 hex/);
      assert.equal(requests.length, 0);
    });
  }

  const thrown: Record<string, unknown> = {
    "an error": new Error("x"),
    nothing: undefined,
    "a text": "x",
    null: null,
    "a symbol inside": { message: Symbol("x") },
    "a bare object inside": { message: Object.create(null) },
    "a bare object": Object.create(null),
    "a hostile object": new Proxy(
      {},
      {
        get: () => {
          throw new Error("hostile");
        },
      },
    ),
  };
  for (const [name, value] of Object.entries(thrown)) {
    for (const how of ["throws", "rejects with"] as const) {
      it(`that ${how} ${name} is a signature error`, async () => {
        const sign = () => {
          if (how === "throws") throw value;
          return Promise.reject(value);
        };
        const error = await failureOf((await clientFor(BACKEND, { signer: { sign } })).friendList(player));
        assert.deepEqual(outcomeOf(error), {
          kind: "signature",
          retryable: false,
          maybeSent: false,
          attempts: 1,
        });
      });
    }
  }

  it("is given path, canonical query and body as they are sent, and is called on itself", async () => {
    let seen: unknown;
    class Remote {
      readonly #sig = sig;
      sign(input: unknown): string {
        seen = input;
        return this.#sig;
      }
    }
    const { url, body } = await requestOf({ signer: new Remote() });
    const canonicalQuery = url.slice(url.indexOf("?") + 1).replace(/&sig=.*/, "");
    assert.deepEqual(seen, { path: PATHS.friend_list, canonicalQuery, body });
  });
});

describe("maxResponseBytes", () => {
  const text = JSON.stringify({ ret: 0, msg: "", sopenid: "1", pad: "é".repeat(50) });
  const bytes = new TextEncoder().encode(text);
  const bodies: Record<string, () => Response> = {
    "in one piece": () => new Response(text),
    "in pieces": () =>
      new Response(
        new ReadableStream({
          start: (controller) => {
            for (const byte of bytes) controller.enqueue(new Uint8Array([byte]));
            controller.close();
          },
        }),
      ),
    "without a stream": () => {
      const response = new Response(text);
      Object.defineProperty(response, "body", { value: null });
      return response;
    },
    "with its length announced": () =>
      new Response(text, { headers: { "content-length": String(bytes.length) } }),
  };
  for (const [name, body] of Object.entries(bodies)) {
    it(`takes an answer of just that many bytes, ${name}, and none of one more`, async () => {
      const { fetch } = scriptedFetch(body);
      const fits = await clientFor(BACKEND, { fetch, maxResponseBytes: bytes.length });
      assert.equal((await fits.getSopenid(player)).sopenid, "1");
      const tight = await clientFor(BACKEND, { fetch, maxResponseBytes: bytes.length - 1 });
      const error = await failureOf(tight.getSopenid(player));
      assert.deepEqual(outcomeOf(error), {
        kind: "malformed_response",
        retryable: false,
        maybeSent: true,
        attempts: 1,
      });
      assert.equal(error.status, 200);
    });
  }

  it("does not read an answer that announces more, also where there is no stream", async () => {
    let read = 0;
    const answer = {
      status: 200,
      headers: new Headers({ "content-length": "101" }),
      body: null,
      arrayBuffer: async () => {
        read++;
        return new ArrayBuffer(101);
      },
    };
    const { fetch } = scriptedFetch(() => answer as unknown as Response);
    const client = await clientFor(BACKEND, { fetch, maxResponseBytes: 100 });
    assert.equal((await failureOf(client.getSopenid(player))).kind, "malformed_response");
    assert.equal(read, 0);
  });

  it("does not hide the status of an error page that is larger", async () => {
    const { fetch } = scriptedFetch(() => new Response("x".repeat(101), { status: 503 }));
    const client = await clientFor(BACKEND, { fetch, maxResponseBytes: 100, maxRetries: 0 });
    const { kind, status, retryable } = await failureOf(client.getSopenid(player));
    assert.deepEqual({ kind, status, retryable }, { kind: "server", status: 503, retryable: true });
  });

  it("lets go of an answer that announces more, without reading it", async () => {
    let cancelled = 0;
    const stream = () => new ReadableStream({ cancel: () => void cancelled++ });
    const { fetch } = scriptedFetch(() => new Response(stream(), { headers: { "content-length": "101" } }));
    const client = await clientFor(BACKEND, { fetch, maxResponseBytes: 100 });
    assert.equal((await failureOf(client.getSopenid(player))).kind, "malformed_response");
    assert.equal(cancelled, 1);
  });
});

describe("a fetch of the caller's own", () => {
  it("may answer with a body that is no web stream, as older ones do", async () => {
    const bytes = new TextEncoder().encode('{"ret":0,"sopenid":"7"}');
    const { Readable } = await import("node:stream");
    const { fetch } = scriptedFetch(
      () =>
        ({
          status: 200,
          headers: new Headers(),
          body: Readable.from([bytes]),
          arrayBuffer: async () => bytes.buffer,
        }) as unknown as Response,
    );
    assert.equal((await (await clientFor(BACKEND, { fetch })).getSopenid(player)).sopenid, "7");
  });

  it("is looked up at each call where it is the global one", async () => {
    const client = await clientFor(BACKEND);
    const original = globalThis.fetch;
    const { fetch, requests } = scriptedFetch(good);
    globalThis.fetch = fetch;
    try {
      await client.friendList(player);
    } finally {
      globalThis.fetch = original;
    }
    assert.equal(requests.length, 1);
  });
});

// The guard looks at globals, so each case gets a world of its own.
describe("keySigner", () => {
  const exportsIn = (globals: object) =>
    entryInWorld("msdk-friends/inline", { TextEncoder, TextDecoder, URL, ...globals });

  const requestOnly = { request: () => {} };
  const refused: Record<string, object> = {
    "a page": { window: {}, document: {} },
    "a page that simulates Node": { window: {}, document: {}, process: { versions: { node: "20.0.0" } } },
    "a web worker": { importScripts: () => {}, navigator: { userAgent: "Mozilla/5.0" } },
    "a worker with a shim of process": { importScripts: () => {}, process: { env: {}, versions: {} } },
    "a WeChat mini-game": { wx: requestOnly },
    "a QQ mini-game": { qq: requestOnly },
    "a ByteDance mini-game": { tt: requestOnly },
    "an Alipay mini-game": { my: requestOnly },
    "a Kuaishou mini-game": { ks: requestOnly },
    "a Baidu mini-game": { swan: requestOnly },
    "a quick game": { qg: requestOnly },
  };
  for (const [name, globals] of Object.entries(refused)) {
    it(`refuses ${name} and says why, unless it is told`, () => {
      const { keySigner: inPage, isMsdkError: known } = exportsIn(globals);
      assert.throws(
        () => inPage(KEY),
        (error) => {
          if (!(known(error) && isMsdkError(error))) return false;
          assert.equal(error.kind, "config");
          assert.match(error.message, /dangerouslyAllowBrowser/);
          assert.match(error.message, /key/);
          assert.equal(error.message.includes(KEY), false);
          return true;
        },
      );
      for (const answer of [false, 1, "true"]) {
        assert.throws(() => inPage(KEY, { dangerouslyAllowBrowser: answer as boolean }));
      }
      assert.equal(typeof inPage(KEY, { dangerouslyAllowBrowser: true }).sign, "function");
    });
  }

  const passes: Record<string, object> = {
    Node: { process: { versions: { node: "20.0.0" } } },
    Deno: { Deno: {}, importScripts: () => {} },
    Bun: { Bun: {} },
    "an edge worker": { navigator: { userAgent: "Cloudflare-Workers" } },
    "another edge worker": { caches: {}, Response: {}, EdgeRuntime: "edge" },
    "a program that calls something wx": { wx: "text" },
  };
  for (const [name, globals] of Object.entries(passes)) {
    it(`passes in ${name}`, () => {
      assert.equal(typeof exportsIn(globals).keySigner(KEY).sign, "function");
    });
  }

  for (const key of ["", undefined, null, 1, {}, ["key"]] as unknown[]) {
    it(`refuses ${shown(key)} as a key`, () => {
      assert.throws(() => keySigner(key as string), { kind: "config", field: "key" });
    });
  }

  it("refuses null as its options with a config error or ignores it", () => {
    try {
      keySigner(KEY, null as unknown as object);
    } catch (error) {
      assert.ok(isMsdkError(error), String(error));
    }
  });

  it("signs like the vectors' scheme", async () => {
    const input = { path: "/v2/friend/friend_list", canonicalQuery: "a=1&b=2", body: '{"名":"字"}' };
    const { signal } = new AbortController();
    assert.equal(
      await keySigner(KEY).sign(input, { signal }),
      sigOf(input.path, ["a=1", "b=2"], input.body, KEY),
    );
  });
});
