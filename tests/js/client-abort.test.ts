// Every way in which a call is ended before its time, how fast that is, and what is left.
import assert from "node:assert/strict";
import { once, setMaxListeners } from "node:events";
import { afterEach, describe, it, mock } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import type { CallOptions, EndpointName, SignedOptions } from "msdk-friends";
import {
  assertTook,
  BACKEND,
  callOf,
  clientFor,
  ENDPOINTS,
  failureOf,
  outcomeOf,
  timed,
} from "./support/client-calls.ts";
import { activeResources, assertNoNewTimer, assertNothingLeft } from "./support/client-resources.ts";
import {
  good,
  hangs,
  isDeaf,
  type Step,
  scriptedFetch,
  stallsInBody,
  status,
  withServer,
} from "./support/client-servers.ts";

afterEach(() => mock.restoreAll());

const LONG: Partial<SignedOptions> = { timeoutMs: 60_000, totalTimeoutMs: 60_000 };
/** What "at once" means on a machine that does other things too. */
const AT_ONCE_MS = 100;

/** A controller that aborts after a time; the timer is the test's own and gone when it fired. */
function abortAfter(ms: number, reason?: unknown) {
  const controller = new AbortController();
  setTimeout(() => controller.abort(reason), ms);
  return controller;
}

interface Ended {
  readonly endpoint?: EndpointName;
  readonly baseUrl?: string;
  readonly options: Partial<SignedOptions>;
  readonly call?: CallOptions;
}

/** The error of a call, after a look for what it left in the very moment of its end. */
async function endOf({ endpoint = "friend_list", baseUrl = BACKEND, options, call }: Ended) {
  const client = await clientFor(baseUrl, options);
  const before = activeResources();
  const { result: error, ms } = await timed(() => failureOf(callOf[endpoint](client, call)));
  assertNoNewTimer(before);
  return { error, ms };
}

const timedOut = (maybeSent: boolean) => ({ kind: "timeout", retryable: true, maybeSent, attempts: 1 });
const aborted = (maybeSent: boolean, attempts = 1) => ({
  kind: "aborted",
  retryable: false,
  maybeSent,
  attempts,
});

const never = () => new Promise<never>(() => {});

describe("a time limit of 80 ms ends", () => {
  const steps: Record<string, Step> = {
    "a backend that never answers": hangs,
    "headers and then a body that stalls": stallsInBody(),
    "a fetch that ignores its signal": isDeaf,
  };
  for (const [name, step] of Object.entries(steps)) {
    for (const endpoint of ["friend_list", "share"] as const) {
      it(`${name}, on ${endpoint}`, async () => {
        const { fetch, requests } = scriptedFetch(step);
        const options = { fetch, timeoutMs: 80, totalTimeoutMs: 60_000, maxRetries: 0 };
        const { error, ms } = await endOf({ endpoint, options });
        assert.deepEqual(outcomeOf(error), timedOut(true));
        assertTook(ms, [80, 80 + AT_ONCE_MS]);
        assert.equal(requests.length, 1);
        assert.equal(requests[0]?.signal.aborted, true);
      });
    }
  }

  const stuck: Record<string, Partial<SignedOptions>> = {
    "a signer that never answers": { signer: { sign: never } },
    "a headers function that never answers": { headers: never },
  };
  for (const [name, option] of Object.entries(stuck)) {
    it(`${name}, and nothing is sent`, async () => {
      const { fetch, requests } = scriptedFetch(good);
      const { error, ms } = await endOf({
        options: { ...LONG, fetch, timeoutMs: 80, maxRetries: 0, ...option },
      });
      assert.deepEqual(outcomeOf(error), timedOut(false));
      assertTook(ms, [80, 80 + AT_ONCE_MS]);
      assert.equal(requests.length, 0);
    });
  }

  it("the call, where only the call has it", async () => {
    const { fetch } = scriptedFetch(hangs);
    const { error, ms } = await endOf({
      options: { ...LONG, fetch, maxRetries: 0 },
      call: { timeoutMs: 80 },
    });
    assert.equal(error.kind, "timeout");
    assertTook(ms, [80, 80 + AT_ONCE_MS]);
  });

  it("the connection to a real backend, whose body stalls", async () => {
    const before = activeResources();
    let closed: Promise<unknown> | undefined;
    await withServer(
      ({ res }) => {
        closed = once(res, "close", { signal: AbortSignal.timeout(500) });
        res.writeHead(200, { "content-length": 100 });
        res.write('{"ret":0');
      },
      async ({ url, received }) => {
        const { error, ms } = await endOf({
          baseUrl: url,
          options: { ...LONG, timeoutMs: 80, maxRetries: 0 },
        });
        assert.deepEqual(outcomeOf(error), timedOut(true));
        assertTook(ms, [80, 80 + AT_ONCE_MS]);
        await closed;
        assert.equal(received.length, 1);
      },
    );
    await assertNothingLeft(before);
  });

  it("the signal that the signer was given, so that it can stop too", async () => {
    let given: AbortSignal | undefined;
    const sign = (_: unknown, { signal }: { signal: AbortSignal }) => {
      given = signal;
      return never();
    };
    await endOf({ options: { ...LONG, signer: { sign }, timeoutMs: 80, maxRetries: 0 } });
    assert.equal(given?.aborted, true);
  });

  it("a signer that throws its signal's reason, as a timeout and not as a failed signature", async () => {
    const sign = async (_: unknown, { signal }: { signal: AbortSignal }) => {
      await once(signal, "abort");
      throw signal.reason;
    };
    const { error } = await endOf({ options: { ...LONG, signer: { sign }, timeoutMs: 80, maxRetries: 0 } });
    assert.deepEqual(outcomeOf(error), timedOut(false));
  });
});

