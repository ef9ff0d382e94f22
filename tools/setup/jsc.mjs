// JavaScriptCore's shell: the one on PATH, macOS's own, or the system's package.

import { Failure } from "../failure.mjs";
import { ask } from "../processes.mjs";
import { aptInstall } from "./apt.mjs";
import { aptCommand, onPath } from "./programs.mjs";

const packages = ["libjavascriptcoregtk-4.0-bin"];
const elsewhere = ["/System/Library/Frameworks/JavaScriptCore.framework/Versions/Current/Helpers/jsc"];

/** It knows no --version, so that it is tried, and its package asked. */
async function findJsc() {
  for (const executable of [...onPath(["jsc"]), ...elsewhere]) {
    if ((await ask(executable, ["-e", "print(6 * 7)"])) !== "42") continue;
    const packaged = await ask("dpkg-query", ["--show", ...packages]);
    return { executable, version: /\t([\d.]+)/.exec(packaged ?? "")?.[1] ?? "of this system" };
  }
  return undefined;
}

/** Its path and version. Installs it where that may be done without a question. */
export async function setUpJsc(neededBy = "the host tests need") {
  const found = (await findJsc()) ?? (await aptInstall(packages).then(findJsc));
  if (found) return found;
  throw new Failure(`JavaScriptCore's shell is missing and ${neededBy} it: run ${aptCommand(packages)}.`);
}
