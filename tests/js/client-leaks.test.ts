// Distinct markers for token, openids, key and sig: whatever goes wrong, nothing that can be printed holds one.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { describe, it } from "node:test";
import { inspect } from "node:util";
import {
  Channel,
  type Client,
  createClient,
  type EndpointName,
  keySigner,
  Os,
  type Player,
  proxied,
  type SignedOptions,
  type Signer,
  type SignInput,
} from "msdk-friends";
import { FAULTS, startSandbox } from "msdk-friends/sandbox";
import { assertTook, clientFor, failureOf, timed } from "./support/client-calls.ts";
import { assertNoMarker, type Markers, recorder } from "./support/client-leaks.ts";
import {
  answerJson,
  type ReceivedRequest,
  type Step,
  scriptedFetch,
  withServer,
} from "./support/client-servers.ts";

const secrets = {
  key: "marker-key-a91f27",
  token: "marker-token-5d30c8",
  openid: "9007199254740993101",
  fopenid: "9007199254740993202",
  sopenid: "9007199254740993303",
};

type Calls = Record<EndpointName | "share to sopenid", (client: Client) => Promise<unknown>>;

const callsBy = (player: Player): Calls => {
  const { fopenid, sopenid } = secrets;
  return {
    friend_list: (client) => client.friendList(player),
    recall_friends_list: (client) => client.recallFriendsList({ ...player, count: 3 }),
    get_sopenid: (client) => client.getSopenid(player),
    share: (client) =>
      client.share({ ...player, fopenid, gameTag: "MSG_INVITE", link: "https://x", title: "t".repeat(60) }),
    "share to sopenid": (client) => client.share({ ...player, sopenid, gameTag: "MSG_RECALL_ARK" }),
    ark_share: (client) => client.arkShare({ ...player, sopenid, extra: { app: "x" } }),
  };
};
const calls = callsBy({ openid: secrets.openid, token: secrets.token });

/** Refuses, and quotes all that it was given, wherever an error can carry a text. */
const quotingSigner: Signer = {
  sign: (input, { signal }) => {
    throw loud(`cannot sign ${input.path}?${input.canonicalQuery} with ${input.body}`, { input, signal });
  },
};

const garbageSigners: Record<string, Signer> = {
  "the input as text": { sign: ({ canonicalQuery, body }) => `${canonicalQuery} ${body}` },
  "the input as an object": { sign: (input) => input as unknown as string },
  "a rejection with the input": { sign: (input) => Promise.reject(JSON.stringify(input)) },
  "a rejection with an object": {
    sign: ({ body }: SignInput) => Promise.reject({ message: body, stack: body }),
  },
};

/** An error that holds `text` wherever it can but in its `code`, three causes deep. */
function loud(text: string, details: object, depth = 3): Error {
  const cause = depth > 0 ? loud(text, details, depth - 1) : text;
  const error = new Error(text, { cause });
  return Object.assign(error, { name: `Loud(${text})`, details, request: text, errors: [new Error(text)] });
}

const makers: Record<string, (baseUrl: string, rest: Partial<SignedOptions>) => Promise<Client>> = {
  keySigner: (baseUrl, rest) => clientWith(baseUrl, { signer: keySigner(secrets.key), ...rest }),
  "a signer that throws what it got": (baseUrl, rest) =>
    clientWith(baseUrl, { signer: quotingSigner, ...rest }),
  "proxied()": (baseUrl, rest) =>
    createClient({ baseUrl, channel: Channel.QQ, ...rest, signer: proxied() }) as Promise<Client>,
  ...Object.fromEntries(
    Object.entries(garbageSigners).map(([name, signer]) => [
      `a signer that returns ${name}`,
      (baseUrl: string, rest: Partial<SignedOptions>) => clientWith(baseUrl, { signer, ...rest }),
    ]),
  ),
};

const clientWith = (baseUrl: string, options: Partial<SignedOptions>) =>
  createClient({
    baseUrl,
    gameId: "12",
    channel: Channel.QQ,
    os: Os.Linux,
    signer: keySigner(secrets.key),
    ...options,
  });

