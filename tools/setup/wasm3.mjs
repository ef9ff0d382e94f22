// The C sources of the wasm3 runtime, out of a source package that pip fetches and checks; kept until its pin changes.

import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";

import { Failure } from "../failure.mjs";
import { root, scratch } from "../paths.mjs";
import { ask, run } from "../processes.mjs";
import { fingerprint } from "../stamp.mjs";
import { aptInstall } from "./apt.mjs";
import { aptCommand } from "./programs.mjs";

const requirements = join(root, "tests", "capi", "c", "wasm3-requirements.txt");
const packages = ["python3-pip"];
const FETCH_MS = 5 * 60_000;

const hasPip = async () => (await ask("python3", ["-m", "pip", "--version"])) !== undefined;

async function setUpPip() {
  if (await hasPip()) return;
  await aptInstall(packages);
  if (await hasPip()) return;
  throw new Failure(`pip is missing and the tests of the C interface need it: run ${aptCommand(packages)}.`);
}

/** The directory of the sources. */
export async function setUpWasm3() {
  const pin = fingerprint({ texts: [readFileSync(requirements, "utf8")] });
  const kept = join(scratch, "needs", `wasm3-${pin.slice(0, 16)}`);
  if (existsSync(kept)) return kept;

  await setUpPip();
  // Under another name until it is whole: one that was interrupted is not taken for it.
  const unfinished = `${kept}-${process.pid}`;
  mkdirSync(unfinished, { recursive: true });
  try {
    const options = ["--quiet", "--no-deps", "--no-binary", ":all:", "--disable-pip-version-check"];
    await run(
      "python3",
      ["-m", "pip", "download", ...options, "--require-hashes", "-r", requirements, "-d", unfinished],
      { what: "pip download of wasm3's sources", timeoutMs: FETCH_MS, group: true },
    );
    const [archive] = readdirSync(unfinished);
    await run("tar", ["xzf", archive], { cwd: unfinished, timeoutMs: FETCH_MS });
    renameSync(join(unfinished, archive.replace(/\.tar\.gz$/, ""), "wasm3"), kept);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
  return kept;
}
