// remoteSigner: a backend of the game's own signs, over the client's transport.
import assert from "node:assert/strict";
import { once } from "node:events";
import { describe, it } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import {
  Channel,
  Environment,
  isMsdkError,
  keySigner,
  type MsdkError,
  remoteSigner,
  type SignedOptions,
  type SignInput,
} from "msdk-friends";
import {
  assertTook,
  callOf,
  clientFor,
  ENDPOINTS,
  failureOf,
  optionsFor,
  outcomeOf,
  player,
  timed,
} from "./support/client-calls.ts";
import { assertNoMarker, recorder } from "./support/client-leaks.ts";
import { activeResources, assertNoNewTimer, assertNothingLeft } from "./support/client-resources.ts";
import {
  answerJson,
  good,
  type ReceivedRequest,
  type ScriptedServer,
  type Step,
  scriptedFetch,
  status,
  withServer,
} from "./support/client-servers.ts";
import { entryInWorld } from "./support/in-world.ts";
import { bytes, GOOD, type MiniSent, miniClient, scriptedHost } from "./support/mini-host.ts";
import { KEY, OPENID, PATHS, sigOf, TOKEN, withSandbox } from "./support/sandbox-client.ts";

const BACKEND = "https://backend.example";
const SIGN = "https://game.example/sign";
const SIG = "abcdef0123456789abcdef0123456789";
const markers = { token: TOKEN, openid: OPENID, key: KEY, sig: SIG };
const refused = { kind: "signature", retryable: false, maybeSent: false, attempts: 1 };

const sigFor = ({ path, canonicalQuery, body }: SignInput) => sigOf(path, canonicalQuery.split("&"), body);
const signs = ({ res, body }: ReceivedRequest) => answerJson(res, { sig: sigFor(JSON.parse(body)) });
const ends =
  (statusCode: number, text = "", headers: Record<string, string> = {}) =>
  ({ res }: ReceivedRequest) =>
    void res.writeHead(statusCode, headers).end(text);

/** A fetch that is both: the sign endpoint answers by `sign`, the backend by `backend`, one after the other. */
function twoServers(sign: Step, ...backend: Step[]) {
  const atSign = scriptedFetch(sign);
  const atBackend = scriptedFetch(...(backend.length ? backend : [good]));
  const fetch = ((url: string, init: RequestInit) =>
    (url === SIGN ? atSign : atBackend).fetch(url, init)) as typeof globalThis.fetch;
  return { fetch, signed: atSign.requests, sent: atBackend.requests };
}
const signsFor: Step = ({ body }) => Response.json({ sig: sigFor(JSON.parse(body)) });

