// A line a guard, and the summary.

import { writeResults } from "./results.mjs";

const isRight = ({ problem, cases }) => problem === undefined && cases.length > 0 && cases.every(isShown);
const isShown = ({ problem }) => problem === undefined;

export function printLine(result) {
  const { name, cases, problem, seconds } = result;
  const mark = isRight(result) ? "ok" : "FAIL";
  const counts = `${cases.filter(isShown).length} of ${cases.length}`;
  console.log(
    `  ${mark.padEnd(5)}${name.padEnd(76)}${counts.padStart(9)}${seconds.toFixed(1).padStart(6)} s`,
  );
  if (problem !== undefined) console.error(problem.trimEnd().replace(/^/gm, "       "));
  for (const one of cases.filter((one) => !isShown(one))) {
    console.error(`       ${one.case} (${one.door}): ${one.problem}`);
  }
}

/** Gives whether every guard repels what its table says. */
export function report(results, seconds) {
  writeResults(results);
  const right = results.filter(isRight);
  const shown = results.flatMap(({ className, cases }) =>
    cases.filter(isShown).map((one) => ({ className, ...one })),
  );
  const named = new Set(shown.map((one) => `${one.className}: ${one.case}`));
  const reached = shown.filter(({ isReached }) => isReached);
  console.log(
    `\n${results.length} guards taken out, ${named.size} cases shown to fail without theirs, ` +
      `by one door or both ${shown.length} times; ${reached.length} of these times more reached a server than may. ${seconds.toFixed(1)} s`,
  );
  console.log(`\n${right.length} passed, ${results.length - right.length} failed`);
  return right.length === results.length;
}
