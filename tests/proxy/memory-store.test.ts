// memoryStore beside a plain model of it, and how much it remembers.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { memoryStore } from "msdk-friends/proxy";
import { Chance } from "../js/support/chance.ts";

describe("memoryStore", () => {
  for (const seed of [1, 20251123, 0xc0ffee]) {
    test(`counts as a model without end does, seed ${seed}`, () => {
      const chance = new Chance(seed);
      const clock = { ms: 0 };
      const store = memoryStore(1000, () => clock.ms);
      const model = new Map<string, { count: number; endsAt: number }>();
      for (let step = 0; step < 20_000; step++) {
        clock.ms += chance.below(20);
        const key = `${chance.below(60)}`;
        // Two kinds of windows, as players and addresses may have.
        const windowMs = Number(key) % 2 === 0 ? 100 : 3000;
        const known = model.get(key);
        const window = known && known.endsAt > clock.ms ? known : { count: 0, endsAt: clock.ms + windowMs };
        window.count++;
        model.set(key, window);
        const wanted = { count: window.count, resetMs: window.endsAt - clock.ms };
        assert.deepEqual(store.hit(key, windowMs), wanted, `step ${step}`);
      }
    });
  }

  test("remembers so many keys and no more, the newest of them", async () => {
    const store = memoryStore(100, () => 0);
    const countOf = async (index: number) => (await store.hit(`key ${index}`, 1000)).count;
    for (let index = 0; index < 10_000; index++) await countOf(index);
    for (let index = 9_900; index < 10_000; index++) assert.equal(await countOf(index), 2);
    assert.equal(await countOf(9_899), 1, "one more was remembered");
    // It came in the place of the oldest.
    assert.equal(await countOf(9_901), 3);
    assert.equal(await countOf(9_900), 1);
  });

  test("forgets windows that are over, though there is room", async () => {
    const clock = { ms: 0 };
    const before = process.memoryUsage().heapUsed;
    const store = memoryStore(2 ** 30, () => clock.ms);
    for (let index = 0; index < 300_000; index++) {
      clock.ms++;
      store.hit(`${"k".repeat(100)}${index}`, 10);
    }
    // All of them would be above 60 MB.
    const grown = process.memoryUsage().heapUsed - before;
    assert.equal(grown < 45e6, true, `grew by ${grown} bytes`);
  });

  test("a flood of other keys costs a player's window only where it is too large to remember", async () => {
    const store = memoryStore(1000, () => 0);
    store.hit("player", 1000);
    for (let index = 0; index < 999; index++) store.hit(`${index}`, 1000);
    assert.equal((await store.hit("player", 1000)).count, 2);
    store.hit("one more", 1000);
    assert.equal((await store.hit("player", 1000)).count, 1);
  });

  test("a flood of addresses costs no player's window", async () => {
    const store = memoryStore(1000, () => 0);
    store.hit("player:a", 1000);
    for (let index = 0; index < 5000; index++) store.hit(`address:${index}`, 1000);
    assert.equal((await store.hit("player:a", 1000)).count, 2);
    assert.equal((await store.hit("address:0", 1000)).count, 1);
  });
});
