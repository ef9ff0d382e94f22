// Every way in which a call ends before its time, in Rust and in TypeScript side by side, and what is left of it.
import assert from "node:assert/strict";
import { once } from "node:events";
import { after, afterEach, before, beforeEach, describe, it } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import type { ReceivedRequest } from "../js/support/client-servers.ts";
import { type Answer, withBackend } from "./support/backend.ts";
import { leftovers, watchLeftovers } from "./support/leftovers.ts";
import {
  type Both,
  type CallOptions,
  comparable,
  type Options,
  openBoth,
  type Rust,
  type Which,
} from "./support/page.ts";

/** In the page. */
declare const rust: Rust;

const player = { openid: "9007199254740993111", token: "a-token-51c2" };
/** For a machine that does other things too. */
const SLACK_MS = 600;
const LONG = { timeoutMs: 60_000, totalTimeoutMs: 60_000 };

let both: Both;
before(async () => {
  both = await openBoth();
  // The waits between attempts are 300 and 600 ms.
  await both.page.evaluate("Math.random = () => 1");
  await watchLeftovers(both.page);
});
after(() => both?.close());
// TypeScript listens to signals of its own, which it leaves to the collector: only what Rust does is counted.
beforeEach(() => both.page.evaluate("listeners = 0"));
afterEach(() => {
  assert.deepEqual(
    both.complaints.filter((complaint) => complaint.startsWith("thrown")),
    [],
  );
});

type Answering = (request: ReceivedRequest, count: number) => Answer | undefined;

const stalls: Answering = () => undefined;
const stallsInBody: Answering = ({ res }) => {
  res.writeHead(200, { "content-length": 100 });
  res.write('{"ret":0');
  return undefined;
};
const fails: Answering = () => ({ status: 503 });

interface Ending {
  readonly name: string;
  readonly answering: Answering;
  readonly options: Partial<Options>;
  readonly call?: CallOptions;
  readonly expected: { kind: string; attempts: number; retryable: boolean; maybeSent: boolean };
  /** How long the call takes, in milliseconds. */
  readonly ms: number;
  /** How many requests arrive. */
  readonly arrive: number;
}

const aborted = (attempts: number, maybeSent: boolean) => ({
  ...{ kind: "aborted", retryable: false },
  attempts,
  maybeSent,
});
const late = (attempts: number, maybeSent: boolean) => ({
  ...{ kind: "timeout", retryable: true },
  attempts,
  maybeSent,
});

const endings: Ending[] = [
  {
    name: "an abort before the call",
    ...{ answering: stalls, options: LONG, call: { abortAfterMs: 0 } },
    ...{ expected: aborted(0, false), ms: 0, arrive: 0 },
  },
  {
    name: "an abort before there is an answer",
    ...{ answering: stalls, options: LONG, call: { abortAfterMs: 150 } },
    ...{ expected: aborted(1, true), ms: 150, arrive: 1 },
  },
  {
    name: "an abort during the body",
    ...{ answering: stallsInBody, options: LONG, call: { abortAfterMs: 150 } },
    ...{ expected: aborted(1, true), ms: 150, arrive: 1 },
  },
  {
    name: "an abort during a wait",
    ...{ answering: fails, options: LONG, call: { abortAfterMs: 200 } },
    ...{ expected: aborted(1, true), ms: 200, arrive: 1 },
  },
  {
    name: "an abort while the signer works",
    ...{ answering: stalls, options: { ...LONG, signer: "never returns" }, call: { abortAfterMs: 50 } },
    ...{ expected: aborted(1, false), ms: 50, arrive: 0 },
  },
  {
    name: "the timeout before there is an answer",
    ...{ answering: stalls, options: { ...LONG, timeoutMs: 150, maxRetries: 0 } },
    ...{ expected: late(1, true), ms: 150, arrive: 1 },
  },
  {
    name: "the timeout during the body",
    ...{ answering: stallsInBody, options: { ...LONG, timeoutMs: 150, maxRetries: 0 } },
    ...{ expected: late(1, true), ms: 150, arrive: 1 },
  },
  {
    name: "the call's own timeout",
    ...{ answering: stalls, options: { ...LONG, maxRetries: 0 }, call: { timeoutMs: 150 } },
    ...{ expected: late(1, true), ms: 150, arrive: 1 },
  },
  {
    name: "the timeout of a signer that never returns",
    ...{ answering: stalls, options: { ...LONG, timeoutMs: 80, maxRetries: 0, signer: "never returns" } },
    ...{ expected: late(1, false), ms: 80, arrive: 0 },
  },
  {
    name: "the total timeout before there is an answer",
    ...{ answering: stalls, options: { timeoutMs: 60_000, totalTimeoutMs: 200 } },
    ...{ expected: late(1, true), ms: 200, arrive: 1 },
  },
  {
    name: "the total timeout in a second attempt",
    answering: (request, count) => (count === 1 ? fails(request, count) : undefined),
    ...{ options: { timeoutMs: 60_000, totalTimeoutMs: 600 } },
    ...{ expected: late(2, true), ms: 600, arrive: 2 },
  },
  {
    name: "a signer that throws",
    ...{ answering: stalls, options: { ...LONG, signer: "throws" } },
    expected: { kind: "signature", attempts: 1, retryable: false, maybeSent: false },
    ...{ ms: 0, arrive: 0 },
  },
  {
    name: "a signer that returns no sig",
    ...{ answering: stalls, options: { ...LONG, signer: "returns no sig" } },
    expected: { kind: "signature", attempts: 1, retryable: false, maybeSent: false },
    ...{ ms: 0, arrive: 0 },
  },
];

