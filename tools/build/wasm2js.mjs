// The core as plain JavaScript, made from the wasm that is published: for hosts and pages without WebAssembly.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { transform } from "esbuild";

import { Failure } from "../failure.mjs";
import { installed, root, scratch, wasmDir } from "../paths.mjs";
import { run } from "../processes.mjs";
import { fingerprint, unlessUnchanged } from "../stamp.mjs";
import { wasmFile } from "./wasm.mjs";

const scriptFile = join(wasmDir, "wasm2js.js");
const typesFile = join(wasmDir, "wasm2js.d.ts");

const types = `/** A fresh core, as \`WebAssembly.instantiate\` would give it. @param imports by module and name */
export function instantiate(imports: Record<string, Record<string, () => unknown>>): {
  readonly exports: Readonly<Record<string, unknown>>;
};
`;

export async function buildWasm2js() {
  const inputs = fingerprint({
    files: [wasmFile, installed("binaryen", "package.json"), join(root, "tools", "build", "wasm2js.mjs")],
  });
  await unlessUnchanged("wasm2js", { inputs, outputs: [scriptFile, typesFile] }, async () => {
    const made = join(scratch, "wasm2js.js");
    const program = installed("binaryen", "bin", "wasm2js");
    await run(process.execPath, [program, wasmFile, "-Os", "-o", made], {
      what: "wasm2js",
      timeoutMs: 300_000,
    });
    const { code } = await transform(asFunction(readFileSync(made, "utf8")), {
      minify: true,
      target: "es2017",
    });
    writeFileSync(scriptFile, code);
    writeFileSync(typesFile, types);
  });
}

/** wasm2js writes a module that instantiates itself when it is loaded; here importing does nothing. */
function asFunction(module) {
  const [, body] =
    /^import \* as \$\w+ from '[^']+';\n([\s\S]*)\nvar retasmFunc = asmFunc\(/.exec(module) ?? [];
  if (!body?.includes("function asmFunc(imports)"))
    throw new Failure("wasm2js writes another module than it did");
  return `export function instantiate(imports) {\n${body}\nreturn { exports: asmFunc(imports) };\n}\n`;
}