describe("remoteSigner(url)", () => {
  it("has the backend's own key sign every call, which the sandbox accepts", () =>
    withSandbox({}, (sandbox) =>
      withServer(signs, async ({ url, received }) => {
        const client = await clientFor(sandbox.url, { signer: remoteSigner(`${url}/sign`) });
        for (const endpoint of ENDPOINTS) {
          await callOf[endpoint](client);
          const { req, target, body } = received.at(-1) as ReceivedRequest;
          const input = JSON.parse(body) as SignInput;
          assert.deepEqual([req.method, target], ["POST", "/sign"]);
          assert.equal(req.headers["content-type"], "application/json");
          assert.deepEqual(Object.keys(input), ["path", "canonicalQuery", "body"]);
          const sent = sandbox.requests.at(-1);
          assert.deepEqual([input.path, sent?.ret], [PATHS[endpoint], 0]);
          assert.equal(sent?.query.replace(/^\?/, ""), `${input.canonicalQuery}&sig=${sigFor(input)}`);
        }
        assert.equal(received.length, ENDPOINTS.length);
      }),
    ));

  it("goes through the client's own fetch, with its credentials, and follows no redirect", async () => {
    const { fetch, signed, sent } = twoServers(signsFor);
    const client = await clientFor(BACKEND, { fetch, credentials: "include", signer: remoteSigner(SIGN) });
    await client.friendList(player);
    for (const { init } of [...signed, ...sent]) {
      assert.deepEqual([init.method, init.credentials, init.redirect], ["POST", "include", "manual"]);
    }
    assert.deepEqual([signed.length, sent.length], [1, 1]);
    const bare = twoServers(signsFor);
    await (await clientFor(BACKEND, { fetch: bare.fetch, signer: remoteSigner(SIGN) })).friendList(player);
    assert.equal("credentials" in (bare.signed[0]?.init ?? {}), false);
  });

  it("sends the client's headers, asked for once an attempt, and cannot lose the content type", async () => {
    let asked = 0;
    const headers = async () => ({ authorization: `Bearer ${++asked}`, "Content-Type": "text/plain" });
    const { fetch, signed, sent } = twoServers(signsFor);
    const client = await clientFor(BACKEND, { fetch, headers, signer: remoteSigner(SIGN) });
    await client.friendList(player);
    await client.friendList(player);
    const expected = ["Bearer 1", "Bearer 2"].map((authorization) => ({
      authorization,
      "content-type": "application/json",
    }));
    for (const requests of [signed, sent])
      assert.deepEqual(
        requests.map((request) => request.headers),
        expected,
      );
  });

  it("asks for nothing when the headers are wrong, which is a config error as ever", async () => {
    const { fetch, signed } = twoServers(signsFor);
    const headers = () => ({ "a b": "c" });
    const client = await clientFor(BACKEND, { fetch, headers, signer: remoteSigner(SIGN) });
    const error = await failureOf(client.friendList(player));
    assert.deepEqual([error.kind, error.field, signed.length], ["config", "headers", 0]);
  });

  it("signs each attempt anew", async () => {
    let now = 1_000_000;
    const { fetch, signed, sent } = twoServers(
      signsFor,
      status(503, { "retry-after": "0" }),
      status(503, { "retry-after": "0" }),
      good,
    );
    const signer = remoteSigner(SIGN);
    const client = await clientFor(BACKEND, { fetch, signer, now: () => (now += 5000) });
    await client.friendList(player);
    const inputs = signed.map(({ body }) => JSON.parse(body) as SignInput);
    assert.equal(new Set(inputs.map(({ canonicalQuery }) => canonicalQuery)).size, 3);
    assert.deepEqual(
      sent.map(({ query }) => query.get("sig")),
      inputs.map(sigFor),
    );
  });

  it("takes any 2xx, either case, and other fields beside", async () => {
    const { fetch, sent } = twoServers(() =>
      Response.json({ code: 0, sig: SIG.toUpperCase() }, { status: 201 }),
    );
    const client = await clientFor(BACKEND, { fetch, signer: remoteSigner(SIGN) });
    await client.friendList(player);
    assert.equal(sent[0]?.query.get("sig"), SIG);
  });

  it("says so when a wrapper keeps from it what the client passed", async () => {
    const remote = remoteSigner(SIGN);
    const { fetch, signed, sent } = twoServers(signsFor);
    const kept = {
      sign: (input: SignInput, { signal }: { signal: AbortSignal }) => remote.sign(input, { signal }),
    };
    const error = await failureOf(
      clientFor(BACKEND, { fetch, signer: kept }).then((c) => c.friendList(player)),
    );
    assert.deepEqual(outcomeOf(error), refused);
    assert.match(error.message, /second argument/);
    const passed: SignedOptions["signer"] = { sign: (input, options) => remote.sign(input, options) };
    await (await clientFor(BACKEND, { fetch, signer: passed })).friendList(player);
    assert.deepEqual([signed.length, sent.length], [1, 1]);
  });
});

/** The error of each call on a backend that must not hear of it. */
async function assertRefused(
  answer: (request: ReceivedRequest) => void,
  said: RegExp,
  look: (error: MsdkError, sign: ScriptedServer) => void = () => {},
): Promise<void> {
  await withServer(answer, (sign) =>
    withServer(
      ({ res }) => answerJson(res, { ret: 0, msg: "" }),
      async (backend) => {
        const recorded = recorder();
        const signer = remoteSigner(`${sign.url}/sign`);
        const client = await clientFor(backend.url, { ...recorded, signer, timeoutMs: 3000 });
        for (const endpoint of ["friend_list", "share"] as const) {
          const error = await failureOf(callOf[endpoint](client));
          assert.deepEqual(outcomeOf(error), refused);
          assert.match(error.message, said);
          assert.match(error.message, /sign endpoint/);
          assert.deepEqual(
            [error.status, error.responseText, error.endpoint],
            [undefined, undefined, endpoint],
          );
          assertNoMarker(markers, endpoint, error);
          look(error, sign);
        }
        for (const argument of recorded.seen) assertNoMarker(markers, "hooks and logger", argument);
        assert.deepEqual([sign.received.length, backend.received.length], [2, 0]);
      },
    ),
  );
}