/** Runs every call and looks at all that it leaves in a program's hands. Returns how many failed. */
async function assertSilent(
  where: string,
  client: Client,
  { seen }: ReturnType<typeof recorder>,
  { of = calls, markers = secrets as Markers, sigs = () => [] as readonly string[] } = {},
): Promise<number> {
  const outcomes = await Promise.all(
    Object.entries(of).map(async ([name, call]) => {
      const error: unknown = await call(client).then(
        () => undefined,
        (thrown) => thrown,
      );
      return { name, error };
    }),
  );
  const all = { ...markers, ...Object.fromEntries(sigs().map((sig, index) => [`sig ${index}`, sig])) };
  for (const { name, error } of outcomes) {
    if (error !== undefined) assertNoMarker(all, `${where}, ${name}, error`, error);
  }
  for (const argument of seen) assertNoMarker(all, `${where}, hooks and logger`, argument);
  assertNoMarker(all, `${where}, client`, { client });
  return outcomes.filter(({ error }) => error !== undefined).length;
}

describe("every fault with every signer on every endpoint", { concurrency: 4 }, () => {
  for (const fault of [...FAULTS, "none"] as const) {
    it(fault, async () => {
      const sandbox = await startSandbox({ key: secrets.key, fault });
      try {
        for (const [name, make] of Object.entries(makers)) {
          const recorded = recorder();
          const { hooks, logger } = recorded;
          const timeoutMs = /^(stall|slow)/.test(fault) ? 100 : 3000;
          const limits = { timeoutMs, totalTimeoutMs: 900, maxRetries: 1, maxResponseBytes: 2 ** 17 };
          const client = await make(sandbox.url, { hooks, logger, ...limits });
          const sigs = () => sandbox.requests.flatMap(({ query }) => /sig=(\w+)/.exec(query)?.[1] ?? []);
          await assertSilent(`${fault}, ${name}`, client, recorded, { sigs });
          assert.notEqual(recorded.seen.length, 0);
          if (name === "keySigner") assert.notEqual(sigs().length, 0);
        }
      } finally {
        await sandbox.close();
      }
    });
  }
});

describe("a fetch that quotes the request in what it throws", () => {
  const quoting: Record<string, (text: string, request: Parameters<Step>[0]) => unknown> = {
    "an error with nested causes": (text, { init }) => loud(text, { init }),
    "a string": (text) => text,
    "an object": (text) => ({ message: text, stack: text, toString: () => text }),
    "an error whose code quotes it": (text) => Object.assign(new Error("x"), { code: text }),
    "an AggregateError": (text) => new AggregateError([new Error(text)], text),
    "a DOMException": (text) => new DOMException(text, "NetworkError"),
    "a cause that is a string": (text) => new TypeError("fetch failed", { cause: text }),
    "a cause without end": (text) => {
      const error = new Error(text);
      return Object.assign(error, { cause: error });
    },
  };
  for (const [name, thrown] of Object.entries(quoting)) {
    it(name, async () => {
      const { fetch, requests } = scriptedFetch((request) => {
        const { url, init, body } = request;
        throw thrown(`${url} ${JSON.stringify(init.headers)} ${body} ${JSON.stringify({ body })}`, request);
      });
      const recorded = recorder();
      const client = await clientWith("https://backend.example", { fetch, maxRetries: 0, ...recorded });
      const sigs = () => requests.map(({ query }) => query.get("sig") as string);
      const failed = await assertSilent(name, client, recorded, { sigs });
      assert.equal(failed, Object.keys(calls).length);
      assert.equal(sigs().length, failed);
    });
  }

  it("a headers function that quotes what it holds of the call", async () => {
    const recorded = recorder();
    const headers = () => {
      throw loud(`${secrets.token} of ${secrets.openid}`, {});
    };
    const client = await clientWith("https://backend.example", { headers, ...recorded });
    const of = { friend_list: calls.friend_list, share: calls.share } as Calls;
    assert.equal(await assertSilent("headers", client, recorded, { of }), 2);
  });

  it("a caller's abort reason", async () => {
    const recorded = recorder();
    const client = await clientWith("https://backend.example", recorded);
    const signal = AbortSignal.abort(loud(`${secrets.token} ${secrets.openid}`, {}));
    const error = await failureOf(
      client.friendList({ openid: secrets.openid, token: secrets.token }, { signal }),
    );
    assert.equal(error.kind, "aborted");
    assertNoMarker(secrets, "abort reason", error);
  });
});