describe("the caller's abort after 40 ms ends", () => {
  const steps: Record<string, Step> = {
    "the wait for headers": hangs,
    "the wait for a body": stallsInBody(),
    "a fetch that ignores its signal": isDeaf,
  };
  for (const [name, step] of Object.entries(steps)) {
    for (const endpoint of ENDPOINTS) {
      it(`${name}, on ${endpoint}`, async () => {
        const { fetch, requests } = scriptedFetch(step);
        const client = await clientFor(BACKEND, { ...LONG, fetch });
        const before = activeResources();
        const { signal } = abortAfter(40);
        const { result: error, ms } = await timed(() => failureOf(callOf[endpoint](client, { signal })));
        assertNoNewTimer(before);
        assert.deepEqual(outcomeOf(error), aborted(true));
        assertTook(ms, [40, 40 + AT_ONCE_MS]);
        assert.equal(requests.length, 1);
        assert.equal(requests[0]?.signal.aborted, true);
      });
    }
  }

  it("the wait between attempts, and nothing is sent after it", async () => {
    mock.method(Math, "random", () => 0.5);
    const { fetch, requests } = scriptedFetch(status(503));
    const client = await clientFor(BACKEND, { ...LONG, fetch });
    const before = activeResources();
    const { signal } = abortAfter(40);
    const { result: error, ms } = await timed(() => failureOf(callOf.friend_list(client, { signal })));
    assertNoNewTimer(before);
    assert.deepEqual(outcomeOf(error), aborted(true));
    assertTook(ms, [40, 40 + AT_ONCE_MS]);
    await delay(250);
    assert.equal(requests.length, 1);
  });

  const stuck: Record<string, Partial<SignedOptions>> = {
    "the wait for a signer": { signer: { sign: never } },
    "the wait for a headers function": { headers: never },
  };
  for (const [name, option] of Object.entries(stuck)) {
    it(`${name}, and nothing is sent`, async () => {
      const { fetch, requests } = scriptedFetch(good);
      const client = await clientFor(BACKEND, { ...LONG, fetch, ...option });
      const { signal } = abortAfter(40);
      const { result: error, ms } = await timed(() => failureOf(callOf.share(client, { signal })));
      assert.deepEqual(outcomeOf(error), aborted(false));
      assertTook(ms, [40, 40 + AT_ONCE_MS]);
      assert.equal(requests.length, 0);
    });
  }

  for (const [name, answer] of Object.entries({ "no headers": "", "half a body": '{"ret":0' })) {
    it(`the connection to a real backend that sent ${name}`, async () => {
      const before = activeResources();
      const controller = new AbortController();
      let abortedAt = 0;
      let closed: Promise<unknown> | undefined;
      await withServer(
        ({ res }) => {
          closed = once(res, "close", { signal: AbortSignal.timeout(500) });
          if (answer !== "") res.write(answer);
          setTimeout(() => {
            abortedAt = performance.now();
            controller.abort();
          }, 40);
        },
        async ({ url }) => {
          const client = await clientFor(url, LONG);
          const error = await failureOf(callOf.friend_list(client, { signal: controller.signal }));
          assertTook(performance.now() - abortedAt, [0, AT_ONCE_MS]);
          assert.deepEqual(outcomeOf(error), aborted(true));
          await closed;
        },
      );
      await assertNothingLeft(before);
    });
  }
});