describe("a sign endpoint that fails", { concurrency: 4 }, () => {
  const echo = ({ body }: ReceivedRequest) => `refused ${body} ${encodeURIComponent(body)}; ${KEY}; ${SIG}`;
  const answers: Record<string, [answer: (request: ReceivedRequest) => void, said: RegExp]> = {
    "400": [ends(400), /status 400, look at its log/],
    "401": [ends(401), /status 401, log in again/],
    "403": [ends(403), /status 403, .*login/],
    "404": [ends(404), /status 404, .*url/],
    "503, with a Retry-After": [ends(503, "", { "retry-after": "0" }), /status 503/],
    "500 that echoes all it was sent": [(request) => ends(500, echo(request))(request), /status 500/],
    "401 with a sig": [ends(401, JSON.stringify({ sig: SIG })), /status 401/],
    "400 that says why": [
      ends(400, JSON.stringify({ error: "bad_request", msg: "gameid: another game's" })),
      /status 400, gameid: another game's$/,
    ],
    "400 that says a sig": [ends(400, JSON.stringify({ msg: `not ${SIG}` })), /status 400, look at its log/],
    "500 with a huge page": [ends(500, "x".repeat(100_000)), /status 500/],
    "nothing at all": [ends(204), /not JSON/],
    "a page": [ends(200, "<!doctype html><title>Log in</title>"), /not JSON/],
    "the sig as text": [ends(200, SIG), /not JSON/],
    "the sig as a text of JSON": [ends(200, JSON.stringify(SIG)), /no "sig"/],
    "an echo that is no JSON": [(request) => ends(200, echo(request))(request), /not JSON/],
    "half an answer that is whole to HTTP": [ends(200, `{"sig":"${SIG}"`), /not JSON/],
    null: [ends(200, "null"), /no "sig"/],
    "a list": [ends(200, JSON.stringify([SIG])), /no "sig"/],
    "another name": [ends(200, JSON.stringify({ signature: SIG })), /no "sig"/],
    "an echo as JSON": [(request) => answerJson(request.res, { echo: echo(request) }), /no "sig"/],
    "names that echo": [({ res }) => answerJson(res, { [TOKEN]: OPENID }), /no "sig"/],
    "a null sig": [ends(200, '{"sig":null}'), /not 32 hex digits/],
    "a sig that echoes": [(request) => answerJson(request.res, { sig: echo(request) }), /not 32 hex digits/],
    "a sig that is too long": [ends(200, JSON.stringify({ sig: `${SIG}0` })), /not 32 hex digits/],
    "a sig with a line break": [ends(200, JSON.stringify({ sig: `${SIG}\n` })), /not 32 hex digits/],
    "a sig in an object": [ends(200, JSON.stringify({ sig: { sig: SIG } })), /not 32 hex digits/],
  };
  for (const [name, [answer, said]] of Object.entries(answers)) {
    // What JSON.parse says quotes the answer, so there is no cause.
    it(`with ${name}`, () => assertRefused(answer, said, ({ cause }) => assert.equal(cause, undefined)));
  }

  for (const how of ["announced", "without an announcement"] as const) {
    it(`with more than 64 KiB, ${how}, whose connection is ended`, async () => {
      const closed: Promise<unknown>[] = [];
      await assertRefused(({ res }) => {
        closed.push(once(res, "close", { signal: AbortSignal.timeout(2000) }));
        res.writeHead(200, how === "announced" ? { "content-length": 2 ** 20 } : {});
        res.write(`{"sig":"${SIG}","x":"${"x".repeat(2 ** 17)}`);
      }, /larger than 65536 bytes/);
      await Promise.all(closed);
    });
  }

  it("by closing the connection: the cause is kept", () =>
    assertRefused(
      ({ req }) => req.socket.destroy(),
      /no whole answer/,
      ({ cause }) => assert.match(String((cause as Error).cause), /closed|reset|hang up/i),
    ));

  it("by an answer that is cut off", () =>
    assertRefused(({ res }) => {
      res.writeHead(200, { "content-length": 100 });
      res.write('{"sig":');
      setTimeout(() => res.destroy(), 10);
    }, /no whole answer/));

  it("by not being there: the cause says the code", async () => {
    const gone = await withServer(ends(200), async ({ url }) => url);
    const client = await clientFor(BACKEND, { signer: remoteSigner(`${gone}/sign`) });
    const error = await failureOf(client.friendList(player));
    assert.deepEqual(outcomeOf(error), refused);
    const { code } = (error.cause as Error).cause as Error & { code?: string };
    assert.equal(code, "ECONNREFUSED");
  });

  for (const code of [301, 302, 303, 307, 308]) {
    it(`by a redirect, ${code}, where the second server sees nothing`, () =>
      withServer(signs, async (second) => {
        const answer = ends(code, "", { location: `${second.url}/sign` });
        await assertRefused(answer, new RegExp(`status ${code}, redirects are not followed`));
        assert.equal(second.received.length, 0);
      }));
  }

  it("by a redirect that a browser hides", async () => {
    const { fetch, sent } = twoServers(() => {
      const response = Response.json({ sig: SIG });
      return Object.defineProperty(response, "status", { value: 0 });
    });
    const client = await clientFor(BACKEND, { fetch, signer: remoteSigner(SIGN) });
    const error = await failureOf(client.friendList(player));
    assert.match(error.message, /status 0, redirects are not followed/);
    assert.equal(sent.length, 0);
  });

  it("with a fetch that quotes what it was given", async () => {
    const { fetch, sent } = twoServers(({ url, init, body }) => {
      throw Object.assign(new TypeError(`${url} ${body} ${JSON.stringify(init.body)}`), { cause: body });
    });
    const signer = remoteSigner(SIGN);
    const recorded = recorder();
    const client = await clientFor(BACKEND, { fetch, signer, ...recorded });
    const error = await failureOf(client.friendList(player));
    assert.deepEqual([outcomeOf(error), sent.length], [refused, 0]);
    assert.match((error.cause as Error).message, /\*\*\*/);
    assert.doesNotMatch(JSON.stringify(error), /channelid|game\.example/);
    assertNoMarker(markers, "quoting fetch", error);
    for (const argument of recorded.seen) assertNoMarker(markers, "hooks and logger", argument);
  });

  it("once the backend has been asked: maybeSent stays true", async () => {
    let asked = 0;
    const { fetch, sent } = twoServers(
      (request) => (++asked === 1 ? signsFor(request) : new Response("", { status: 401 })),
      status(503, { "retry-after": "0" }),
    );
    const client = await clientFor(BACKEND, { fetch, signer: remoteSigner(SIGN) });
    const error = await failureOf(client.friendList(player));
    assert.deepEqual(outcomeOf(error), { ...refused, maybeSent: true, attempts: 2 });
    assert.equal(sent.length, 1);
  });
});

