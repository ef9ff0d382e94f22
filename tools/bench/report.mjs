// Where the results go: the screen, and with a full run the files that are committed.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { root, scratch } from "../paths.mjs";
import { withSection } from "../sections.mjs";
import { charts } from "./charts.mjs";
import { goalsAsMarkdown } from "./markdown.mjs";
import { printEngine } from "./table.mjs";

const committed = join(root, "bench");

export async function report(results, options) {
  // What is committed is of all engines: a machine that lacks one does not overwrite it.
  const isFull = options.isFull && Object.values(results.engines).every(({ skipped }) => !skipped);
  for (const engine of Object.values(results.engines)) if (engine.tasks) printEngine(engine);
  console.log(`\n${goalsAsMarkdown(results)}\n`);

  const directory = isFull ? committed : join(scratch, "bench");
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, "results.json"), `${JSON.stringify(results, null, 2)}\n`);
  await writeCharts(results, directory);
  console.log(`results and charts are in ${directory}`);
  if (isFull) writeReadme(results);
}

/** The charts and the README's table once more from the committed results, when their form or a goal changed. */
export async function render() {
  const results = JSON.parse(readFileSync(join(committed, "results.json"), "utf8"));
  await writeCharts(results, committed);
  writeReadme(results);
}

async function writeCharts(results, directory) {
  mkdirSync(join(directory, "charts"), { recursive: true });
  for (const [name, svg] of Object.entries(await charts(results))) {
    writeFileSync(join(directory, "charts", `${name}.svg`), svg);
  }
}

function writeReadme(results) {
  const path = join(root, "README.md");
  const text = withSection(readFileSync(path, "utf8"), "bench", goalsAsMarkdown(results));
  if (text) writeFileSync(path, text);
  else console.log("README.md has no markers for the table of goals");
}
