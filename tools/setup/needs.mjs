// npm packages that only one host or one test needs: installed when that runs, kept until their lock file changes.

import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";

import { root, scratch } from "../paths.mjs";
import { run } from "../processes.mjs";

const INSTALL_MS = 10 * 60_000;
const FILES = ["package.json", "package-lock.json"];

/** The directory whose node_modules holds what PARENT/NAME asks for. */
export async function installNeeds(name, parent = join("tests", "hosts", "needs")) {
  const source = join(root, parent, name);
  const lock = createHash("sha256")
    .update(readFileSync(join(source, "package-lock.json")))
    .digest("hex");
  const kept = join(scratch, "needs", `${name}-${lock.slice(0, 16)}`);
  if (existsSync(kept)) return kept;

  // Under another name until it is whole: one that was interrupted is not taken for it.
  const unfinished = `${kept}-${process.pid}`;
  mkdirSync(unfinished, { recursive: true });
  try {
    for (const file of FILES) copyFileSync(join(source, file), join(unfinished, file));
    const args = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"];
    const npm = process.env.npm_execpath;
    const [command, ...first] = npm?.endsWith(".js") ? [process.execPath, npm] : ["npm"];
    await run(command, [...first, ...args], {
      cwd: unfinished,
      what: `npm ci of ${name}`,
      timeoutMs: INSTALL_MS,
    });
    renameSync(unfinished, kept);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
  return kept;
}