interface Echo extends ReceivedRequest {
  readonly sig: string;
}

const sigOf = (target: string) => /sig=([0-9a-f]{32})/i.exec(target)?.[1] ?? "";
const plainEcho = ({ target, body, sig }: Echo) => `refused ${target} with ${body}; sig ${sig}`;

/** Backends and gateways that say back what they were sent. */
const echoes: Record<string, (echo: Echo) => void> = {
  "msg of a refusal": (echo) => answerJson(echo.res, { ret: 1008, msg: plainEcho(echo) }),
  "msg of a server error, retried": (echo) => answerJson(echo.res, { ret: 1100, msg: plainEcho(echo) }),
  "msg of a platform error": (echo) => answerJson(echo.res, { ret: -10000, msg: `-22, ${plainEcho(echo)}` }),
  "msg, with the key that it holds itself": ({ res }) =>
    answerJson(res, { ret: 1008, msg: `md5(… + ${secrets.key})` }),
  "msg with the sig in upper case": (echo) =>
    answerJson(echo.res, { ret: 1008, msg: echo.sig.toUpperCase() }),
  "msg with the URL encoded": (echo) =>
    answerJson(echo.res, { ret: 1007, msg: encodeURIComponent(plainEcho(echo)) }),
  "seq of a refusal": (echo) => answerJson(echo.res, { ret: 1100, msg: "", seq: plainEcho(echo) }),
  "seq of a broken answer": (echo) =>
    answerJson(echo.res, { ret: 0, seq: plainEcho(echo), lists: 1, result: 1 }),
  "names of an answer's fields": ({ res, body }) => {
    const { openid, token } = JSON.parse(body) as Player;
    res.end(`{"ret":0,"${openid}":{"${token}":[tru]},"lists":[{"${token}":1}]}`);
  },
  "an error page": (echo) => {
    echo.res.writeHead(502, { "content-type": "text/html" });
    echo.res.end(`<pre>${plainEcho(echo)}</pre>`);
  },
  "text that is no JSON": (echo) => void echo.res.end(plainEcho(echo)),
  "a status text and headers": (echo) => {
    echo.res.writeHead(500, `no ${echo.sig}`, { "x-echo": encodeURIComponent(plainEcho(echo)) });
    echo.res.end();
  },
  "a Retry-After": (echo) => {
    echo.res.writeHead(503, { "retry-after": encodeURIComponent(plainEcho(echo)) });
    echo.res.end();
  },
  "a redirect": (echo) => {
    echo.res.writeHead(307, { location: `/elsewhere?${echo.sig}&${secrets.token}` });
    echo.res.end();
  },
};

describe("a backend that echoes the request", { concurrency: 4 }, () => {
  for (const [name, answer] of Object.entries(echoes)) {
    it(`in ${name}`, () =>
      withServer(
        (request) => answer({ ...request, sig: sigOf(request.target) }),
        async ({ url, received }) => {
          const recorded = recorder();
          const client = await clientWith(url, { maxRetries: 1, timeoutMs: 2000, ...recorded });
          const sigs = () => received.map(({ target }) => sigOf(target));
          await assertSilent(name, client, recorded, { sigs });
          assert.equal(
            sigs().length >= 6 && sigs().every((sig) => sig !== ""),
            true,
            "every call was signed",
          );
        },
      ));
  }

  it("in the seq of a good answer: hooks and logger see none of it", () =>
    withServer(
      ({ res, target, body }) => {
        answerJson(res, { ret: 0, msg: "", sopenid: "1", seq: `${sigOf(target)} ${body}` });
      },
      async ({ url }) => {
        const recorded = recorder();
        await assertSilent("seq", await clientWith(url, recorded), recorded);
      },
    ));
});

