// Programs in Rust that run in pages: cargo, wasm-bindgen for the web, wasm-opt.

import { copyFileSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";

import { installed, root, scratch } from "../paths.mjs";
import { run } from "../processes.mjs";
import { setUpTarget } from "../setup/rust.mjs";
import { filesUnder, fingerprint, unlessUnchanged } from "../stamp.mjs";
import { pageTarget } from "../target.mjs";
import { buildBindgen, buildProgram } from "./cargo.mjs";
import { wasmOpt } from "./wasm.mjs";

/** What the example is, and what the tests of the feature `web` drive: crates, and where their pages stand. */
export const programs = {
  example: { crate: "msdk-web-example", pages: join(root, "examples", "web") },
  tests: { crate: "msdk-web-tests", pages: join(root, "tests", "web", "program") },
};

/** Leaves `name.js`, `name_bg.wasm` and the page in a directory, and gives it. */
export async function makeProgram(name) {
  await setUpTarget(pageTarget);
  const { crate, pages } = programs[name];
  const directory = join(scratch, "programs", name);
  const page = readdirSync(pages).filter((file) => /\.(html|js)$/.test(file));
  const crates = Object.values(programs).map((program) => program.crate);
  const built = await buildProgram(crate, crates);
  const inputs = fingerprint({
    files: [
      ...[built, join(root, "Cargo.lock"), installed("binaryen", "package.json")],
      ...filesUnder(join(root, "tools", "bindgen")),
      ...page.map((file) => join(pages, file)),
    ],
  });
  const wasm = join(directory, `${name}_bg.wasm`);
  const outputs = [wasm, ...[`${name}.js`, ...page].map((file) => join(directory, file))];
  await unlessUnchanged(`program-${name}`, { inputs, outputs }, async () => {
    rmSync(directory, { recursive: true, force: true });
    mkdirSync(directory, { recursive: true });
    await run(await buildBindgen(), [built, directory, name, "--web"], { what: "wasm-bindgen" });
    await wasmOpt([wasm, "-o", wasm, "-Oz", "--strip-debug", "--strip-producers"]);
    for (const file of page) copyFileSync(join(pages, file), join(directory, file));
  });
  return directory;
}
