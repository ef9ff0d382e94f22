// The published files: each entry as one readable file a format, its types, and the wasm.

import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

import { Failure } from "../failure.mjs";
import { dist, pkg, root } from "../paths.mjs";
import { filesUnder } from "../stamp.mjs";
import { bundle } from "./bundle.mjs";
import { entries } from "./entries.mjs";
import { miniprogram, miniprogramFiles } from "./miniprogram.mjs";
import { buildTypes, typeFiles } from "./types.mjs";
import { wasmFile } from "./wasm.mjs";

export async function buildPackage() {
  const missing = entries.filter(({ source }) => !existsSync(join(pkg, "src", source)));
  if (missing.length > 0) {
    throw new Failure(
      `entries without a source: ${missing.map(({ source }) => `pkg/src/${source}`).join(", ")}`,
    );
  }

  const bundles = (await Promise.all(entries.map(bundle))).flat();
  await buildTypes();
  // Compiled as a whole and written last: whoever reads dist meanwhile finds the files of one build.
  const files = [
    ...bundles,
    ...miniprogramFiles,
    { path: join(miniprogram, basename(wasmFile)), contents: readFileSync(wasmFile) },
  ];
  for (const { path, contents } of files) writeWhenChanged(path, contents);
  for (const name of ["proxy", "sandbox"]) chmodSync(join(dist, name, "bin.js"), 0o755);

  // npm packs these from the package's own directory only; they are written once, at the root.
  for (const name of readdirSync(root).filter((name) => /^(README|CHANGELOG|LICENSE)/.test(name))) {
    writeWhenChanged(join(pkg, name), readFileSync(join(root, name)));
  }

  const wanted = new Set([...files.map(({ path }) => path), ...typeFiles()]);
  for (const path of filesUnder(dist)) if (!wanted.has(path)) rmSync(path);
}

function writeWhenChanged(path, contents) {
  if (existsSync(path) && readFileSync(path).equals(contents)) return;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, contents);
}
