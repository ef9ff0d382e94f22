// What the limits cost a Redis: its processor time and its memory for one count.

import { redisStore } from "msdk-friends/proxy";
import { createClient } from "redis";

const KEYS = 100_000;
const AT_ONCE = 1000;
const WINDOW_MS = 60_000;
/** As long as a store may take: a thousand counts at once keep a Redis busy for some milliseconds. */
const ANSWER_MS = 1000;

/** Counts so many players once each. Gives `{ cpuMicrosPerHit, bytesPerKey }`, as Redis itself tells. */
export async function measureStore(url) {
  const client = createClient({ url });
  await client.connect();
  try {
    await client.flushAll();
    const before = await told(client);
    const store = redisStore(client, { timeoutMs: ANSWER_MS });
    for (let first = 0; first < KEYS; first += AT_ONCE) {
      await Promise.all(
        Array.from({ length: AT_ONCE }, (_, index) => store.hit(`player:${first + index}`, WINDOW_MS)),
      );
    }
    const after = await told(client);
    return {
      cpuMicrosPerHit: Number(((1e6 * (after.cpuSeconds - before.cpuSeconds)) / KEYS).toPrecision(3)),
      bytesPerKey: Math.round((after.bytes - before.bytes) / (await client.dbSize())),
    };
  } finally {
    client.destroy();
  }
}

async function told(client) {
  const text = await client.info();
  const value = (name) => Number(new RegExp(`^${name}:([\\d.]+)`, "m").exec(text)[1]);
  return { cpuSeconds: value("used_cpu_user") + value("used_cpu_sys"), bytes: value("used_memory") };
}
