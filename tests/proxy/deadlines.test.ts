// A backend that stalls, drips, drops or is slow: every call is answered in time, and none is sent twice.
import assert from "node:assert/strict";
import type { Socket } from "node:net";
import { before, describe, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import type { ProxyOptions } from "msdk-friends/proxy";
import { pooledTransport } from "msdk-friends/proxy/node";
import { assertTook, ENDPOINTS, timed } from "../js/support/client-calls.ts";
import { type EndpointName, goodFields, PATHS } from "../js/support/sandbox-client.ts";
import { type Answer, answerOf, type Call, overSocket, requestOf } from "./support/call.ts";
import { PLAYERS, playerOf } from "./support/players.ts";
import { OK_ANSWER, type RawAnswer, type StandIn, standIn } from "./support/stand-in.ts";
import { gauge, type Served, servedOver, TRANSPORTS, type TransportName, warmUp } from "./support/through.ts";
import { until } from "./support/until.ts";

const DEADLINE_MS = 500;
/** Where no deadline is meant to be met, also on a machine that does other things. */
const PATIENT_MS = 5000;
const SLACK_MS = 2000;

const ANSWER = OK_ANSWER.replace("connection: close", "connection: keep-alive");
const HALF = ANSWER.slice(0, ANSWER.length - 10);
const INSIDE_HEAD = ANSWER.slice(0, 30);

const drip = (text: string, pauseMs: number) => (socket: Socket) => {
  let at = 0;
  const timer = setInterval(() => socket.write(text.charAt(at++)), pauseMs);
  socket.once("close", () => clearInterval(timer));
};
const after = (ms: number, act: (socket: Socket) => void) => (socket: Socket) => {
  const timer = setTimeout(act, ms, socket);
  socket.once("close", () => clearTimeout(timer));
};
const writing = (text: string, then: (socket: Socket) => void) => (socket: Socket) => {
  socket.write(text);
  after(20, then)(socket);
};
const end = (socket: Socket) => void socket.end();
const reset = (socket: Socket) => void socket.resetAndDestroy();
const nothing = () => {};

/** What comes when the time is over. */
const late = { status: 504, error: "upstream_timeout", least: DEADLINE_MS };
/** What comes at once. */
const broken = { status: 502, error: "upstream", least: 0 };
const fine = (least: number) => ({ status: 200, error: undefined, least });

const backends: Record<string, [does: RawAnswer, expected: typeof late | ReturnType<typeof fine>]> = {
  "takes the call and never answers": [nothing, late],
  "stalls inside its head": [writing(INSIDE_HEAD, nothing), late],
  "stalls after its head": [writing(ANSWER.slice(0, ANSWER.indexOf("{")), nothing), late],
  "stalls inside its body": [writing(HALF, nothing), late],
  "drips its head": [drip(ANSWER, 20), late],
  "drips its body": [writing(HALF, drip(ANSWER.slice(-10), 300)), late],
  "drips a body without an end": [
    writing(
      "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n",
      (socket) => void setInterval(() => socket.write("1\r\n \r\n"), 20).unref(),
    ),
    late,
  ],
  "closes before its head": [end, broken],
  "closes inside its head": [writing(INSIDE_HEAD, end), broken],
  "closes inside its body": [writing(HALF, end), broken],
  "resets before its head": [reset, broken],
  "resets inside its head": [writing(INSIDE_HEAD, reset), broken],
  "resets inside its body": [writing(HALF, reset), broken],
  "closes late": [after(100, end), { ...broken, least: 100 }],
  "wants another protocol": [
    (socket) =>
      void socket.write("HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n"),
    broken,
  ],
  "takes its time": [after(150, (socket) => void socket.write(ANSWER)), fine(150)],
  "takes its time over the body": [writing(HALF, drip(ANSWER.slice(-10), 5)), fine(70)],
};

interface World {
  readonly backend: StandIn;
  readonly proxy: Served;
  send(endpoint: EndpointName, call?: Call): Promise<Answer>;
}

async function withWorld(
  transport: TransportName,
  answers: readonly RawAnswer[],
  run: (world: World) => Promise<void>,
  options: Partial<ProxyOptions> = {},
): Promise<void> {
  const backend = await standIn(answers);
  const proxy = await servedOver(transport, {
    upstream: backend.url,
    timeoutMs: DEADLINE_MS,
    ...options,
  });
  const send: World["send"] = async (endpoint, call) => {
    const good = { path: `/msdk${PATHS[endpoint]}`, fields: goodFields(endpoint, 2) };
    const [answer] = await overSocket(Number(new URL(proxy.url).port), { ...good, ...call });
    if (!answer) throw new assert.AssertionError({ message: "no answer came" });
    return answer;
  };
  try {
    await run({ backend, proxy, send });
  } finally {
    await proxy.close();
    await backend.close();
  }
}

const errorOf = ({ text }: Answer): unknown => (JSON.parse(text) as { error?: string }).error;
const targets = (heads: readonly string[]) => heads.map((head) => /^POST ([^?]+)/.exec(head)?.[1]).sort();

before(warmUp);

for (const transport of TRANSPORTS) {
  describe(`a backend that, over ${transport},`, { concurrency: 6 }, () => {
    for (const [name, [does, expected]] of Object.entries(backends)) {
      test(name, () =>
        withWorld(
          transport,
          [does],
          async ({ backend, proxy, send }) => {
            const { result: answers, ms } = await timed(() =>
              Promise.all(ENDPOINTS.map((endpoint) => send(endpoint))),
            );
            for (const answer of answers) {
              assert.deepEqual([answer.status, errorOf(answer)], [expected.status, expected.error]);
            }
            assertTook(ms, [expected.least, expected.least + SLACK_MS]);
            await delay(50);
            assert.deepEqual(targets(backend.seen), Object.values(PATHS).sort(), "each is sent once");
            assert.equal(await gauge(proxy.handler, "upstream_active"), 0, "places that were not given back");
            if (expected.status !== 200) await until("connections are ended", () => backend.used() === 0);
          },
          expected === late ? {} : { timeoutMs: PATIENT_MS },
        ),
      );
    }

    for (const drop of [end, reset]) {
      test(`drops a connection that is used again, by ${drop === end ? "an end" : "a reset"}`, () =>
        withWorld(
          transport,
          [ANSWER, drop],
          async ({ backend, send }) => {
            assert.equal((await send("get_sopenid")).status, 200);
            for (const endpoint of ["share", "ark_share", "friend_list"] as const) {
              const already = backend.seen.length;
              assert.equal((await send(endpoint)).status, 502);
              await delay(20);
              assert.equal(backend.seen.length - already, 1, `${endpoint} is sent once`);
            }
          },
          { timeoutMs: PATIENT_MS },
        ));
    }

    test("is not there", async () => {
      const gone = await standIn([]);
      await gone.close();
      const proxy = await servedOver(transport, { upstream: gone.url, timeoutMs: PATIENT_MS });
      try {
        const [answer] = await overSocket(Number(new URL(proxy.url).port), {});
        assert.deepEqual([answer?.status, errorOf(answer as Answer)], [502, "upstream"]);
        assert.match(answer?.text ?? "", /ECONNREFUSED/);
      } finally {
        await proxy.close();
      }
    });
  });

  describe(`a call that is over, over ${transport},`, { concurrency: 6 }, () => {
    test("is not sent when authorize says too late who calls", () =>
      withWorld(
        transport,
        [ANSWER],
        async ({ backend, proxy, send }) => {
          const { result: answer, ms } = await timed(() => send("share"));
          assert.deepEqual([answer.status, errorOf(answer)], [503, "unavailable"]);
          assertTook(ms, [DEADLINE_MS, DEADLINE_MS + SLACK_MS]);
          await delay(300);
          assert.equal(backend.seen.length, 0, "what was sent after its answer");
          assert.equal(await gauge(proxy.handler, "upstream_active"), 0);
        },
        {
          authorize: () => delay(DEADLINE_MS + 100, { openid: "9007199254740993111", token: "t" }),
        },
      ));

    test("is not sent though its JSON was whole, where its body had no end", () =>
      withWorld(transport, [ANSWER], async ({ backend, proxy }) => {
        const call = { path: `/msdk${PATHS.share}`, fields: goodFields("share", 2), isUnfinished: true };
        const answer = await answerOf(proxy.handler(requestOf(call)));
        assert.deepEqual([answer.status, errorOf(answer)], [408, "slow_body"]);
        await delay(100);
        assert.equal(backend.seen.length, 0, "what was sent after its answer");
      }));

    test("is not sent when its turn comes", () =>
      withWorld(
        transport,
        [nothing, ANSWER],
        async ({ backend, proxy, send }) => {
          const waiting = send("share", {
            headers: { authorization: "Bearer bob" },
            fields: { ...goodFields("share", 2), openid: PLAYERS.bob.openid },
          });
          await delay(100);
          // Gets the only place first, and keeps it until its own time is over, which is after the other's.
          const stalled = send("friend_list");
          const answer = await waiting;
          assert.deepEqual([answer.status, errorOf(answer)], [503, "overload"]);
          assert.equal((await stalled).status, 504);
          await delay(50);
          assert.deepEqual(targets(backend.seen), [PATHS.friend_list]);
          assert.equal(await gauge(proxy.handler, "upstream_waiting"), 0);
          assert.equal((await send("share")).status, 200, "the place is free again");
        },
        {
          maxUpstream: 1,
          authorize: async (request) => {
            const player = playerOf(request);
            if (player === PLAYERS.bob) await delay(DEADLINE_MS / 2);
            return player;
          },
        },
      ));
  });
}

test("a transport of one's own that is deaf to its signal keeps no place", () =>
  withWorld(
    "fetch",
    [],
    async ({ proxy, send }) => {
      for (const _ of [1, 2]) assert.equal((await send("share")).status, 504);
      assert.equal(await gauge(proxy.handler, "upstream_active"), 0);
    },
    { maxUpstream: 1, transport: () => new Promise(() => {}) },
  ));

test("pooledTransport sends nothing for a signal that has aborted", async () => {
  const backend = await standIn([ANSWER]);
  const pool = pooledTransport();
  try {
    const signal = AbortSignal.abort(new Error("over"));
    await assert.rejects(pool(backend.url, { headers: {}, body: "{}", signal, maxBytes: 100 }), /over/);
    await delay(50);
    assert.equal(backend.seen.length, 0);
  } finally {
    pool.close();
    await backend.close();
  }
});
