// The system's C and C++ compilers. Rust links with the one; the other reads the header once.

import { Failure } from "../failure.mjs";
import { ask } from "../processes.mjs";
import { aptInstall } from "./apt.mjs";
import { aptCommand } from "./programs.mjs";

const packages = ["g++"];

const areThere = async () =>
  (await Promise.all(["cc", "c++"].map((compiler) => ask(compiler, ["--version"])))).every(Boolean);

export async function setUpCompilers() {
  if (await areThere()) return;
  await aptInstall(packages);
  if (await areThere()) return;
  throw new Failure(
    `cc or c++ is missing and the tests of the C interface need them: run ${aptCommand(packages)}.`,
  );
}
