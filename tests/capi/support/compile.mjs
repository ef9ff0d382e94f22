// The system's C compiler, and the programs that it makes: each ends by itself or at a time limit.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { root } from "../../../tools/paths.mjs";

const LIMIT_MS = 120_000;

export const include = join(root, "include");
export const sources = join(root, "tests", "capi", "c");

export const strict = ["-Wall", "-Wextra", "-Werror", "-pedantic", "-I", include];
export const c99 = ["-std=c99", ...strict];
export const sanitized = ["-g", "-fsanitize=address,undefined", "-fno-sanitize-recover=all"];

/** Where the stage put what it built. */
export function built(variable) {
  const path = process.env[variable];
  assert.ok(path, `${variable} is not set: run \`node tools/test.mjs capi\``);
  return path;
}

/** The static library, and what Rust's standard library takes from the system. */
export const library = () => [
  built("MSDK_CAPI_LIBRARY"),
  ...(process.platform === "linux" ? ["-lpthread", "-ldl", "-lm"] : []),
];

export const wasm = () => built("MSDK_CAPI_WASM");

/** Runs a command that must end with 0, and gives what it prints. */
export function run(command, args, options = {}) {
  const done = spawnSync(command, args, {
    encoding: "utf8",
    timeout: LIMIT_MS,
    killSignal: "SIGKILL",
    maxBuffer: 1 << 26,
    ...options,
  });
  assert.equal(done.error, undefined);
  const shown = `${command} ended with ${done.signal ?? done.status}\n${done.stderr}\n${done.stdout.slice(-2000)}`;
  assert.equal(done.status, 0, shown);
  return done.stdout;
}

/** A directory that goes when the process ends. */
export const scratchDirectory = () => {
  const directory = mkdtempSync(join(tmpdir(), "msdk-capi-"));
  process.on("exit", () => rmSync(directory, { recursive: true, force: true }));
  return directory;
};

/** Compiles into a program, whose path this gives. */
export function compile(program, args) {
  run("cc", [...args, "-o", program]);
  return program;
}
