import type { LimitStore } from "../limits.ts";
import { type RedisClient, redisStore } from "../redis-store.ts";

/** What is used of the npm package `redis`, which is there only where somebody installed it. */
interface RedisPackage {
  createClient(options: object): RedisClient & {
    on(event: "error", listener: (error: Error) => void): void;
    connect(): Promise<unknown>;
    destroy?(): void;
    disconnect?(): Promise<void>;
  };
}

const RECONNECT_MS = 500;

/** Connects, and goes on trying: the proxy starts without its Redis, as it lives on without it. */
export async function connectRedis(
  url: string,
  onError: (error: Error) => void,
): Promise<{ store: LimitStore; close(): void }> {
  // Not a literal: it is no dependency, and bundlers and compilers would look for it.
  const name: string = "redis";
  const { createClient } = (await import(name).catch(() => {
    throw new RangeError("redisUrl needs the npm package redis: npm install redis");
  })) as RedisPackage;
  const client = createClient({
    url,
    disableOfflineQueue: true,
    socket: { reconnectStrategy: RECONNECT_MS, connectTimeout: 2000 },
  });
  client.on("error", onError);
  client.connect().catch(onError);
  return { store: redisStore(client), close: () => void (client.destroy?.() ?? client.disconnect?.()) };
}
