// One run: every engine in turn, all tasks in each.

import { ENGINES } from "../../bench/names.mjs";
import { Failure } from "../failure.mjs";
import { buildPrograms } from "./bundles.mjs";
import { runCold } from "./cold.mjs";
import { launchEngine } from "./engines.mjs";
import { machineFacts } from "./machine.mjs";
import { runMemory } from "./memory.mjs";
import { runRounds } from "./rounds.mjs";
import { servePrograms } from "./server.mjs";
import { runSizes } from "./sizes.mjs";

/** Gives what bench/results.json holds. An engine that cannot be had is in it with the sentence that says why. */
export async function runBench(options) {
  await buildPrograms();
  const results = { machine: machineFacts(), rounds: options.rounds, engines: {}, ...(await runSizes()) };
  const server = await servePrograms();
  try {
    for (const id of options.engines) results.engines[id] = await runEngine(id, server.url, options);
  } finally {
    await server.close();
  }
  if (Object.values(results.engines).every(({ skipped }) => skipped)) {
    throw new Failure("bench: there is nothing to show, every engine was left out.");
  }
  return results;
}

async function runEngine(id, serverUrl, options) {
  let engine;
  try {
    engine = await launchEngine(id, serverUrl);
  } catch (error) {
    const skipped = `${ENGINES[id]} is not in the table: ${error.message.split("\n")[0]}`;
    console.log(skipped);
    return { name: ENGINES[id], skipped };
  }
  const { name, version } = engine;
  const began = performance.now();
  const progress = (what) => {
    const seconds = ((performance.now() - began) / 1_000).toFixed(0);
    console.log(`${name.padEnd(12)}${`${seconds} s`.padStart(6)}  ${what}`);
  };
  const { rounds, sampleMs } = options;
  try {
    const { clockStepMs, tasks } = await runRounds(engine, { rounds: rounds.timed, sampleMs, progress });
    Object.assign(tasks, await runCold(engine, { rounds: rounds.cold, progress }));
    if (id === "node") Object.assign(tasks, await runMemory({ rounds: rounds.memory, progress }));
    return { name, version, clockStepMs, tasks };
  } finally {
    await engine.close();
  }
}
