// Two processes try the guards, one guard after the other, within one time limit.

import { fileURLToPath } from "node:url";

import { endChild, finish, start } from "../processes.mjs";
import { inLanes } from "./lanes.mjs";
import { emptyDirectory } from "./library.mjs";
import { printLine } from "./report.mjs";
import { allGuards } from "./table.mjs";

const LIMIT_MS = 3 * 60_000;
const PROCESSES = 2;

const childProgram = fileURLToPath(new URL("child.mjs", import.meta.url));

/** Gives what came of each: `{ className, name, cases, problem, seconds }`. */
export async function tryGuards(numbers) {
  emptyDirectory();
  const deadline = performance.now() + LIMIT_MS;
  const triers = [];
  const results = await inLanes(PROCESSES, numbers, async (number, lane) => {
    // One that was ended, by a variant that crashed, is replaced.
    if (!triers[lane]?.isAlive()) triers[lane] = startTrier(deadline);
    const began = performance.now();
    const outcome = await triers[lane].ask(number);
    const { className, name } = allGuards[number];
    const result = { className, name, ...outcome, seconds: (performance.now() - began) / 1000 };
    printLine(result);
    return result;
  });
  await Promise.all(triers.map((trier) => trier.end()));
  return results;
}

function startTrier(deadline) {
  const child = start(process.execPath, ["--import", "tsx", childProgram], {
    group: true,
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  let isAlive = true;
  const ended = finish(child, { timeoutMs: Math.max(1, deadline - performance.now()) }).then((end) => {
    isAlive = false;
    return end;
  });
  const ask = (number) =>
    new Promise((resolve) => {
      child.once("message", resolve);
      ended.then(({ code, signal, output, timedOut }) => {
        const why = timedOut ? `the time limit of ${LIMIT_MS / 1000} s` : `${signal ?? code}\n${output}`;
        resolve({ cases: [], problem: `its process was ended by ${why}` });
      });
      child.send(number, () => {});
    });
  const end = () => {
    endChild(child, "SIGKILL");
    return ended;
  };
  return { isAlive: () => isAlive, ask, end };
}