describe("a signature that the signer spells in upper case", () => {
  for (const echoed of ["as it was sent", "in upper case"] as const) {
    it(`is masked where the backend echoes it ${echoed}`, async () => {
      const digest = (text: string) => createHash("md5").update(text).digest("hex").toUpperCase();
      const signer: Signer = { sign: ({ canonicalQuery, body }) => digest(canonicalQuery + body) };
      const { fetch, requests } = scriptedFetch(({ query }) => {
        const sig = String(query.get("sig"));
        return Response.json({ ret: 1008, msg: echoed === "in upper case" ? sig.toUpperCase() : sig });
      });
      const recorded = recorder();
      const client = await clientWith("https://backend.example", { signer, fetch, ...recorded });
      const sigs = () => requests.map(({ query }) => query.get("sig") as string);
      await assertSilent(echoed, client, recorded, { sigs });
    });
  }
});

// What must not be seen of each: a part that every spelling keeps, however the rest is escaped.
const tokens: Record<string, { token: string; core: string }> = {
  "a slash, as in base64": { token: "/Ab+8fQ2/xmark7731==", core: "xmark7731" },
  "a quotation mark and a backslash": { token: 'q"uo\\te-xmark7731"', core: "xmark7731" },
  "a line break at its end, as read from a file": { token: "token-xmark7731\n", core: "xmark7731" },
  "a blank": { token: "token xmark7731", core: "xmark7731" },
  "letters beyond ASCII": { token: "tök-xmark7731-令牌", core: "xmark7731" },
  "the signs of a pattern": { token: ".*+?^$(){1}|[]x7", core: "|[]x7" },
};

