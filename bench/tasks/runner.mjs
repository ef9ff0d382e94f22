// Runs inside each engine, the same file in all. `globalThis.bench` is what tools/bench/rounds.mjs calls from outside.

import { init } from "msdk-friends";
import { requestSigners } from "../contenders/signing.mjs";
import { checkVectors } from "../contenders/vectors.mjs";
import { Chance } from "../data/chance.mjs";
import { sameValue } from "../same.mjs";
import { callsFor, clockStep, timePerCall } from "./clock.mjs";
import { tasksWith } from "./tasks.mjs";

let tasks = [];
/** Calls a sample, for each task and contender: found in the first round. */
const calls = new Map();

/** Loads the two wasm modules and checks the vectors. */
async function prepare() {
  await init();
  const signers = await requestSigners();
  checkVectors(signers);
  tasks = tasksWith(signers);
  return { clockStepMs: clockStep() };
}

/** All contenders must give the same answer for each of the round's inputs. */
function checkAnswers({ id, contenders }, inputs) {
  const [first, ...others] = Object.keys(contenders);
  for (const input of inputs) {
    const expected = contenders[first](input);
    for (const name of others) {
      if (!sameValue(contenders[name](input), expected)) {
        throw new Error(`${id}: ${name} and ${first} have different answers`);
      }
    }
  }
}

const rotated = (items, by) => items.map((_, index) => items[(index + by) % items.length]);

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * One sample of every contender, as `{ [task]: { [contender]: milliseconds a call } }`. The order of the contenders turns
 * from round to round, so that nobody always runs in the wake of the same other; the tasks go from small lists to large
 * ones, whose garbage would otherwise be collected in the small ones' time.
 */
async function round(number, sampleMs) {
  await pause(500);
  const samples = {};
  for (const [index, task] of tasks.entries()) {
    const inputs = task.inputs(new Chance(number * 1_000 + index + 1));
    checkAnswers(task, inputs);
    samples[task.id] = {};
    for (const name of rotated(Object.keys(task.contenders), number)) {
      const run = task.contenders[name];
      const key = `${task.id}/${name}`;
      if (!calls.has(key)) calls.set(key, callsFor(run, inputs, sampleMs));
      await pause(10);
      // What the contender before has left in the caches is not what is measured.
      timePerCall(run, inputs, Math.ceil(calls.get(key) / 4));
      samples[task.id][name] = timePerCall(run, inputs, calls.get(key));
    }
  }
  return samples;
}

globalThis.bench = { prepare, round };
