// Limits that hold over several processes, and what becomes of calls while the Redis that counts them is gone.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { createClient } from "redis";
import manifest from "../../pkg/package.json" with { type: "json" };
import { type Answer, newAddress, newPlayer, sendAll, spread } from "./support/calls.ts";
import { type Cluster, startCluster } from "./support/cluster.ts";
import { clients } from "./support/given.ts";
import { DEADLINE_MS, LIMITS, type ProxyProcess } from "./support/proxy.ts";

const anybody = () => ({ player: newPlayer(), address: newAddress() });
const onePlayer = () => {
  const player = newPlayer();
  return () => ({ player, address: newAddress() });
};
const oneAddress = () => {
  const address = newAddress();
  return () => ({ player: newPlayer(), address });
};

const withStatus = (answers: readonly Answer[], status: number) =>
  answers.filter((answer) => answer.status === status);

function assertInTime(answers: readonly Answer[]): void {
  const slowest = Math.max(...answers.map(({ ms }) => ms));
  assert.ok(slowest < DEADLINE_MS, `an answer took ${Math.round(slowest)} ms`);
}

test("each version of the client that the package allows is tried", () => {
  const allowed = />=(\d+)(?:\.\d+)* <(\d+)/.exec(manifest.peerDependencies.redis) ?? [];
  const [least, beyond] = allowed.slice(1).map(Number) as [number, number];
  const wanted = Array.from({ length: beyond - least }, (_, index) => least + index);
  assert.deepEqual(clients.map(({ version }) => Number.parseInt(version, 10)).sort(), wanted);
});

for (const client of clients) {
  describe(`three proxies and one Redis, client redis ${client.version}`, () => {
    let cluster: Cluster;
    before(async () => {
      cluster = await startCluster(client);
    });
    after(() => cluster.close());

    /** So many calls of one caller, of which so many are within the limit. */
    async function assertLimited(
      calls: number,
      limit: number,
      caller: () => { player: string; address: string },
    ) {
      cluster.arrived();
      const answers = await sendAll(spread(calls, cluster.proxies, caller));
      assert.equal(cluster.arrived(), limit, "what reached the backend");
      assert.equal(withStatus(answers, 200).length, limit);
      const refused = withStatus(answers, 429);
      assert.equal(refused.length, calls - limit);
      for (const { retryAfter } of refused) assert.match(String(retryAfter), /^([1-9]|[1-5]\d|60)$/);
    }

    /** One call each, answered as the process was told to while it cannot count. */
    async function assertUncounted(calls: number): Promise<void> {
      cluster.arrived();
      const through = await sendAll(spread(calls, cluster.open, onePlayer()));
      assert.equal(withStatus(through, 200).length, calls, "of those that let calls pass");
      assert.equal(cluster.arrived(), calls);
      const refused = await sendAll(spread(calls, cluster.closed, onePlayer()));
      assert.equal(withStatus(refused, 503).length, calls, "of the one that refuses them");
      assert.equal(cluster.arrived(), 0);
      assert.deepEqual([...new Set(refused.map(({ retryAfter }) => retryAfter))], ["1"]);
      assertInTime([...through, ...refused]);
    }

    test("a player's limit is one over all of them", () => assertLimited(300, LIMITS.player, onePlayer()));

    test("an address's limit is one over all of them", () =>
      assertLimited(150, LIMITS.address, oneAddress()));

    test("Redis holds hashes that end by themselves, and no name of anybody", async () => {
      const reader = createClient({ url: cluster.redis.url });
      await reader.connect();
      try {
        const keys = await reader.keys("*");
        assert.ok(keys.length > 0);
        for (const key of keys) {
          assert.match(key, /^msdk:[\da-f]{32}$/);
          assert.ok((await reader.pTTL(key)) > 0, "a count that never ends");
        }
      } finally {
        reader.destroy();
      }
    });

    test("Redis is killed under way: every call is answered, and in time", async () => {
      const flow = (proxies: readonly ProxyProcess[]) => sendAll(spread(300, proxies, anybody), 8);
      const answered = Promise.all([flow(cluster.open), flow(cluster.closed)]);
      await cluster.until("Redis is not there", async () => {
        await delay(50);
        await cluster.redis.kill();
      });
      const [through, refused] = await answered;
      assert.equal(withStatus(through, 200).length, 300);
      assert.equal(withStatus(refused, 200).length + withStatus(refused, 503).length, 300);
      assertInTime([...through, ...refused]);
    });

    test("without Redis: open lets calls pass, closed refuses them", () =>
      assertUncounted(LIMITS.player + 10));

    test("Redis is back: the limits count again", async () => {
      await cluster.until("Redis is there", () => cluster.redis.restart());
      await assertLimited(120, LIMITS.player, onePlayer());
    });

    test("Redis hangs: no call waits past its deadline", async () => {
      await cluster.until("Redis is not there", async () => {
        cluster.redis.hang();
        // Before anybody knows.
        const first = await sendAll(spread(90, cluster.proxies, anybody), 90);
        assert.equal(withStatus(first, 200).length, 60);
        assert.equal(withStatus(first, 503).length, 30);
        assertInTime(first);
      });
      await assertUncounted(LIMITS.player + 10);
    });

    test("Redis goes on: the limits count again", async () => {
      await cluster.until("Redis is there", () => cluster.redis.resume());
      await assertLimited(120, LIMITS.player, onePlayer());
    });

    test("Redis hangs: a proxy that is told to end answers what is under way, and ends", async () => {
      cluster.redis.hang();
      const calls = sendAll(spread(6, cluster.open, anybody));
      await delay(50);
      const codes = await Promise.all(cluster.proxies.map((proxy) => proxy.end("SIGTERM")));
      assert.deepEqual(codes, [0, 0, 0]);
      assert.equal(withStatus(await calls, 200).length, 6);
    });
  });
}