describe("a sign endpoint that stalls", () => {
  const LONG = { timeoutMs: 60_000, totalTimeoutMs: 60_000 };
  const AT_ONCE_MS = 150;
  let closed: Promise<unknown> | undefined;

  for (const [name, begin] of Object.entries({ "no headers": "", "half a body": '{"sig":' })) {
    for (const how of ["an abort", "timeoutMs", "totalTimeoutMs"] as const) {
      it(`with ${name} is ended by ${how}, at once, and nothing is left or sent`, async () => {
        const before = activeResources();
        const { fetch, requests } = scriptedFetch(good);
        await withServer(
          ({ res }) => {
            closed = once(res, "close", { signal: AbortSignal.timeout(1000) });
            if (begin) res.write(begin);
          },
          async ({ url }) => {
            const own = ((to: string, init: RequestInit) =>
              to.startsWith(url) ? globalThis.fetch(to, init) : fetch(to, init)) as typeof globalThis.fetch;
            const limits = how === "an abort" ? {} : { [how]: 80 };
            const options = {
              ...LONG,
              ...limits,
              maxRetries: 0,
              fetch: own,
              signer: remoteSigner(`${url}/sign`),
            };
            const client = await clientFor(BACKEND, options);
            const controller = new AbortController();
            if (how === "an abort") setTimeout(() => controller.abort(), 80);
            const timers = activeResources();
            const { signal } = controller;
            const { result: error, ms } = await timed(() => failureOf(client.friendList(player, { signal })));
            assertNoNewTimer(timers);
            assertTook(ms, [80, 80 + AT_ONCE_MS]);
            const kind = how === "an abort" ? "aborted" : "timeout";
            assert.deepEqual(outcomeOf(error), {
              kind,
              retryable: kind === "timeout",
              maybeSent: false,
              attempts: 1,
            });
            await closed;
          },
        );
        assert.equal(requests.length, 0);
        await assertNothingLeft(before);
      });
    }
  }

  it("is asked again after a timeout, as the backend would be", async () => {
    const stalls: Step = () => new Promise<never>(() => {});
    let asked = 0;
    const { fetch, sent } = twoServers((request) => (++asked === 1 ? stalls : signsFor)(request));
    const client = await clientFor(BACKEND, { fetch, timeoutMs: 60, signer: remoteSigner(SIGN) });
    await client.friendList(player);
    assert.deepEqual([asked, sent.length], [2, 1]);
  });

  it("is not asked any more where the headers come after the end", async () => {
    const { fetch, signed, sent } = twoServers(signsFor);
    const headers = () => delay(60).then(() => ({}));
    let own = 0;
    for (const signer of [remoteSigner(SIGN), { sign: () => String(own++).padStart(32, "0") }]) {
      const client = await clientFor(BACKEND, { fetch, headers, signer, timeoutMs: 20, maxRetries: 0 });
      assert.equal((await failureOf(client.friendList(player))).kind, "timeout");
    }
    await delay(100);
    assert.deepEqual([signed.length, sent.length, own], [0, 0, 0]);
  });

  it("and answers after the end: nothing is sent, and no rejection is unhandled", async () => {
    const unhandled: unknown[] = [];
    const onUnhandled = (reason: unknown) => void unhandled.push(reason);
    process.on("unhandledRejection", onUnhandled);
    for (const late of [signsFor, status(500), () => Promise.reject(new Error("late"))] as Step[]) {
      const { fetch, sent } = twoServers((request) => delay(50).then(() => late(request)));
      const client = await clientFor(BACKEND, {
        fetch,
        timeoutMs: 20,
        maxRetries: 0,
        signer: remoteSigner(SIGN),
      });
      const error = await failureOf(callOf.share(client));
      await delay(80);
      assert.deepEqual([error.kind, error.maybeSent, sent.length], ["timeout", false, 0]);
    }
    process.off("unhandledRejection", onUnhandled);
    assert.deepEqual(unhandled, []);
  });
});

