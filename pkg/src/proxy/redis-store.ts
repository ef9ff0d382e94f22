import { expect, isWholeNumber } from "../facade.ts";
import type { Hits, LimitStore } from "./limits.ts";
import { inTime, MAX_STORE_MS } from "./timeout.ts";

/** What is used of a client of the npm package `redis` (4.7 to 6), connected by whoever made it. */
export interface RedisClient {
  eval(script: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>;
}

export interface RedisStoreOptions {
  /** In front of every key, `msdk:` by default. */
  prefix?: string | undefined;
  /** Milliseconds that an answer may take, 250 by default, 1000 at most. After one that did not come in time Redis is not asked for that long. */
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
  const allowed = `a whole number from 1 to ${MAX_STORE_MS}`;
  expect(timeoutMs, isWholeNumber(timeoutMs, 1, MAX_STORE_MS), "timeoutMs", allowed, "config");
  return {
    async hit(key, windowMs): Promise<Hits> {
      const keys = [prefix + (await hashOf(key))];
      const answer = client.eval(HIT, { keys, arguments: [String(windowMs)] });
      const [count, resetMs] = (await inTime(answer, timeoutMs)) as [number, number];
      return { count: Number(count), resetMs: Number(resetMs) };
    },
  };
}

async function hashOf(key: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(key));
  return Array.from(new Uint8Array(digest, 0, 16), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
