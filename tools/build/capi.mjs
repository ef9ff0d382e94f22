// The wasm of the C interface: cargo, then wasm-opt, then the checks that say whether it keeps its promises.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import binaryen from "binaryen";

import { installed, root, scratch } from "../paths.mjs";
import { fingerprint, unlessUnchanged } from "../stamp.mjs";
import { buildCapi } from "./cargo.mjs";
import { check, checkExports, checkFeatures, checkNoMachinePath } from "./checks.mjs";
import { wasmOpt, wasmOptFlags } from "./wasm.mjs";

const directory = join(scratch, "capi");
export const capiFile = join(directory, "msdk_friends_capi.wasm");

export async function buildCapiWasm() {
  const crate = await buildCapi();
  const inputs = fingerprint({
    texts: wasmOptFlags,
    files: [crate, installed("binaryen", "package.json"), join(root, "tools", "build", "capi.mjs")],
  });
  await unlessUnchanged("capi", { inputs, outputs: [capiFile] }, async () => {
    mkdirSync(directory, { recursive: true });
    const linked = join(directory, "linked.wasm");
    writeFileSync(linked, withoutGlobals(readFileSync(crate)));
    await wasmOpt([linked, "-o", capiFile, ...wasmOptFlags]);
  });
  await checkCapi();
}

/** The linker exports where its data and the heap begin, as Globals, which nobody needs and some hosts do not have. */
function withoutGlobals(wasm) {
  const module = binaryen.readBinary(wasm);
  const exported = Array.from({ length: module.getNumExports() }, (_, index) =>
    binaryen.getExportInfo(module.getExportByIndex(index)),
  );
  for (const { name, kind } of exported) if (kind === binaryen.ExternalGlobal) module.removeExport(name);
  return module.emitBinary();
}

async function checkCapi() {
  await checkFeatures(capiFile);
  const bytes = readFileSync(capiFile);
  const module = await WebAssembly.compile(bytes);
  checkExports(module);
  const imported = WebAssembly.Module.imports(module);
  check(imported.length === 0, `the C interface imports ${imported.map(({ name }) => name).join(", ")}`);
  checkNoMachinePath("the C interface", bytes.toString("latin1"));

  const header = readFileSync(join(root, "include", "msdk_friends.h"), "utf8");
  const declared = [...header.matchAll(/^MSDK_API .*?\b(msdk_\w+)\(/gm)].map(([, name]) => name);
  const functions = WebAssembly.Module.exports(module).filter(({ kind }) => kind === "function");
  const names = functions.map(({ name }) => name);
  const one = [
    ...declared.filter((name) => !names.includes(name)),
    ...names.filter((name) => !declared.includes(name)),
  ];
  check(one.length === 0, `only one of the header and the wasm has ${one.join(", ")}`);
}
