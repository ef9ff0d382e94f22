// The last thing that npm test prints.

import { add, none } from "./counts.mjs";

/** Prints the table; the last line is exactly `N passed, N failed`. Gives whether all is well. */
export function printSummary(results) {
  const width = Math.max(...results.map(({ name }) => name.length)) + 2;
  console.log("\nsummary");
  for (const { name, counts, seconds, problems } of results) {
    const cells = [
      `${counts.passed} passed`,
      `${counts.failed} failed`,
      counts.skipped ? `${counts.skipped} SKIPPED` : "",
    ];
    const mark = counts.failed > 0 ? "FAIL" : "ok";
    console.log(
      `  ${mark.padEnd(5)}${name.padEnd(width)}${`${seconds.toFixed(1)} s`.padStart(8)}  ` +
        `${cells.map((cell) => cell.padEnd(12)).join("")}${problems.join("; ")}`.trimEnd(),
    );
  }
  const total = results.map(({ counts }) => counts).reduce(add, none);
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
  return total.failed === 0;
}
