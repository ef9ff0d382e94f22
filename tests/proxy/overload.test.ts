// More calls at once than the backend is to get: so many wait, first come, first served, and the others learn it at once.
import assert from "node:assert/strict";
import type { Socket } from "node:net";
import { describe, test } from "node:test";
import { createProxy, type ProxyOptions } from "msdk-friends/proxy";
import { assertTook, failureOf, timed } from "../js/support/client-calls.ts";
import { type Answer, answerOf, QUERY, requestOf } from "./support/call.ts";
import { OK_ANSWER, type StandIn, standIn } from "./support/stand-in.ts";
import {
  gauge,
  pageClient,
  type Served,
  servedOver,
  TRANSPORTS,
  type TransportName,
  USUAL,
} from "./support/through.ts";
import { until } from "./support/until.ts";

interface World {
  readonly backend: StandIn;
  readonly proxy: Served;
  /** A call that is told apart by its `seq`. */
  send(seq: string, signal?: AbortSignal): Promise<Answer>;
  /** One after the other, so that their order is known. */
  sendAll(...seqs: readonly string[]): Promise<Promise<Answer>[]>;
  /** Lets the backend answer the first call that it has. */
  releaseOne(): Promise<void>;
  /** All that it has, and from then on at once. */
  release(): void;
  /** What the backend was asked, by `seq`. */
  asked(): string[];
}

async function withWorld(
  transport: TransportName,
  options: Partial<ProxyOptions>,
  run: (world: World) => Promise<void>,
): Promise<void> {
  let held: Socket[] | undefined = [];
  const answer = (socket: Socket) => void socket.end(OK_ANSWER);
  const backend = await standIn([(socket) => (held ? held.push(socket) : answer(socket))]);
  const proxy = await servedOver(transport, { upstream: backend.url, ...options });
  const asked = () => backend.seen.map((head) => /[?&]seq=(\w*)/.exec(head)?.[1] ?? "");
  const known = async () => asked().length + (await gauge(proxy.handler, "upstream_waiting"));
  const send: World["send"] = async (seq, signal) => {
    const request = requestOf({ query: QUERY.replace("seq=", `seq=${seq}`) });
    return answerOf(proxy.handler(signal ? new Request(request, { signal }) : request));
  };
  try {
    await run({
      backend,
      proxy,
      send,
      async sendAll(...seqs) {
        const calls: Promise<Answer>[] = [];
        for (const seq of seqs) {
          const before = await known();
          calls.push(send(seq));
          await until(`call ${seq} is known`, async () => (await known()) > before);
        }
        return calls;
      },
      async releaseOne() {
        const socket = held?.shift();
        const before = asked().length;
        if (socket) answer(socket);
        await until("the next call comes", () => asked().length > before);
      },
      release() {
        for (const socket of held ?? []) answer(socket);
        held = undefined;
      },
      asked,
    });
  } finally {
    await proxy.close();
    await backend.close();
  }
}

const statusOf = ({ status }: Answer): number => status;

