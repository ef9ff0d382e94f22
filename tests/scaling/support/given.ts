// What tools/scaling.mjs has set up.

interface Given {
  readonly redis: RedisCommand;
  readonly clients: readonly Client[];
}

export interface RedisCommand {
  readonly command: string;
  readonly args: readonly string[];
  /** Always the same: the proxies keep it while Redis is gone. */
  readonly url: string;
  /** In the line that it prints once it can be asked. */
  readonly ready: string;
}

/** A version of the npm package redis, and the msdk-proxy that finds it. */
export interface Client {
  readonly version: string;
  readonly bin: string;
}

const { SCALING } = process.env;
if (!SCALING) throw new Error("run these tests with npm run test:scaling, which starts what they need");

export const { redis, clients } = JSON.parse(SCALING) as Given;