describe("nothing is sent", () => {
  for (const endpoint of ENDPOINTS) {
    it(`by ${endpoint} when the signal is aborted already`, async () => {
      const { fetch, requests } = scriptedFetch(good);
      let signed = 0;
      const sign = () => String(signed++).padStart(32, "0");
      const call = { signal: AbortSignal.abort() };
      const { error, ms } = await endOf({ endpoint, options: { ...LONG, fetch, signer: { sign } }, call });
      assert.deepEqual(outcomeOf(error), aborted(false, 0));
      assertTook(ms, [0, AT_ONCE_MS]);
      assert.equal(requests.length, 0);
      assert.equal(signed, 0);
    });
  }

  it("when a hook aborts before the request, and the signer is not asked", async () => {
    const { fetch, requests } = scriptedFetch(good);
    const controller = new AbortController();
    let signed = 0;
    const sign = () => String(signed++).padStart(32, "0");
    const hooks = { onRequest: () => controller.abort() };
    const options = { ...LONG, fetch, hooks, signer: { sign } };
    const { error } = await endOf({ options, call: { signal: controller.signal } });
    assert.deepEqual(outcomeOf(error), aborted(false));
    assert.equal(requests.length, 0);
    assert.equal(signed, 0);
  });

  // An abort may come between the end of one step and the start of the next one.
  for (const turns of [0, 1, 2, 3, 4, 5, 6, 7, 8]) {
    it(`after an abort ${turns} turns after the headers were made, or the fetch's signal says so`, async () => {
      const controller = new AbortController();
      const { fetch, requests } = scriptedFetch(isDeaf);
      const headers = () => {
        let turn = Promise.resolve();
        for (let count = 0; count < turns; count++) turn = turn.then(() => {});
        void turn.then(() => controller.abort());
        return {};
      };
      const options = {
        ...LONG,
        fetch: spy(fetch, (signal) => assert.equal(signal.aborted, false)),
        headers,
      };
      const { error } = await endOf({ endpoint: "share", options, call: { signal: controller.signal } });
      assert.equal(error.kind, "aborted");
      assert.equal(error.maybeSent, requests.length > 0);
    });
  }
});

/** Looks at the signal at the moment of sending; what it throws is thrown again at the end. */
function spy(fetch: typeof globalThis.fetch, look: (signal: AbortSignal) => void): typeof globalThis.fetch {
  return ((url: string, init: RequestInit) => {
    try {
      look(init.signal as AbortSignal);
    } catch (error) {
      // A rejection would be hidden by the abort.
      process.nextTick(() => {
        throw error;
      });
    }
    return fetch(url, init);
  }) as typeof globalThis.fetch;
}