describe("the url of remoteSigner", () => {
  const thrownBy = (run: () => unknown): MsdkError => {
    try {
      run();
    } catch (error) {
      assert.ok(isMsdkError(error), String(error));
      return error;
    }
    assert.fail("nothing was thrown");
  };
  const bad = [
    ...[undefined, null, "", 1, {}, [], new URL(SIGN)],
    ...["http://game.example/sign", "ftp://game.example", "//game.example/sign", "game.example/sign", "sign"],
    ...["https://user:password@game.example/sign", `${SIGN}?key=${KEY}`, `${SIGN}#x`, ` ${SIGN}`, "/sign"],
    // It signs nothing.
    ...[Environment.China, `${Environment.Test}/sign`],
  ];
  for (const url of bad) {
    it(`may not be ${JSON.stringify(url) ?? "undefined"}, which is thrown at once`, () => {
      const error = thrownBy(() => remoteSigner(url as string));
      assert.deepEqual([error.kind, error.field, error.attempts], ["config", "url", 0]);
      assert.match(error.message, /url: expected an https URL/);
      assertNoMarker(markers, "url", error);
    });
  }

  it("may be https, or http on loopback", () => {
    for (const url of [SIGN, "https://game.example:8443", "http://localhost:1/sign", "http://127.0.0.1/a/b"])
      assert.equal(typeof remoteSigner(url).sign, "function");
  });

  it("may be a path in a page, and is fetched as it is", async () => {
    const { fetch, requests } = scriptedFetch(({ url, body }) =>
      url === "/sign" ? Response.json({ sig: sigFor(JSON.parse(body)) }) : Response.json({ ret: 0, msg: "" }),
    );
    const globals = {
      location: {},
      URL,
      TextEncoder,
      TextDecoder,
      WebAssembly,
      atob,
      setTimeout,
      clearTimeout,
    };
    const page = entryInWorld("msdk-friends/inline", { ...globals, AbortController, fetch });
    const options = {
      baseUrl: "/msdk",
      gameId: "12",
      channel: Channel.QQ,
      signer: page.remoteSigner("/sign"),
    };
    await (await page.createClient(options)).friendList(player);
    assert.deepEqual(
      requests.map(({ url }) => url.split("?")[0]),
      ["/sign", `/msdk${PATHS.friend_list}`],
    );
    assert.equal(thrownBy(() => page.remoteSigner("//game.example")).field, "url");
  });
});

