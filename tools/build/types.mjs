// One self-contained declaration file an entry, under the extension that tells TypeScript its format.

import { mkdirSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

import { dist, installed, pkg, root, wasmDir } from "../paths.mjs";
import { filesUnder, fingerprint, unlessUnchanged } from "../stamp.mjs";
import { entries } from "./entries.mjs";

const typed = entries.filter(({ isInternal }) => !isInternal);

const filesOf = ({ name, cjs, script, module = name }) =>
  [".d.ts", ...(cjs || script ? [".d.cts"] : [])].map((extension) => join(dist, module + extension));

/** Of a module, whose types are written once, beside it. */
const reexport = ({ name, module }) =>
  module
    ? `import * as msdk from "./${module}.cjs";\nexport * from "./${module}.cjs";\nexport default msdk;\n`
    : `export * from "./${basename(name)}.cjs";\n`;

/** An entry that knows no page has a project of its own. */
const projectOf = ({ script }) => join(pkg, script ? "tsconfig.mini.json" : "tsconfig.json");

/** As in pkg/src/web/init.ts: the libraries of a server may not know WebAssembly. */
const wasmModule = `declare const module: typeof globalThis extends { WebAssembly: { Module: { prototype: infer Module } } }
  ? Module
  : object;
export default module;
`;

/** `import module from "msdk-friends/msdk_friends.wasm"`: what edge workers, which may not compile bytes, make of it. */
const wasmTypes = [".d.ts", ".d.cts"].map((extension) => join(dist, `msdk_friends.wasm${extension}`));

export const typeFiles = () => [...typed.flatMap(filesOf), ...wasmTypes];

export async function buildTypes() {
  const inputs = fingerprint({
    texts: [JSON.stringify(typed)],
    files: [
      ...filesUnder(join(pkg, "src")),
      ...filesUnder(wasmDir, (name) => name.endsWith(".ts")),
      ...[...new Set(typed.map(projectOf))],
      join(root, "tsconfig.base.json"),
      join(root, "tools", "build", "types.mjs"),
      ...["typescript", "dts-bundle-generator"].map((name) => installed(name, "package.json")),
    ],
  });
  await unlessUnchanged("types", { inputs, outputs: typeFiles() }, async () => {
    // Here and not above: loading TypeScript takes most of a second, which a build without changes need not wait for.
    const { generateDtsBundle } = await import("dts-bundle-generator");
    const declared = typed.filter(({ typesOf }) => !typesOf);
    const declarations = declared.map((entry) => {
      const filePath = join(pkg, "src", entry.typesFrom ?? entry.source);
      const output = { noBanner: true, sortNodes: true, exportReferencedTypes: false };
      return generateDtsBundle([{ filePath, output }], { preferredConfigPath: projectOf(entry) })[0];
    });
    const write = (path, text) => {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    };
    for (const path of wasmTypes) write(path, wasmModule);
    declared.forEach((entry, index) => {
      // The CommonJS one comes last, and what a module imports may be that: so the types are written once.
      const [path, twin] = filesOf(entry);
      write(twin ?? path, declarations[index]);
      if (twin) write(path, reexport(entry));
    });
    // The entries differ in how the wasm arrives, not in what they export: their types are written once.
    for (const entry of typed.filter(({ typesOf }) => typesOf)) {
      for (const path of filesOf(entry)) {
        const extension = path.endsWith(".cts") ? "cjs" : "js";
        write(path, `export * from "./${entry.typesOf}.${extension}";\n`);
      }
    }
  });
}
