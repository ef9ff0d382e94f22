// The flags of npm run bench.

import { parseArgs } from "node:util";

import { Failure } from "../failure.mjs";
import { engineIds } from "./engines.mjs";

/** How much is done: a full run takes about eight minutes on two cores, a quick one two. */
const FULL = { rounds: 15, coldRounds: 25, memoryRounds: 7, sampleMs: 30 };
const QUICK = { rounds: 2, coldRounds: 3, memoryRounds: 2, sampleMs: 5 };

export function benchOptions(args) {
  const { values } = parseArgs({ args, options: { quick: { type: "boolean" }, only: { type: "string" } } });
  const only = values.only?.split(",") ?? engineIds;
  const unknown = only.filter((id) => !engineIds.includes(id));
  if (unknown.length > 0)
    throw new Failure(`no engine ${unknown.join(", ")}; there are ${engineIds.join(", ")}`);
  const isFull = !values.quick && engineIds.every((id) => only.includes(id));
  return { ...(values.quick ? QUICK : FULL), engines: engineIds.filter((id) => only.includes(id)), isFull };
}
