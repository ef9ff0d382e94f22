// The one wasm file and its glue: cargo, then wasm-bindgen, then wasm-opt. Leaves them in pkg/wasm.

import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { installed, root, scratch, wasmDir } from "../paths.mjs";
import { run } from "../processes.mjs";
import { filesUnder, fingerprint, unlessUnchanged } from "../stamp.mjs";
import { buildBindgen, buildCrate } from "./cargo.mjs";
import { withImports } from "./glue.mjs";

const name = "msdk_friends";

export const wasmFile = join(wasmDir, `${name}.wasm`);
export const glueFile = join(wasmDir, `${name}_bg.js`);

/** The features every host has. Everything else is lowered or refused. */
export const hostFeatures = ["--mvp-features", "--enable-mutable-globals"];

export const wasmOptFlags = [
  ...hostFeatures,
  "-Oz",
  "--converge",
  "--strip-debug",
  "--strip-producers",
  "--strip-target-features",
];

export const wasmOpt = (args) =>
  run(process.execPath, [installed("binaryen", "bin", "wasm-opt"), ...args], {
    what: "wasm-opt",
    timeoutMs: 300_000,
  });

export async function buildWasm() {
  const crate = await buildCrate();
  const inputs = fingerprint({
    texts: wasmOptFlags,
    files: [
      crate,
      join(root, "Cargo.lock"),
      installed("binaryen", "package.json"),
      ...filesUnder(join(root, "tools", "bindgen")),
      ...["wasm.mjs", "glue.mjs"].map((file) => join(root, "tools", "build", file)),
    ],
  });
  const types = [join(wasmDir, `${name}_bg.d.ts`), join(wasmDir, `${name}.d.wasm.ts`)];
  await unlessUnchanged("wasm", { inputs, outputs: [wasmFile, glueFile, ...types] }, async () => {
    const made = join(scratch, "bindgen");
    rmSync(made, { recursive: true, force: true });
    await run(await buildBindgen(), [crate, made, name], { what: "wasm-bindgen" });

    mkdirSync(wasmDir, { recursive: true });
    await wasmOpt([join(made, `${name}_bg.wasm`), "-o", join(made, `${name}.wasm`), ...wasmOptFlags]);
    copyFileSync(join(made, `${name}.wasm`), wasmFile);
    writeFileSync(glueFile, withImports(readFileSync(join(made, `${name}_bg.js`), "utf8")));
    writeFileSync(types[0], glueTypes(readFileSync(join(made, `${name}.d.ts`), "utf8")));
    writeFileSync(types[1], inlinedTypes);
  });
}

/** wasm-bindgen types the module that its own loader wraps; ours imports the glue itself. */
const glueTypes = (declarations) => `${declarations}
/** Gives the glue the instance's exports; before that every function of it fails. */
export function __wbg_set_wasm(exports: object): void;

/** The second argument of \`WebAssembly.instantiate\`. */
export function wasmImports(): Record<string, Record<string, () => unknown>>;
`;

const inlinedTypes = `/** The wasm as hexadecimal digits: tools/build/inlined.mjs makes them for the one entry that imports this. */
declare const digits: string;
export default digits;
`;
