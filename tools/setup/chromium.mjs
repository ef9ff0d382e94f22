// A Chromium to test in: the one named by CHROME_PATH, one on PATH, or the system's package.

import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

import { Failure } from "../failure.mjs";
import { ask, run } from "../processes.mjs";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const elsewhere = ["/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"];

const isExecutable = (path) => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** Asked for its version, since a name on PATH may be a stub that only says what to install. */
async function findChromium() {
  const directories = (process.env.PATH ?? "").split(delimiter).filter(Boolean);
  const onPath = names.flatMap((name) => directories.map((directory) => join(directory, name)));
  for (const path of [...onPath, ...elsewhere].filter(isExecutable)) {
    if (/\d+\.\d+/.test((await ask(path, ["--version"])) ?? "")) return path;
  }
  return undefined;
}

/** The path of a Chromium that starts. Installs it where that may be done without a question. */
export async function setUpChromium() {
  const named = process.env.CHROME_PATH;
  if (named) {
    if (isExecutable(named)) return named;
    throw new Failure(`CHROME_PATH is ${named}, which is not an executable: correct it, or unset it.`);
  }

  const found = (await findChromium()) ?? (await installChromium());
  if (found) return found;
  throw new Failure(
    process.platform === "darwin"
      ? "Chromium is missing and the browser tests need it: run brew install --cask google-chrome (or set CHROME_PATH)."
      : "Chromium is missing and the browser tests need it: run sudo apt-get update && sudo apt-get install -y chromium (or set CHROME_PATH).",
  );
}

async function installChromium() {
  if (!(await ask("apt-get", ["--version"]))) return undefined;
  const isRoot = process.getuid?.() === 0;
  if (!isRoot && (await ask("sudo", ["-n", "true"])) === undefined) return undefined;

  const apt = (args, timeoutMs) => {
    const command = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", ...args];
    const [name, ...rest] = isRoot ? command : ["sudo", "-n", ...command];
    console.log(`set-up: ${[name, ...rest].join(" ")}`);
    return run(name, rest, { timeoutMs, group: true, stdio: ["ignore", "inherit", "inherit"] });
  };
  try {
    // Another apt may be at work: wait for it, but not for ever. An index that cannot be renewed may still do.
    await apt(["update"], 300_000).catch((failure) => console.log(failure.message));
    await apt(
      ["install", "-y", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=120", "chromium"],
      900_000,
    );
  } catch (failure) {
    console.log(failure.message);
  }
  return findChromium();
}
