// The flags of npm run bench:proxy.

import { parseArgs } from "node:util";

import { Failure } from "../failure.mjs";

/** How much is done: a full run takes about a quarter of an hour, a quick one a minute. */
const FULL = { rounds: 5, seconds: 3, warmUpSeconds: 2, memorySeconds: 300, isFull: true };
const QUICK = { rounds: 1, seconds: 1, warmUpSeconds: 1, memorySeconds: 10, isFull: false };

const flags = { quick: { type: "boolean" }, render: { type: "boolean" } };

export function benchProxyOptions(args) {
  try {
    const { quick, render } = parseArgs({ args, options: flags }).values;
    return render ? { render } : quick ? QUICK : FULL;
  } catch (error) {
    throw new Failure(`${error.message}; there are --${Object.keys(flags).join(", --")}`);
  }
}
