// How often one player and one address may call, how a window ends, and what happens while nobody can count.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { isMsdkError } from "msdk-friends";
import { type LimitStore, memoryStore, type ProxyOptions, redisStore } from "msdk-friends/proxy";
import { type Sandbox, startSandbox } from "msdk-friends/sandbox";
import { assertTook, failureOf, timed } from "../js/support/client-calls.ts";
import { type Answer, answerOf, type Call, requestOf } from "./support/call.ts";
import { KEY, PLAYERS } from "./support/players.ts";
import { gauge, pageClient, type Served, servedOver } from "./support/through.ts";

const MINUTE_MS = 60_000;
const bob = { headers: { authorization: "Bearer bob" } };

interface World {
  readonly sandbox: Sandbox;
  readonly proxy: Served;
  send(call?: Call): Promise<Answer>;
  /** Answers in turn, as status codes. */
  statuses(...calls: readonly Call[]): Promise<number[]>;
}

async function withWorld(
  options: Partial<ProxyOptions>,
  run: (world: World) => Promise<void>,
): Promise<void> {
  const sandbox = await startSandbox({ key: KEY, gameId: "12" });
  const proxy = await servedOver("pooled", { upstream: sandbox.url, ...options });
  const send: World["send"] = async (call = {}) => {
    const { remoteAddress = "192.0.2.1" } = call;
    return answerOf(await proxy.handler(requestOf(call), { remoteAddress }));
  };
  const statuses: World["statuses"] = async (...calls) => {
    const seen: number[] = [];
    for (const call of calls) seen.push((await send(call)).status);
    return seen;
  };
  try {
    await run({ sandbox, proxy, send, statuses });
  } finally {
    await proxy.close();
    await sandbox.close();
  }
}

/** A store whose clock stands still until it is moved. */
function stoppedStore() {
  const clock = { ms: 1_000_000 };
  return { clock, store: memoryStore(1000, () => clock.ms) };
}

const times = (count: number, call: Call = {}): Call[] => Array.from({ length: count }, () => call);

describe("a limit", { concurrency: 4 }, () => {
  test("by player: the calls above it are refused, another player's are not, nothing of them is sent", () => {
    const { store } = stoppedStore();
    const player = { calls: 3, windowMs: MINUTE_MS };
    return withWorld({ limits: { player, store } }, async ({ sandbox, send, statuses }) => {
      assert.deepEqual(await statuses(...times(5), ...times(4, bob)), [
        ...[200, 200, 200, 429, 429],
        ...[200, 200, 200, 429],
      ]);
      assert.equal(sandbox.requests.length, 6);
      const answer = await send();
      assert.deepEqual(JSON.parse(answer.text), {
        error: "rate_limit",
        msg: "too many calls of this player",
      });
    });
  });

  test("by address: whoever calls from there, and however they call", () => {
    const { store } = stoppedStore();
    const address = { calls: 2, windowMs: MINUTE_MS };
    return withWorld({ limits: { address, store } }, async ({ send, statuses }) => {
      assert.deepEqual(await statuses({}, bob, {}, bob), [200, 200, 429, 429]);
      assert.match((await send()).text, /of this address/);
      assert.equal((await send({ remoteAddress: "192.0.2.2" })).status, 200);
    });
  });

  test("says when to come back, and its window ends then", () => {
    const { store, clock } = stoppedStore();
    const player = { calls: 1, windowMs: MINUTE_MS };
    return withWorld({ limits: { player, store } }, async ({ send, statuses }) => {
      const wait = async () => (await send()).headers.get("retry-after");
      assert.equal(await wait(), undefined);
      assert.equal(await wait(), "60");
      clock.ms += 12_500;
      assert.equal(await wait(), "48");
      clock.ms += 47_499;
      // A moment is a second: 0 would be at once.
      assert.equal(await wait(), "1");
      clock.ms += 1;
      assert.deepEqual(await statuses({}, {}), [200, 429]);
      assert.equal(await wait(), "60");
    });
  });

  test("is the client's `rate_limit`, and a client that waits gets through", () =>
    withWorld({ limits: { player: { calls: 1, windowMs: 950 } } }, async ({ proxy, sandbox }) => {
      const client = await pageClient(proxy.url, { maxRetries: 1 });
      await client.getSopenid({});
      const { ms } = await timed(() => client.getSopenid({}));
      assertTook(ms, [1000, 4000]);
      const error = await failureOf(
        (await pageClient(proxy.url, { maxRetries: 0 })).share({
          fopenid: PLAYERS.bob.openid,
          gameTag: "MSG_INVITE",
        }),
      );
      assert.deepEqual([error.kind, error.status, error.maybeSent], ["rate_limit", 429, false]);
      assert.equal(sandbox.requests.length, 2);
    }));

  test("may be none", () =>
    withWorld({ limits: { player: false, address: false, store: failing } }, async ({ statuses }) => {
      assert.deepEqual(await statuses(...times(3)), [200, 200, 200]);
    }));

  test("is 60 a minute by player and 600 by address where nothing else is said", () =>
    withWorld({}, async ({ sandbox, statuses }) => {
      assert.deepEqual([...new Set(await statuses(...times(60)))], [200]);
      assert.deepEqual(await statuses({}, bob), [429, 200]);
      const mallory = { headers: { authorization: "Bearer mallory" } };
      assert.deepEqual([...new Set(await statuses(...times(538, mallory)))], [401]);
      assert.deepEqual(await statuses(mallory, bob), [429, 429]);
      assert.equal(sandbox.requests.length, 61);
    }));
});

