// The package as users get it: packed, and installed from the tarball into an empty project.

import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

import { pkg } from "./paths.mjs";

const execute = promisify(execFile);

/** Runs a program; gives its stdout, or throws with its stderr in the message. */
async function output(command, args, options = {}) {
  const { stdout } = await execute(command, args, { timeout: 120_000, maxBuffer: 1 << 26, ...options });
  return stdout;
}

export const node = (args, options) => output(process.execPath, args, options);

/** Under `npm test` npm says where it is. */
function npm(args, cwd) {
  const path = process.env.npm_execpath;
  return path?.endsWith(".js") ? node([path, ...args], { cwd }) : output("npm", args, { cwd });
}

/** Gone when this process ends. */
export function temporaryDirectory() {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), "msdk packaging ")));
  // Not a hook of a test runner: one that is added inside another hook runs when that one ends.
  process.on("exit", () => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** Packs; gives the tarball's path and what npm says about it: `files`, `size`, `unpackedSize`. */
export async function pack() {
  const directory = temporaryDirectory();
  const args = ["pack", "--json", "--ignore-scripts", "--pack-destination", directory];
  const [report] = JSON.parse(await npm(args, pkg));
  return { ...report, path: join(directory, report.filename) };
}

/** A project, with a space in its path, that depends on the tarball and on nothing else. */
export async function projectWithTarball({ type = "module" } = {}) {
  const { path } = await pack();
  const project = join(temporaryDirectory(), "a project");
  mkdirSync(project);
  writeFileSync(join(project, "package.json"), JSON.stringify({ name: "consumer", private: true, type }));
  await npm(["install", "--offline", "--no-audit", "--no-fund", "--ignore-scripts", path], project);
  return project;
}