for (const transport of TRANSPORTS) {
  describe(`with two places and two in the queue, over ${transport}`, { concurrency: 4 }, () => {
    const TWO = { maxUpstream: 2, maxQueued: 2 };

    test("the others are refused at once, and those that wait get their turn in order", () =>
      withWorld(transport, TWO, async ({ proxy, send, sendAll, releaseOne, release, asked }) => {
        const calls = await sendAll("1", "2", "3", "4");
        assert.deepEqual(asked(), ["1", "2"]);
        assert.equal(await gauge(proxy.handler, "upstream_active"), 2);
        assert.equal(await gauge(proxy.handler, "upstream_waiting"), 2);
        const { result: refused, ms } = await timed(() => Promise.all([send("5"), send("6")]));
        for (const { status, headers, text } of refused) {
          assert.deepEqual([status, headers.get("retry-after")], [503, "1"]);
          assert.deepEqual(JSON.parse(text), { error: "overload", msg: "too many calls at once" });
        }
        assertTook(ms, [0, 2000]);
        await releaseOne();
        assert.deepEqual(asked(), ["1", "2", "3"]);
        release();
        assert.deepEqual((await Promise.all(calls)).map(statusOf), [200, 200, 200, 200]);
        assert.deepEqual(asked(), ["1", "2", "3", "4"]);
        assert.equal(await gauge(proxy.handler, "upstream_active"), 0);
        assert.equal(await gauge(proxy.handler, "calls_active"), 0);
        assert.equal((await send("7")).status, 200);
      }));

    test("whoever goes leaves the queue, and nothing of theirs is sent", () =>
      withWorld(transport, TWO, async ({ proxy, send, sendAll, releaseOne, release, asked }) => {
        const staying = await sendAll("1", "2");
        const leaving = new AbortController();
        const gone = send("3", leaving.signal);
        const waiting = () => gauge(proxy.handler, "upstream_waiting");
        await until("it waits", async () => (await waiting()) === 1);
        const [last] = await sendAll("4");
        leaving.abort();
        assert.equal((await gone).status, 499);
        assert.equal(await waiting(), 1);
        const [next] = await sendAll("5");
        await releaseOne();
        release();
        const answers = await Promise.all([...staying, last, next]);
        assert.deepEqual(
          answers.map((answer) => answer?.status),
          [200, 200, 200, 200],
        );
        assert.deepEqual(asked(), ["1", "2", "4", "5"]);
      }));

    test("whoever goes while the backend is asked ends that, and gives the place on", () =>
      withWorld(transport, TWO, async ({ backend, send, sendAll, release, asked }) => {
        const leaving = new AbortController();
        const gone = send("1", leaving.signal);
        await until("it is sent", () => asked().length === 1);
        const [staying, next] = await sendAll("2", "3");
        assert.deepEqual(asked(), ["1", "2"]);
        leaving.abort();
        assert.equal((await gone).status, 499);
        await until("the next call comes", () => asked().length === 3);
        await until("the connection of whoever is gone ends", () => backend.used() === 2);
        release();
        assert.deepEqual([(await staying)?.status, (await next)?.status], [200, 200]);
      }));
  });
}

test("a call is stamped when its turn comes", () => {
  const clock = { seconds: 1_700_000_000 };
  const options = { maxUpstream: 1, now: () => clock.seconds * 1000 + 999 };
  return withWorld("fetch", options, async ({ backend, sendAll, release }) => {
    const calls = await sendAll("1", "2");
    clock.seconds += 5;
    release();
    await Promise.all(calls);
    const stamps = backend.seen.map((head) => /[?&]ts=(\d+)/.exec(head)?.[1]);
    assert.deepEqual(stamps, ["1700000000", "1700000005"]);
  });
});

test("where nobody may wait, the next one is refused", () =>
  withWorld("pooled", { maxUpstream: 1, maxQueued: 0 }, async ({ send, sendAll, release }) => {
    const [first] = await sendAll("1");
    assert.equal((await send("2")).status, 503);
    release();
    assert.deepEqual([(await first)?.status, (await send("3")).status], [200, 200]);
  }));

test("a client that is told to come back does, and a share is not repeated", () =>
  withWorld("pooled", { maxUpstream: 1, maxQueued: 0 }, async ({ proxy, sendAll, release, asked }) => {
    const [first] = await sendAll("1");
    const client = await pageClient(proxy.url);
    const error = await failureOf(client.share({ fopenid: "1", gameTag: "MSG_INVITE" }));
    assert.deepEqual([error.kind, error.status, error.attempts], ["server", 503, 1]);
    const list = client.friendList({}, { seq: "2" });
    const metrics = () => proxy.handler.operations(new Request("http://proxy/metrics")).text();
    await until("it is refused", async () => /friend_list",class="overload"\} 1\n/.test(await metrics()));
    release();
    const { ms } = await timed(() => list);
    assertTook(ms, [500, 4000]);
    assert.equal((await first)?.status, 200);
    assert.deepEqual(asked(), ["1", "2"]);
  }));

test("of those who ask who they are at once, so many are looked up and no more, and places come back", async () => {
  let asked = 0;
  let isHeld = true;
  const handler = await createProxy({
    ...USUAL,
    upstream: "https://backend.example",
    timeoutMs: 1500,
    limits: { player: false, address: false },
    authorize: () => {
      asked++;
      return isHeld ? new Promise(() => {}) : null;
    },
  });
  const status = async () => (await answerOf(handler(requestOf({})))).status;
  const answers = Array.from({ length: 520 }, status);
  assert.deepEqual(await Promise.all(answers.slice(512)), Array(8).fill(503));
  assert.equal(asked, 512);
  assert.deepEqual(new Set(await Promise.all(answers)), new Set([503]));
  isHeld = false;
  assert.equal(await status(), 401);
});
