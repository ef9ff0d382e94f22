// "Nothing changed since": a step is skipped when a hash over everything it depends on is the one it last left.

import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { scratch } from "./paths.mjs";

/** Files below a directory, sorted, without those whose name the filter refuses. */
export function filesUnder(directory, keep = () => true) {
  return readdirSync(directory, { withFileTypes: true })
    .filter((entry) => keep(entry.name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(directory, entry.name);
      return entry.isDirectory() ? filesUnder(path, keep) : [path];
    });
}

/**
 * Hash over texts and the contents of files. A file's content counts, not its time: a fresh checkout of the same
 * commit is the same input.
 */
export function fingerprint({ texts = [], files = [] }) {
  const hash = createHash("sha256");
  for (const text of texts) hash.update(`${text.length}:${text}`);
  for (const file of files) {
    const content = existsSync(file) && statSync(file).isFile() ? readFileSync(file) : "missing";
    hash.update(`${file}:${content.length}:`).update(content);
  }
  return hash.digest("hex");
}

/**
 * Does the step only when its inputs changed or an output is missing. Gives whether it was done. `outputs` is a
 * function where only the step knows what it will write.
 */
export async function unlessUnchanged(name, { inputs, outputs }, step) {
  const path = join(scratch, `${name}.stamp`);
  // Outputs count as well: one that was edited or half written is made again.
  const files = () => (typeof outputs === "function" ? outputs() : outputs);
  const now = () => `${inputs} ${fingerprint({ files: files() })}`;
  const last = existsSync(path) ? readFileSync(path, "utf8") : "";
  if (last === now() && files().every((file) => existsSync(file))) return false;

  rmSync(path, { force: true });
  await step();
  mkdirSync(scratch, { recursive: true });
  writeFileSync(path, now());
  return true;
}
