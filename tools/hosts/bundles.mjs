// The program as files: for engines that know no modules, for pages' scripts, for whoever takes modules.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";

import { root, scratch } from "../paths.mjs";

const directory = join(scratch, "hosts", "program");
const path = (name) => join(directory, name);

const bundles = [
  // Leaves one global, `hostProgram`, with `runProgram(msdk, surroundings)`.
  { name: "bare.js", source: "program.ts", format: "iife", target: "es2017" },
  // Leaves one global, `hostProgram`, with `runOnWeb(msdk, sandbox)`.
  { name: "web.js", source: "web.ts", format: "iife", target: "es2017" },
  { name: "web.mjs", source: "web.ts", format: "esm", target: "es2020" },
];

export async function bundleProgram() {
  await Promise.all(bundles.map(bundle));
}

const bundle = ({ name, source, format, target }) =>
  build({
    entryPoints: [join(root, "tests", "hosts", "program", source)],
    outfile: path(name),
    bundle: true,
    format,
    target,
    globalName: format === "iife" ? "hostProgram" : undefined,
    charset: "utf8",
    legalComments: "none",
    logLevel: "warning",
  });

/** What a host gets of it. */
export const program = {
  /** `runOnWeb(msdk, sandbox)` as a module's export. */
  webModule: path("web.mjs"),
  /** The same as a member of the global `hostProgram`. */
  webScript: path("web.js"),
  /** A text: a script that touches nothing of the web and leaves `hostProgram.runProgram(msdk, surroundings)`. */
  get script() {
    return readFileSync(path("bare.js"), "utf8");
  },
};
