// remoteSigner where the sign endpoint fails or stalls: what the call ends with, and what is left.
import assert from "node:assert/strict";
import { once } from "node:events";
import { describe, it } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { type MsdkError, remoteSigner } from "msdk-friends";
import {
  assertTook,
  BACKEND,
  callOf,
  clientFor,
  failureOf,
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
import { ends, markers, refused, SIG, SIGN, signs, signsFor, twoServers } from "./support/remote-signer.ts";
import { KEY, OPENID, TOKEN } from "./support/sandbox-client.ts";

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

  for (const [name, begin] of Object.entries({ "no headers": "", "half a body": '{"sig":' })) {
    for (const how of ["an abort", "timeoutMs", "totalTimeoutMs"] as const) {
      it(`with ${name} is ended by ${how}, at once, and nothing is left or sent`, async () => {
        const before = activeResources();
        const { fetch, requests } = scriptedFetch(good);
        let closed: Promise<unknown> | undefined;
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
            assert.ok(closed, "the sign endpoint was asked");
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
