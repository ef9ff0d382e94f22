// What is left behind for whoever wants to know more than the lines say.

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { scratch } from "../paths.mjs";

/** The variants of the proxy, and what came of them. */
export const directory = join(scratch, "guards");

export function writeResults(results) {
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, "results.json"), `${JSON.stringify(results, null, 2)}\n`);
}