const spellings: Record<string, (token: string) => string> = {
  "as it is": (token) => token,
  "as JSON": (token) => JSON.stringify(token),
  "as JSON with escaped slashes": (token) => JSON.stringify(token).replaceAll("/", "\\/"),
  "as JSON in ASCII": (token) =>
    JSON.stringify(token).replace(
      /[^\x20-\x7e]/g,
      (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
    ),
  "as JSON in JSON": (token) => JSON.stringify(JSON.stringify(token)),
  "in a URL": (token) => encodeURIComponent(token),
  "in a URL, in lower case": (token) => encodeURIComponent(token).replace(/%../g, (hex) => hex.toLowerCase()),
  "in a form": (token) => new URLSearchParams({ token }).toString(),
  trimmed: (token) => token.trim(),
};

describe("a token with", () => {
  for (const [what, { token, core }] of Object.entries(tokens)) {
    for (const [how, spell] of Object.entries(spellings)) {
      it(`${what}, spelled ${how}`, async () => {
        const text = `refused ${spell(token)}`;
        const answers: Step[] = [
          () => Response.json({ ret: 11002, msg: text }),
          () => new Response(text),
          () => Promise.reject(new Error(text)),
        ];
        for (const answer of answers) {
          const { fetch } = scriptedFetch(answer);
          const recorded = recorder();
          const client = await clientWith("https://backend.example", { fetch, maxRetries: 0, ...recorded });
          const of = { friend_list: callsBy({ openid: secrets.openid, token }).friend_list } as Calls;
          assert.equal(await assertSilent(what, client, recorded, { of, markers: { token: core } }), 1);
        }
      });
    }

    it(`${what}, in the body that is sent`, async () => {
      const { fetch } = scriptedFetch(({ body }) => Promise.reject(new Error(body)));
      const recorded = recorder();
      const client = await clientWith("https://backend.example", { fetch, maxRetries: 0, ...recorded });
      const of = callsBy({ openid: secrets.openid, token });
      await assertSilent(what, client, recorded, { of, markers: { token: core } });
    });
  }
});

describe("an answer that is made to keep the mask busy", () => {
  const size = 60_000;
  const { openid, token } = secrets;
  const texts: Record<string, string> = {
    backslashes: "\\".repeat(size),
    "percent signs": "%".repeat(size),
    "beginnings of a secret": openid.slice(0, -1).repeat(size / openid.length),
    "beginnings with backslashes between": [...token.slice(0, -1)].join("\\".repeat(50)).repeat(size / 1000),
    "\\u without an end": "\\u003".repeat(size / 5),
  };
  for (const [name, text] of Object.entries(texts)) {
    it(`of ${name} does not: the call ends at once`, async () => {
      const { fetch } = scriptedFetch(() => new Response(text));
      const client = await clientWith("https://backend.example", { fetch });
      const { result: error, ms } = await timed(() => failureOf(client.friendList({ openid, token })));
      assert.equal(error.kind, "malformed_response");
      assertTook(ms, [0, 800]);
    });
  }

  it("of backslashes does not either where the token begins with one", async () => {
    const { fetch } = scriptedFetch(() => new Response("\\".repeat(size)));
    const client = await clientWith("https://backend.example", { fetch });
    const { ms } = await timed(() => failureOf(client.friendList({ openid, token: "\\\\token\\x" })));
    assertTook(ms, [0, 800]);
  });
});

describe("what holds secrets from the start", () => {
  it("a key signer shows its key in no way", async () => {
    const signer = keySigner(secrets.key);
    assertNoMarker(secrets, "signer", signer);
    for (const name of Reflect.ownKeys(signer))
      assertNoMarker(secrets, String(name), Reflect.get(signer, name));
    assert.doesNotMatch(inspect(signer.sign, { showHidden: true, depth: 10 }), /marker/);
    assert.doesNotMatch(String(signer.sign), /marker/);
  });

  it("a client shows neither key nor fixed headers", async () => {
    const headers = { authorization: "Bearer marker-header-77" };
    const client = await clientWith("https://backend.example", { headers });
    assertNoMarker({ ...secrets, header: "marker-header-77" }, "client", client);
  });

  it("refused input is not quoted", async () => {
    const recorded = recorder();
    const client = await clientFor("https://backend.example", recorded);
    const { openid, token, fopenid, sopenid } = secrets;
    const player = { openid, token };
    const wrong: Promise<unknown>[] = [
      client.friendList({ openid: Number(openid) as unknown as string, token }),
      client.friendList({ openid: [openid] as unknown as string, token }),
      client.friendList({ openid, token: { token } as unknown as string }),
      client.friendList({ openid, token: "" }),
      client.friendList({ openid: `${openid}\ud800`, token }),
      client.friendList(player, { seq: `${token} ${openid}` }),
      client.friendList(player, { seq: [token] as unknown as string }),
      client.friendList(player, { timeoutMs: token as unknown as number }),
      client.friendList({ ...player, subChannelId: token as unknown as number }),
      client.friendList(JSON.stringify(player) as unknown as Player),
      client.recallFriendsList({ ...player, count: token as unknown as number }),
      client.recallFriendsList({ ...player, count: 1, taskId: 1 } as never),
      client.share({ ...player, fopenid, sopenid, gameTag: "x" } as never),
      client.share({ ...player, fopenid, gameTag: "" }),
      client.arkShare({ ...player, fopenid, extra: `{"openid":"${openid}"` }),
      client.arkShare({ ...player, fopenid, extra: encodeURIComponent(`{"openid":"${openid}"}`) }),
    ];
    const shown = { ...secrets, "openid as a number": String(Number(openid)) };
    for (const call of wrong) assertNoMarker(shown, "refused input", await failureOf(call));
    for (const argument of recorded.seen) assertNoMarker(shown, "refused input, hooks", argument);
  });

  it("a player whose JSON is another than its fields is masked too", async () => {
    const { openid, token } = secrets;
    class Session {
      toJSON() {
        return { openid, token };
      }
    }
    const players = [
      new Session(),
      { openid: new String(openid), token: new String(token) },
    ] as unknown as Player[];
    for (const player of players) {
      const { fetch } = scriptedFetch(({ body }) => Response.json({ ret: 11002, msg: body }));
      const recorded = recorder();
      const client = await clientWith("https://backend.example", { fetch, ...recorded });
      const of = { friend_list: callsBy(player).friend_list } as Calls;
      assert.equal(await assertSilent("session", client, recorded, { of }), 1);
    }
  });

  it("refused options do not quote a key", async () => {
    const { key } = secrets;
    const wrong = [
      { signer: key },
      { baseUrl: `https://user:${key}@host` },
      { baseUrl: `https://host/?key=${key}` },
      { baseUrl: `http://host/${key}` },
      { headers: key },
      { fetch: key },
      { gameId: { key } },
      { extraQuery: { key: `${key} ` } },
    ];
    for (const options of wrong) {
      const error = await failureOf(clientFor("https://x", options as unknown as Partial<SignedOptions>));
      assertNoMarker({ key }, Object.keys(options).join(), error);
    }
  });
});