const failing: LimitStore = { hit: () => Promise.reject(new Error(`lost ${KEY}`)) };
const storesThatFail: Record<string, LimitStore["hit"]> = {
  "that rejects": failing.hit,
  "that throws": () => {
    throw new Error("lost");
  },
  "that answers nothing": () => undefined as unknown as Promise<never>,
  "that answers what is no number": () => ({ count: "many" as unknown as number, resetMs: 1 }),
  "that says no time": () => ({ count: 1 }) as never,
};

describe("a store", { concurrency: 4 }, () => {
  for (const [name, hit] of Object.entries(storesThatFail)) {
    test(`${name} lets calls pass where it is open, and counts that`, () =>
      withWorld({ limits: { store: { hit } } }, async ({ proxy, statuses }) => {
        assert.deepEqual(await statuses({}, {}), [200, 200]);
        // Each call is counted by address and by player.
        assert.equal(await gauge(proxy.handler, "store_failures_total"), 4);
      }));

    test(`${name} lets none pass where it is closed`, () =>
      withWorld({ limits: { store: { hit }, whenStoreFails: "closed" } }, async ({ sandbox, send }) => {
        const { status, headers, text } = await send();
        assert.deepEqual([status, headers.get("retry-after")], [503, "1"]);
        assert.equal((JSON.parse(text) as { error: string }).error, "unavailable");
        assert.equal(sandbox.requests.length, 0);
      }));
  }

  for (const [whenStoreFails, status] of [
    ["open", 200],
    ["closed", 503],
  ] as const) {
    test(`that never answers has failed after a second, and what is ${whenStoreFails} holds`, () => {
      const store = { hit: () => new Promise<never>(() => {}) };
      return withWorld({ limits: { store, whenStoreFails } }, async ({ send }) => {
        // Address and player are counted, but only one of them waits; nor does who comes then.
        const { result: answers, ms } = await timed(async () => [await send(), await send()]);
        assert.deepEqual([...new Set(answers.map((answer) => answer.status))], [status]);
        assertTook(ms, [1000, 1900]);
      });
    });
  }

  for (const whenStoreFails of ["open", "closed"] as const) {
    test(`that never answers holds a call until its time is over, where it is ${whenStoreFails}`, () =>
      withWorld(
        { timeoutMs: 150, limits: { store: { hit: () => new Promise(() => {}) }, whenStoreFails } },
        async ({ send }) => {
          const { result, ms } = await timed(() => send());
          assert.deepEqual([result.status, /unavailable/.test(result.text)], [503, true]);
          assertTook(ms, [150, 3000]);
        },
      ));
  }
});

describe("a wrong store", () => {
  const config = (field: string) => (error: unknown) =>
    isMsdkError(error) && error.kind === "config" && error.field === field;

  for (const maxKeys of [0, -1, Number.NaN, "5", null]) {
    test(`memoryStore(${maxKeys}) is config`, () => {
      assert.throws(() => memoryStore(maxKeys as number), config("maxKeys"));
    });
  }

  test("redisStore wants a client, and a time", () => {
    for (const client of [undefined, {}, { eval: 1 }]) {
      assert.throws(() => redisStore(client as never), config("client"));
    }
    for (const timeoutMs of [0, 1001, Number.NaN, "250"]) {
      const make = () => redisStore({ eval: async () => [1, 1] }, { timeoutMs: timeoutMs as number });
      assert.throws(make, config("timeoutMs"));
    }
  });
});

describe("redisStore", { concurrency: 4 }, () => {
  const LIMITS = { player: { calls: 2, windowMs: MINUTE_MS } };

  test("counts for several proxies, and tells Redis neither player nor address", async () => {
    const counts = new Map<string, number>();
    const asked: unknown[] = [];
    const client = {
      eval: async (_: string, options: { keys: string[]; arguments: string[] }) => {
        asked.push(options);
        const [key = ""] = options.keys;
        counts.set(key, (counts.get(key) ?? 0) + 1);
        return [counts.get(key), 5000];
      },
    };
    const limits = () => ({ ...LIMITS, store: redisStore(client, { prefix: "own:" }) });
    await withWorld({ limits: limits() }, (one) =>
      withWorld({ limits: limits() }, async (other) => {
        assert.deepEqual([...(await one.statuses({})), ...(await other.statuses({}))], [200, 200]);
        const answer = await one.send();
        assert.deepEqual([answer.status, answer.headers.get("retry-after")], [429, "5"]);
      }),
    );
    const told = JSON.stringify(asked);
    assert.doesNotMatch(told, /192\.0\.2|player|address/);
    assert.equal(told.includes(PLAYERS.alice.openid), false, "an openid is a key in Redis");
    for (const key of counts.keys()) assert.match(key, /^own:[\da-f]{32}$/);
  });

  test("that is silent is waited for once, and then not each time", () => {
    const store = redisStore({ eval: () => new Promise(() => {}) }, { timeoutMs: 600 });
    return withWorld({ limits: { ...LIMITS, store } }, async ({ send }) => {
      const { result: answers, ms } = await timed(() => Promise.all(times(20).map(send)));
      assert.deepEqual([...new Set(answers.map(({ status }) => status))], [200]);
      assertTook(ms, [600, 3000]);
      const again = await timed(() => send());
      assertTook(again.ms, [0, 500]);
      await delay(600);
      assertTook((await timed(() => send())).ms, [600, 3000]);
    });
  });
});
