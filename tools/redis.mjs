// How a Redis is started that is nobody's but ours: on loopback, on a port that was free, without a file.

import { createServer } from "node:http";

import { onLoopback } from "./loopback.mjs";
import { setUpRedis } from "./setup/redis.mjs";

/**
 * `ready` is in the line that it prints once it can be asked. The port is chosen beforehand: whoever knows the address keeps
 * it while Redis is gone.
 */
export async function redisCommand() {
  const command = await setUpRedis();
  const port = await freePort();
  const settings = { port, bind: "127.0.0.1", save: "", appendonly: "no" };
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
  return { command, args, url: `redis://127.0.0.1:${port}`, ready: "Ready to accept connections" };
}

async function freePort() {
  const { url, close } = await onLoopback(createServer());
  await close();
  return new URL(url).port;
}
