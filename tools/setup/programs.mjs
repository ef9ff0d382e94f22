// A program that a command needs: named by a variable, found on PATH, or installed as the system's package.

import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

import { Failure } from "../failure.mjs";
import { ask } from "../processes.mjs";
import { aptInstall } from "./apt.mjs";

const isExecutable = (path) => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** Executables on PATH that have one of the names, in the order of the names. */
export function onPath(names) {
  const directories = (process.env.PATH ?? "").split(delimiter).filter(Boolean);
  return names.flatMap((name) => directories.map((directory) => join(directory, name))).filter(isExecutable);
}

/** The first that starts. Asked for its version, since a name on PATH may be a stub that only says what to install. */
export async function findProgram({ names, elsewhere = [] }) {
  for (const path of [...onPath(names), ...elsewhere.filter(isExecutable)]) {
    if (/\d+\.\d+/.test((await ask(path, ["--version"])) ?? "")) return path;
  }
  return undefined;
}

/**
 * The path of a browser that starts. Installs it where that may be done without a question; otherwise throws the
 * sentence that says what to run. `variable` names the environment variable in which a user may give a path.
 */
export async function setUpBrowser({ what, variable, names, elsewhere, packages, brew, neededBy }) {
  const named = process.env[variable];
  if (named) {
    if (isExecutable(named)) return named;
    throw new Failure(`${variable} is ${named}, which is not an executable: correct it, or unset it.`);
  }
  const find = () => findProgram({ names, elsewhere });
  const found = (await find()) ?? (await aptInstall(packages).then(find));
  if (found) return found;
  const command = process.platform === "darwin" ? `brew install --cask ${brew}` : aptCommand(packages);
  throw new Failure(`${what} is missing and ${neededBy} it: run ${command} (or set ${variable}).`);
}

export const aptCommand = (packages) =>
  `sudo apt-get update && sudo apt-get install -y ${packages.join(" ")}`;
