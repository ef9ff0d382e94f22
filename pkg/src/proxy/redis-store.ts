import { expect, isWholeNumber, MAX_TIMEOUT_MS } from "../facade.ts";
import type { Hits, LimitStore } from "./limits.ts";
import { inTime, TimeoutError } from "./timeout.ts";

/** What is used of a client of the npm package `redis` (4.7 to 6), connected by whoever made it. */
export interface RedisClient {
  eval(script: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>;
}

export interface RedisStoreOptions {
  /** In front of every key, `msdk:` by default. */
  prefix?: string | undefined;
  /** Milliseconds that an answer may take, 250 by default. After a silence Redis is not asked for as long. */
  timeoutMs?: number | undefined;
}

/** Counts and begins the window in one step: two processes may do it at once. */
const HIT = `
local count = redis.call("INCR", KEYS[1])
local left = redis.call("PTTL", KEYS[1])
if left < 0 then
  redis.call("PEXPIRE", KEYS[1], ARGV[1])
  left = ARGV[1]
end
return {count, tonumber(left)}`;

/**
 * The limits of several processes, in one Redis. Players and addresses are there as hashes.
 *
 * Make the client with `disableOfflineQueue: true`, so that calls learn at once that Redis is gone.
 *
 * @throws `config` where it gets no such client, or a wrong `timeoutMs`
 */
export function redisStore(client: RedisClient, options: RedisStoreOptions = {}): LimitStore {
  const { prefix = "msdk:", timeoutMs = 250 } = options;
  expect(client, typeof client?.eval === "function", "client", "a client of the npm package redis", "config");
  expect(
    timeoutMs,
    isWholeNumber(timeoutMs, 1, MAX_TIMEOUT_MS),
    "timeoutMs",
    "a whole number from 1",
    "config",
  );
  let silentUntil = 0;
  const asked = async (keys: string[], windowMs: number): Promise<unknown> => {
    // One call counts twice, and many come at once: while it is known to be silent, they do not wait each in turn.
    if (performance.now() < silentUntil) throw new TimeoutError(timeoutMs);
    try {
      return await inTime(client.eval(HIT, { keys, arguments: [String(windowMs)] }), timeoutMs);
    } catch (error) {
      if (error instanceof TimeoutError) silentUntil = performance.now() + timeoutMs;
      throw error;
    }
  };
  return {
    async hit(key, windowMs): Promise<Hits> {
      const keys = [prefix + (await hashOf(key))];
      const [count, resetMs] = (await asked(keys, windowMs)) as [number, number];
      return { count: Number(count), resetMs: Number(resetMs) };
    },
  };
}

async function hashOf(key: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(key));
  return Array.from(new Uint8Array(digest, 0, 16), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