describe("remoteSigner of a function", () => {
  it("is that function as a signer", async () => {
    const { fetch, requests } = scriptedFetch(good);
    const inputs: SignInput[] = [];
    const signer = remoteSigner(async (input, { signal }) => {
      assert.equal(signal.aborted, false);
      inputs.push(input);
      return sigFor(input);
    });
    await (await clientFor(BACKEND, { fetch, signer })).friendList(player);
    assert.deepEqual(Object.keys(inputs[0] ?? {}), ["path", "canonicalQuery", "body"]);
    assert.equal(requests[0]?.query.get("sig"), sigFor(inputs[0] as SignInput));
  });

  it("whose own errors stay its own: one message, the cause masked, never retried", async () => {
    const { fetch, requests } = scriptedFetch(good);
    const signer = remoteSigner(async ({ body }) => {
      throw new Error(body);
    });
    const error = await failureOf(clientFor(BACKEND, { fetch, signer }).then((c) => c.friendList(player)));
    assert.deepEqual([outcomeOf(error), requests.length], [refused, 0]);
    assert.match(error.message, /the signer did not return/);
    assertNoMarker(markers, "function", error);
  });

  it("that throws another client's error: the kind is signature, and nothing but the message is taken over", async () => {
    const other = await failureOf(
      clientFor(BACKEND, { fetch: scriptedFetch(status(503)).fetch, maxRetries: 0 }).then((c) =>
        c.friendList(player),
      ),
    );
    const { fetch, requests } = scriptedFetch(good);
    for (const thrown of [
      other,
      Object.assign(Object.create(other), { kind: "signature", message: "said", retryable: true }),
    ]) {
      const signer = remoteSigner(() => Promise.reject(thrown));
      const error = await failureOf(clientFor(BACKEND, { fetch, signer }).then((c) => c.friendList(player)));
      assert.deepEqual([outcomeOf(error), error.status, requests.length], [refused, undefined, 0]);
    }
  });
});

describe("remoteSigner in every entry", () => {
  for (const entry of ["msdk-friends", "msdk-friends/slim", "msdk-friends/inline", "msdk-friends/wasm2js"]) {
    it(entry, async () => {
      const of = (await import(entry)) as typeof import("msdk-friends");
      await of.init();
      const { fetch, signed, sent } = twoServers(signsFor);
      const client = await of.createClient({ ...optionsFor(BACKEND), fetch, signer: of.remoteSigner(SIGN) });
      await client.friendList(player);
      assert.deepEqual([signed.length, sent.length], [1, 1]);
    });
  }

  it("keySigner's refusal in a page leads there", () => {
    const page = entryInWorld("msdk-friends/slim", { window: {}, document: {} });
    assert.throws(() => page.keySigner(KEY), /remoteSigner\(url\)/);
    assert.equal(typeof keySigner(KEY).sign, "function");
  });
});

