// Three proxies, one Redis, one backend.
import assert from "node:assert/strict";
import { type Sandbox, startSandbox } from "msdk-friends/sandbox";
import type { Client } from "./given.ts";
import { GAME, type ProxyProcess, startProxy } from "./proxy.ts";
import { type Redis, startRedis } from "./redis.ts";

export interface Cluster {
  readonly redis: Redis;
  readonly proxies: readonly ProxyProcess[];
  /** Those that let calls pass while Redis is gone, and the one that refuses them. */
  readonly open: readonly ProxyProcess[];
  readonly closed: readonly ProxyProcess[];
  /** How many calls reached the backend since this was asked last. */
  arrived(): number;
  /** Does something to Redis and waits until every proxy has told of it. */
  until(line: string, change: () => unknown): Promise<void>;
  /** Ends the proxies as whoever runs them does, then the rest. */
  close(): Promise<void>;
}

export async function startCluster({ bin }: Client): Promise<Cluster> {
  const redis = await startRedis();
  const backend = await startSandbox(GAME);
  const proxies = await Promise.all(
    (["open", "open", "closed"] as const).map((choice) => startProxy(bin, backend.url, redis.url, choice)),
  );
  return {
    redis,
    proxies,
    open: proxies.slice(0, 2),
    closed: proxies.slice(2),
    arrived: () => takeRecords(backend),
    async until(line, change) {
      const told = Promise.all(proxies.map((proxy) => proxy.line(line)));
      // Awaited below, where it may have failed already.
      told.catch(() => {});
      await change();
      await told;
    },
    async close() {
      const codes = await Promise.all(proxies.map((proxy) => proxy.end("SIGTERM")));
      await redis.kill();
      await backend.close();
      assert.deepEqual(codes, [0, 0, 0]);
    },
  };
}

/** It keeps the last 1000. */
function takeRecords({ requests }: Sandbox): number {
  return (requests as unknown[]).splice(0).length;
}
