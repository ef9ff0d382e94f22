// The flags of npm run bench.

import { parseArgs } from "node:util";

import { Failure } from "../failure.mjs";
import { engineIds } from "./engines.mjs";

/** How much is done: a full run takes about eight minutes on two cores, a quick one two. */
const FULL = { rounds: { timed: 15, cold: 25, memory: 7 }, sampleMs: 30 };
const QUICK = { rounds: { timed: 2, cold: 3, memory: 2 }, sampleMs: 5 };

const flags = { quick: { type: "boolean" }, only: { type: "string" }, render: { type: "boolean" } };

function parsed(args) {
  try {
    return parseArgs({ args, options: flags }).values;
  } catch (error) {
    throw new Failure(`${error.message}; there are --${Object.keys(flags).join(", --")}`);
  }
}

export function benchOptions(args) {
  const values = parsed(args);
  if (values.render) return { render: true };
  const only = values.only?.split(",") ?? engineIds;
  const unknown = only.filter((id) => !engineIds.includes(id));
  if (unknown.length > 0)
    throw new Failure(`no engine ${unknown.join(", ")}; there are ${engineIds.join(", ")}`);
  const isFull = !values.quick && engineIds.every((id) => only.includes(id));
  return { ...(values.quick ? QUICK : FULL), engines: engineIds.filter((id) => only.includes(id)), isFull };
}
