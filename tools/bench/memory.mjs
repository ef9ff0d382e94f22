// Memory in Node: a process for every sample, since what one list leaves behind would be the next one's start.

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { Chance } from "../../bench/data/chance.mjs";
import { friendListAnswer, WECHAT } from "../../bench/data/friends.mjs";
import { OURS, PLAIN } from "../../bench/names.mjs";
import { launchNode } from "../engines/node.mjs";
import { scratch } from "../paths.mjs";
import { nodePrograms } from "./bundles.mjs";
import { compared } from "./statistics.mjs";

const SAMPLE_MS = 60_000;
const FRIENDS = 10_000;
/** What one friend retains is less than what a heap varies by, so one of each of many lists is kept. */
const KEPT_LISTS = 1_000;
const KEPT_OF = 1_000;
const contenders = [OURS, PLAIN];

/** Gives two tasks; values are bytes. */
export async function runMemory({ rounds, progress }) {
  const node = await launchNode({ flags: ["--expose-gc"] });
  const peaks = [];
  const kept = [];
  for (let round = 1; round <= rounds; round++) {
    progress(`memory ${round} of ${rounds}`);
    const warmUp = JSON.stringify(answerFile("small", round, 200));
    const answer = JSON.stringify(answerFile("large", round, FRIENDS));
    const keptAnswer = JSON.stringify(answerFile("kept", round, KEPT_OF));
    const [peak, keep] = [{}, {}];
    for (const name of contenders) {
      const contender = JSON.stringify(name);
      peak[name] = await inProcess(node, `memory.peak(${contender}, ${warmUp}, ${answer})`);
      keep[name] = await inProcess(node, `memory.kept(${contender}, ${keptAnswer}, ${KEPT_LISTS})`);
    }
    peaks.push(peak);
    kept.push(keep);
  }
  return { "memory, peak": compared(peaks), "memory, one kept friend": { ...compared(kept), ratios: {} } };
}

function answerFile(name, seed, count) {
  const directory = join(scratch, "bench", "answers");
  mkdirSync(directory, { recursive: true });
  const path = join(directory, `${name}.json`);
  writeFileSync(path, friendListAnswer(new Chance(seed), WECHAT, count));
  return path;
}

async function inProcess(node, expression) {
  const page = await node.open(join(nodePrograms, "memory.mjs"));
  try {
    return await page.evaluate(expression, SAMPLE_MS);
  } finally {
    await page.close();
  }
}
