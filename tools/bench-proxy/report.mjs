// Where the results go: the screen, and with a full run the files that are committed.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { root, scratch } from "../paths.mjs";
import { withSection } from "../sections.mjs";
import { arithmetic } from "./arithmetic.mjs";
import { proxyAsMarkdown } from "./markdown.mjs";

const committed = join(root, "bench");

/** What stands where, by the name of its section. */
export const sections = [
  { file: "BENCHMARKS.md", name: "proxy", contentOf: proxyAsMarkdown },
  { file: "docs/scaling.md", name: "arithmetic", contentOf: arithmetic },
];

export function report(results, { isFull }) {
  console.log(`\n${proxyAsMarkdown(results)}\n`);
  const directory = isFull ? committed : join(scratch, "bench");
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, "proxy-results.json"), `${JSON.stringify(results, null, 2)}\n`);
  console.log(`results are in ${directory}`);
  if (isFull) writeSections(results);
}

/** The tables once more from the committed results, when their form or a goal changed. */
export function render() {
  writeSections(JSON.parse(readFileSync(join(committed, "proxy-results.json"), "utf8")));
}

function writeSections(results) {
  for (const { file, name, contentOf } of sections) {
    const path = join(root, file);
    const text = withSection(readFileSync(path, "utf8"), name, contentOf(results));
    if (text) writeFileSync(path, text);
    else console.log(`${file} has no markers for ${name}`);
  }
}
