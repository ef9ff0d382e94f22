// A Redis server: the one on PATH, or the system's package.

import { Failure } from "../failure.mjs";
import { aptInstall } from "./apt.mjs";
import { aptCommand, findProgram } from "./programs.mjs";

const packages = ["redis-server"];

/** The path of a server that starts. Installs it where that may be done without a question. */
export async function setUpRedis() {
  const find = () => findProgram({ names: ["redis-server"] });
  const found = (await find()) ?? (await aptInstall(packages).then(find));
  if (found) return found;
  const command = process.platform === "darwin" ? "brew install redis" : aptCommand(packages);
  throw new Failure(`A Redis server is missing: run ${command}.`);
}