describe("the caller's signal", () => {
  function counted() {
    const controller = new AbortController();
    const counts = { added: 0, removed: 0, now: 0, most: 0 };
    const { signal } = controller;
    const add = signal.addEventListener.bind(signal);
    const remove = signal.removeEventListener.bind(signal);
    signal.addEventListener = (...args: Parameters<AbortSignal["addEventListener"]>) => {
      counts.added++;
      counts.now++;
      counts.most = Math.max(counts.most, counts.now);
      add(...args);
    };
    signal.removeEventListener = (...args: Parameters<AbortSignal["removeEventListener"]>) => {
      counts.removed++;
      counts.now--;
      remove(...args);
    };
    return { controller, signal, counts };
  }

  it("is let go after success, failure, refused input and abort", async () => {
    mock.method(Math, "random", () => 0);
    for (const step of [good, status(503), status(401), hangs]) {
      const { controller, signal, counts } = counted();
      const { fetch } = scriptedFetch(step);
      const client = await clientFor(BACKEND, { ...LONG, fetch });
      if (step === hangs) setTimeout(() => controller.abort(), 10);
      await callOf.friend_list(client, { signal }).catch(() => {});
      await client.friendList({ openid: "", token: "" }, { signal }).catch(() => {});
      assert.equal(counts.now, 0);
    }
  });

  it("gathers no listeners over 200 calls", async () => {
    const { signal, counts } = counted();
    const { fetch } = scriptedFetch(good);
    const client = await clientFor(BACKEND, { ...LONG, fetch });
    for (let count = 0; count < 200; count++) await callOf.friend_list(client, { signal });
    assert.ok(counts.added >= 200, "the signal was heeded");
    assert.deepEqual({ now: counts.now, most: counts.most }, { now: 0, most: 1 });
  });

  it("may serve 50 calls at once", async () => {
    const { controller, signal, counts } = counted();
    const { fetch } = scriptedFetch(hangs);
    const client = await clientFor(BACKEND, { ...LONG, fetch });
    setMaxListeners(100, signal);
    setTimeout(() => controller.abort(), 40);
    const calls = Array.from({ length: 50 }, () => failureOf(callOf.friend_list(client, { signal })));
    const { result: errors, ms } = await timed(() => Promise.all(calls));
    assert.deepEqual([...new Set(errors.map(({ kind }) => kind))], ["aborted"]);
    assertTook(ms, [40, 40 + 2 * AT_ONCE_MS]);
    assert.equal(counts.now, 0);
  });

  for (const signal of [{}, "now", 1, null, new AbortController()] as unknown[]) {
    it(`is refused where it is ${signal === null ? "null" : typeof signal}, as input`, async () => {
      const { fetch, requests } = scriptedFetch(good);
      const client = await clientFor(BACKEND, { fetch });
      const error = await failureOf(callOf.friend_list(client, { signal: signal as AbortSignal }));
      assert.deepEqual(outcomeOf(error), {
        kind: "request",
        retryable: false,
        maybeSent: false,
        attempts: 0,
      });
      assert.equal(error.field, "signal");
      assert.equal(requests.length, 0);
    });
  }

  it("brings its reason into the cause", async () => {
    const { fetch } = scriptedFetch(hangs);
    const client = await clientFor(BACKEND, { ...LONG, fetch });
    const { signal } = abortAfter(10, new Error("the page was left"));
    const error = await failureOf(callOf.friend_list(client, { signal }));
    assert.match(String((error.cause as Error).message), /the page was left/);
  });

  for (const reason of [undefined, "left", 0, Symbol("left"), Object.create(null), () => {}] as unknown[]) {
    it(`may abort with ${typeof reason === "object" ? "a bare object" : String(reason)} as its reason`, async () => {
      const { fetch } = scriptedFetch(hangs);
      const client = await clientFor(BACKEND, { ...LONG, fetch });
      const error = await failureOf(callOf.share(client, { signal: abortAfter(10, reason).signal }));
      assert.deepEqual(outcomeOf(error), aborted(true));
    });
  }
});

describe("what comes too late", () => {
  it("is no unhandled rejection", async () => {
    const unhandled: unknown[] = [];
    const onUnhandled = (reason: unknown) => void unhandled.push(reason);
    process.on("unhandledRejection", onUnhandled);
    const late = () => delay(60).then(() => Promise.reject(new Error("late")));
    const variants: Partial<SignedOptions>[] = [
      { fetch: late as unknown as typeof fetch },
      { signer: { sign: late } },
      { headers: late },
    ];
    for (const variant of variants) {
      const client = await clientFor(BACKEND, { ...LONG, timeoutMs: 20, maxRetries: 0, ...variant });
      assert.equal((await failureOf(callOf.share(client))).kind, "timeout");
    }
    await delay(120);
    process.off("unhandledRejection", onUnhandled);
    assert.deepEqual(unhandled, []);
  });

  it("a body whose fetch ignores its signal is let go", async () => {
    let cancelled = 0;
    const { fetch } = scriptedFetch(stallsInBody(() => void cancelled++));
    await endOf({ options: { ...LONG, fetch, timeoutMs: 40, maxRetries: 0 } });
    await delay(20);
    assert.equal(cancelled, 1);
  });

  it("an answer that comes after the end is not read", async () => {
    let pulled = 0;
    let cancelled = 0;
    const stream = () =>
      new ReadableStream({
        pull: (controller) => {
          pulled++;
          controller.enqueue(new Uint8Array(1024));
        },
        cancel: () => void cancelled++,
      });
    const { fetch } = scriptedFetch(() => delay(60).then(() => new Response(stream())));
    const options = { ...LONG, fetch, timeoutMs: 20, maxRetries: 0, maxResponseBytes: 2 ** 20 };
    const error = await failureOf(callOf.friend_list(await clientFor(BACKEND, options)));
    assert.equal(error.kind, "timeout");
    await delay(120);
    assert.ok(pulled <= 2, `${pulled} pieces were read`);
    assert.equal(cancelled, 1);
  });

  it("a call that succeeds leaves no timer either", async () => {
    const { fetch } = scriptedFetch(good);
    const client = await clientFor(BACKEND, { ...LONG, fetch });
    const before = activeResources();
    await Promise.all(ENDPOINTS.map((endpoint) => callOf[endpoint](client)));
    assertNoNewTimer(before);
  });
});
