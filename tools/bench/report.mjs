// Where the results go: the screen, and with a full run the files that are committed.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { root, scratch } from "../paths.mjs";
import { charts } from "./charts.mjs";
import { goalsAsMarkdown, withGoals } from "./markdown.mjs";
import { printEngine } from "./table.mjs";

export async function report(results, { isFull }) {
  for (const engine of Object.values(results.engines)) if (engine.tasks) printEngine(engine);
  console.log(`\n${goalsAsMarkdown(results)}\n`);

  const directory = isFull ? join(root, "bench") : join(scratch, "bench");
  mkdirSync(join(directory, "charts"), { recursive: true });
  writeFileSync(join(directory, "results.json"), `${JSON.stringify(results, null, 2)}\n`);
  for (const [name, svg] of Object.entries(await charts(results))) {
    writeFileSync(join(directory, "charts", `${name}.svg`), svg);
  }
  console.log(`results and charts are in ${directory}`);
  if (isFull) writeReadme(results);
}

function writeReadme(results) {
  const path = join(root, "README.md");
  const text = withGoals(readFileSync(path, "utf8"), results);
  if (text) writeFileSync(path, text);
  else console.log("README.md has no markers for the table of goals");
}
