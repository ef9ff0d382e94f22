import { setTimeout as pause } from "node:timers/promises";
import type { Logger } from "../../facade.ts";
import type { LimitStore } from "../limits.ts";
import { loggable } from "../quoting.ts";
import { type RedisClient, redisStore } from "../redis-store.ts";
import { inTime } from "../timeout.ts";

/** What is used of a client of the npm package `redis`, which is there only where somebody installed it. */
interface Connection extends RedisClient {
  on(event: "error", listener: () => void): void;
  connect(): Promise<unknown>;
  ping(): Promise<unknown>;
  /** Since version 5. */
  destroy?(): void;
  disconnect?(): Promise<void>;
}

interface RedisLink {
  readonly store: LimitStore;
  close(): void;
}

/** How often Redis is asked whether it is there, and how long its answer may take. */
const PING_MS = 1000;
const RETRY_MS = 500;

/**
 * Connects, and goes on trying: the proxy starts without its Redis, as it lives on without it. Resolves when it has
 * connected or failed to once.
 */
export async function connectRedis(url: string, logger: Logger): Promise<RedisLink> {
  const create = await creatorOf(url);
  const ending = new AbortController();
  let current = create();
  let isThere: boolean | undefined;

  const tell = (is: boolean, error?: unknown) => {
    if (is === isThere || ending.signal.aborted) return;
    isThere = is;
    if (is) logger.info("Redis is there", {});
    else logger.error("Redis is not there", loggable(error));
  };
  /** One connection after another: the client's own reconnecting never leaves one that is open and silent. */
  const live = async (onTried: () => void) => {
    while (!ending.signal.aborted) {
      try {
        await inTime(current.connect(), PING_MS);
        tell(true);
        onTried();
        await watch(current, ending.signal);
      } catch (error) {
        tell(false, error);
        onTried();
      }
      await end(current);
      await pause(RETRY_MS, undefined, { signal: ending.signal }).catch(() => {});
      current = create();
    }
  };
  await new Promise<void>((resolve) => void live(resolve));
  return {
    store: redisStore({ eval: (script, options) => current.eval(script, options) }),
    close() {
      ending.abort();
      void end(current);
    },
  };
}

async function creatorOf(url: string): Promise<() => Connection> {
  if (!/^rediss?:/.test(url) || !URL.canParse(url)) throw wrongUrl();
  // Not a literal: it is no dependency, and bundlers and compilers would look for it.
  const name: string = "redis";
  const { createClient } = (await import(name).catch(() => ({}))) as {
    createClient?(options: object): Connection;
  };
  if (!createClient) throw new RangeError("redisUrl needs the npm package redis: npm install redis");
  const socket = { reconnectStrategy: false, connectTimeout: PING_MS };
  const made = () => {
    try {
      return createClient({ url, disableOfflineQueue: true, socket });
    } catch {
      // Its message names no setting.
      throw wrongUrl();
    }
  };
  return () => {
    const client = made();
    // What breaks is seen by whoever waits for it.
    client.on("error", () => {});
    return client;
  };
}

const wrongUrl = () =>
  new RangeError("redisUrl: redis://HOST:PORT is wanted, with /NUMBER behind it for another database than 0");

/** Rejects when the connection is of no use any more. */
async function watch(client: Connection, signal: AbortSignal): Promise<never> {
  for (;;) {
    await pause(PING_MS, undefined, { signal });
    await inTime(client.ping(), PING_MS);
  }
}

async function end(client: Connection): Promise<void> {
  try {
    await (client.destroy ? client.destroy() : client.disconnect?.());
  } catch {
    // It was closed already.
  }
}