describe("remoteSigner in ./mini", async () => {
  const { createAbort, remoteSigner: remote } = await import("msdk-friends/mini");
  const isSign = ({ url }: MiniSent) => url === SIGN;
  const answer = (sent: MiniSent, value: unknown, statusCode = 200) =>
    sent.success({ statusCode, header: {}, data: bytes(value) });
  const signOrAnswer = (sent: MiniSent) =>
    answer(sent, isSign(sent) ? { sig: sigFor(JSON.parse(sent.data)) } : GOOD);
  const signedClient = (options: object) =>
    miniClient({ signer: remote(SIGN), maxParallelRequests: 1, ...options });
  const pause = () => delay(20);

  it("goes through the host's requests, with the client's headers", async () => {
    const host = scriptedHost(signOrAnswer);
    const client = await signedClient({ host, headers: { "X-Own": "1" } });
    await client.friendList(player);
    assert.deepEqual(
      host.sent.map(({ url, header }) => [url.split("?")[0], header]),
      [SIGN, `${BACKEND}${PATHS.friend_list}`].map((url) => [
        url,
        { "X-Own": "1", "content-type": "application/json" },
      ]),
    );
  });

  it("or through its fetch, whose answer is bounded too", async () => {
    const { fetch, signed, sent } = twoServers(signsFor);
    await (await signedClient({ fetch })).friendList(player);
    assert.deepEqual([signed.length, sent.length], [1, 1]);
    const large = twoServers(() => new Response(`{"sig":"${SIG}"}${" ".repeat(2 ** 16)}`));
    const error = await failureOf((await signedClient({ fetch: large.fetch })).friendList(player));
    assert.match(error.message, /larger than 65536 bytes/);
  });

  it("one request at a time where one is allowed, and none waits for another for ever", async () => {
    let underWay = 0;
    let most = 0;
    const host = scriptedHost((sent) => {
      setTimeout(() => {
        underWay--;
        signOrAnswer(sent);
      }, 5);
    });
    const { request } = host;
    host.request = (options: object) => {
      most = Math.max(most, ++underWay);
      return request(options);
    };
    const client = await signedClient({ host, timeoutMs: 3000 });
    await Promise.all(Array.from({ length: 4 }, () => client.friendList(player)));
    assert.deepEqual([most, host.sent.length], [1, 8]);
    assert.deepEqual(
      host.sent.map(isSign),
      [1, 2, 3, 4].flatMap(() => [true, false]),
    );
  });

  it("an abort or a timeout while it signs ends the host's request and gives the turn back", async () => {
    const held: MiniSent[] = [];
    const host = scriptedHost((sent) => void held.push(sent));
    const client = await signedClient({ host, timeoutMs: 2000 });
    const { signal, abort } = createAbort();
    const aborted = failureOf(client.friendList(player, { signal }));
    await pause();
    abort();
    assert.deepEqual(outcomeOf(await aborted), {
      kind: "aborted",
      retryable: false,
      maybeSent: false,
      attempts: 1,
    });
    const error = await failureOf(client.friendList(player, { timeoutMs: 30 }));
    assert.deepEqual([error.kind, error.maybeSent], ["timeout", false]);
    assert.deepEqual(
      host.sent.map((sent) => [isSign(sent), sent.aborts]),
      [
        [true, 1],
        [true, 1],
      ],
    );
    const call = client.friendList(player);
    for (const _ of [1, 2]) {
      await pause();
      signOrAnswer(held.at(-1) as MiniSent);
    }
    await call;
  });

  const failures: Record<string, [take: (sent: MiniSent) => void, said: RegExp]> = {
    "a domain that is not listed": [
      (sent) => sent.fail({ errMsg: "request:fail url not in domain list" }),
      /its url has to be an address on a domain that the game's settings list/,
    ],
    "the app in the background": [(sent) => sent.fail({ errMsg: "request:fail interrupted" }), /background/],
    "the host's own timeout": [(sent) => sent.fail({ errMsg: "request:fail timeout" }), /host's own timeout/],
    "a host that has parsed the answer": [
      (sent) => sent.success({ statusCode: 200, header: {}, data: { sig: SIG } }),
      /host has parsed/,
    ],
    "401 as a success": [(sent) => answer(sent, "", 401), /status 401, log in again/],
    "401 as a failure": [
      (sent) => sent.fail({ error: 19, status: 401, headers: {}, data: bytes("") }),
      /status 401, log in again/,
    ],
    "too large an answer": [(sent) => answer(sent, " ".repeat(2 ** 16 + 1)), /larger than 65536 bytes/],
    "a host that quotes what it was given": [
      (sent) => sent.fail({ errMsg: `request:fail ${sent.data} ${JSON.stringify(sent.data)}` }),
      /no whole answer/,
    ],
  };
  for (const [name, [take, said]] of Object.entries(failures)) {
    it(`${name} is a signature error that says so`, async () => {
      const host = scriptedHost(take);
      const error = await failureOf((await signedClient({ host, maxRetries: 2 })).friendList(player));
      assert.deepEqual(outcomeOf(error), refused);
      assert.match(error.message, said);
      assert.equal(error.field, undefined);
      assertNoMarker(markers, name, error);
      assert.equal(host.sent.filter((sent) => !isSign(sent)).length, 0);
    });
  }

  it("a path is no url where there is no page", () => {
    assert.throws(
      () => remote("/sign"),
      (error) => isMsdkError(error) && error.kind === "config" && error.field === "url",
    );
  });
});
