// What tools/scaling.mjs has set up.

interface Given {
  readonly redisServer: string;
  readonly clients: readonly Client[];
}

/** A version of the npm package redis, and the msdk-proxy that finds it. */
export interface Client {
  readonly version: string;
  readonly bin: string;
}

const { SCALING } = process.env;
if (!SCALING) throw new Error("run these tests with npm run test:scaling, which starts what they need");

export const { redisServer, clients } = JSON.parse(SCALING) as Given;