describe("a call is ended by", () => {
  for (const { name, answering, options, call, expected, ms, arrive } of endings) {
    it(name, async () => {
      const told: ReturnType<typeof comparable>[] = [];
      for (const which of ["rust", "typescript"] satisfies Which[]) {
        await withBackend(answering, async (baseUrl, received) => {
          const all: Options = { baseUrl, channel: 2, gameId: "12", key: "a-fake-key-1", ...options };
          // A function signs in place of the key.
          if (options.signer) delete all.key;
          const outcome = await both.ask(which, all, "friend_list", player, call);
          const { kind, attempts, retryable, maybeSent } = outcome.error ?? {};
          assert.deepEqual({ kind, attempts, retryable, maybeSent }, expected, which);
          assert.ok(outcome.ms >= ms - 3 && outcome.ms < ms + SLACK_MS, `${which}: ${outcome.ms} ms`);
          assert.equal(received().length, arrive, which);
          await Promise.all(received().map(isOver));
          told.push(comparable(outcome));
          if (which === "rust") await assertNothingLeft();
        });
      }
      assert.deepEqual(told[0], told[1]);
    });
  }
});

const assertNothingLeft = async () =>
  assert.deepEqual(await leftovers(both.page), { timers: 0, listeners: 0 });

/** The connection of a request that was called off is given up. */
async function isOver({ res }: ReceivedRequest): Promise<void> {
  if (!res.closed) await once(res, "close", { signal: AbortSignal.timeout(2000) });
}

describe("a future that is dropped", () => {
  interface Dropped {
    readonly answering: Answering;
    readonly options?: Partial<Options>;
    /** When, in milliseconds after the call began; at once where absent. */
    readonly afterMs?: number;
    readonly arrive: number;
  }
  const cases: Record<string, Dropped> = {
    "before it began": { answering: stalls, arrive: 0 },
    "while the signer works": {
      ...{ answering: stalls, options: { signer: "never returns" } },
      ...{ afterMs: 50, arrive: 0 },
    },
    "before there is an answer": { answering: stalls, afterMs: 150, arrive: 1 },
    "during the body": { answering: stallsInBody, afterMs: 150, arrive: 1 },
    "during a wait": { answering: fails, afterMs: 200, arrive: 1 },
  };
  for (const [name, { answering, options, afterMs, arrive }] of Object.entries(cases)) {
    it(`${name}: its request ends, and nothing follows`, () =>
      withBackend(answering, async (baseUrl, received) => {
        const all = { baseUrl, channel: 2, gameId: "12", ...LONG, ...options };
        const signing = options?.signer ? "{ sign: () => new Promise(() => {}) }" : '{ key: "a-fake-key-1" }';
        const input = JSON.stringify(player);
        const { signer: _, ...rest } = all as Partial<Options>;
        const given = `{ ...${JSON.stringify(rest)}, ...${signing} }`;
        const start = `rust.start(${given}, "friend_list", ${input})`;
        if (afterMs === undefined) await both.page.evaluate(`${start}.drop()`);
        else {
          await both.page.evaluate(`running = ${start}; undefined`);
          await delay(afterMs);
          // What is to end has begun.
          assert.notDeepEqual(await leftovers(both.page), { timers: 0, listeners: 0 });
          await both.page.evaluate("running.drop()");
        }
        await assertNothingLeft();
        await Promise.all(received().map(isOver));
        await delay(500);
        assert.equal(received().length, arrive);
      }));
  }
});

it("calls that succeed leave nothing, however many", () =>
  withBackend(
    () => ({ body: '{"ret":0,"sopenid":"s"}' }),
    async (baseUrl, received) => {
      const options = { baseUrl, channel: 2, gameId: "12", key: "a-fake-key-1" };
      const ask = () => both.ask("rust", options, "get_sopenid", player, { abortAfterMs: 300 });
      const outcomes = await Promise.all(Array.from({ length: 20 }, ask));
      assert.deepEqual([...new Set(outcomes.map(({ value }) => JSON.stringify(value)))], ['{"sopenid":"s"}']);
      assert.equal(received().length, 20);
      // The test's own timers.
      await delay(400);
      await assertNothingLeft();
    },
  ));
