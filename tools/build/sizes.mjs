// What a page downloads that uses all of the package, in bytes; `npm run size` tells other uses apart.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build } from "esbuild";

import { dist } from "../paths.mjs";
import { wasmFile } from "./wasm.mjs";

export const brotli = (bytes) =>
  brotliCompressSync(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
  });

export function sizesOf(name, bytes) {
  return {
    name,
    raw: bytes.length,
    gzip: gzipSync(bytes, { level: 9 }).length,
    brotli: brotli(bytes).length,
  };
}

/** The wasm, and the glue and facade minified as a user's bundler would. */
async function measureSizes() {
  const { outputFiles } = await build({
    entryPoints: [join(dist, "browser.js")],
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2020",
    write: false,
  });
  const parts = [
    sizesOf("wasm", readFileSync(wasmFile)),
    sizesOf("glue + facade, minified", outputFiles[0].contents),
  ];
  const sum = (key) => parts.reduce((total, part) => total + part[key], 0);
  return [...parts, { name: "all of it", raw: sum("raw"), gzip: sum("gzip"), brotli: sum("brotli") }];
}

export async function printSizes() {
  const row = (name, ...cells) =>
    console.log(name.padEnd(26) + cells.map((cell) => `${cell}`.padStart(10)).join(""));
  row("bytes", "raw", "gzip", "brotli 11");
  for (const { name, raw, gzip, brotli } of await measureSizes()) row(name, raw, gzip, brotli);
}
