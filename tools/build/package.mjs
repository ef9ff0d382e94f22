// The published files: each entry as one readable file a format, its types, and the wasm beside them.

import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import * as esbuild from "esbuild";

import { Failure } from "../failure.mjs";
import { dist, pkg, root } from "../paths.mjs";
import { filesUnder } from "../stamp.mjs";
import { entries } from "./entries.mjs";
import { buildTypes, typeFiles } from "./types.mjs";
import { wasmFile } from "./wasm.mjs";

export async function buildPackage() {
  const missing = entries.filter(({ source }) => !existsSync(join(pkg, "src", source)));
  if (missing.length > 0) {
    throw new Failure(
      `entries without a source: ${missing.map(({ source }) => `pkg/src/${source}`).join(", ")}`,
    );
  }

  const bundles = (await Promise.all(entries.flatMap(formatsOf).map(bundle))).flat();
  await buildTypes();
  // Compiled as a whole and written last: whoever reads dist meanwhile finds the files of one build.
  for (const { path, contents } of bundles) writeWhenChanged(path, contents);
  for (const { name, program } of entries) if (program) chmodSync(join(dist, `${name}.js`), 0o755);
  const wasm = join(dist, basename(wasmFile));
  writeWhenChanged(wasm, readFileSync(wasmFile));

  // npm packs these from the package's own directory only; they are written once, at the root.
  for (const name of readdirSync(root).filter((name) => /^(README|CHANGELOG|LICENSE)/.test(name))) {
    writeWhenChanged(join(pkg, name), readFileSync(join(root, name)));
  }

  const wanted = new Set([...bundles.map(({ path }) => path), ...typeFiles(), wasm]);
  for (const path of filesUnder(dist)) if (!wanted.has(path)) rmSync(path);
}

function writeWhenChanged(path, contents) {
  if (existsSync(path) && readFileSync(path).equals(contents)) return;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, contents);
}

function formatsOf(entry) {
  const formats = [{ entry, format: "esm", extension: ".js", target: entry.esm }];
  if (entry.cjs) formats.push({ entry, format: "cjs", extension: ".cjs", target: entry.cjs });
  return formats;
}

/** Imports the library that is published beside the file, instead of holding a second copy. */
const besideTheLibrary = {
  name: "beside the library",
  setup(build) {
    build.onResolve({ filter: /^\.\/index\.ts$/ }, () => ({ path: "./index.js", external: true }));
  },
};

async function bundle({ entry, format, extension, target }) {
  const isNodeCommonJs = format === "cjs" && entry.platform === "node";
  const isShim = format === "cjs" && entry.cjsSource !== undefined;
  const importMetaUrl = 'const importMetaUrl = require("url").pathToFileURL(__filename).href;';
  const { outputFiles, warnings } = await esbuild.build({
    entryPoints: [join(pkg, "src", isShim ? entry.cjsSource : entry.source)],
    outfile: join(dist, entry.name + extension),
    absWorkingDir: pkg,
    bundle: true,
    write: false,
    format,
    target,
    platform: entry.platform ?? "neutral",
    charset: "utf8",
    legalComments: "none",
    loader: { ".wasm": "base64" },
    banner: isNodeCommonJs ? { js: importMetaUrl } : {},
    define: isNodeCommonJs ? { "import.meta.url": "importMetaUrl" } : {},
    plugins: entry.program || isShim ? [besideTheLibrary] : [],
    logLevel: "warning",
  });
  if (warnings.length > 0) throw new Failure(`esbuild has ${warnings.length} warning(s) on ${entry.source}`);
  return outputFiles.map(({ path, contents }) => ({ path, contents: Buffer.from(contents) }));
}
