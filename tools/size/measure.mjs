// The sizes that have budgets, and the tarball: for `npm run size` and for the table of `npm run bench`.

import { readFileSync } from "node:fs";
import { join } from "node:path";

import { buildCapiWasm, capiFile } from "../build/capi.mjs";
import { brotli, sizesOf } from "../build/sizes.mjs";
import { wasmFile } from "../build/wasm.mjs";
import { Failure } from "../failure.mjs";
import { root } from "../paths.mjs";
import { ask } from "../processes.mjs";
import { bundleOf, uses } from "./scripts.mjs";

/** `sizes`: bytes after brotli 11 by name; `files`: for each use what its script is made of. */
export async function measureUses() {
  const sizes = { wasm: brotli(readFileSync(wasmFile)).length };
  const files = {};
  for (const [use, contents] of Object.entries(uses)) {
    const bundle = await bundleOf(contents);
    files[use] = bundle.files;
    sizes[use] = bundle.code.length === 0 ? 0 : brotli(bundle.code).length;
  }
  sizes["a page downloads"] = sizes.wasm + sizes["createClient with keySigner or proxied"];
  return { sizes, files };
}

/** The wasm of the C interface, which no page downloads: raw, after gzip and after brotli. */
export async function measureCapi() {
  await buildCapiWasm();
  return sizesOf("the C interface's wasm", readFileSync(capiFile));
}

/** What npm would publish, in bytes. */
export async function tarballBytes() {
  const args = ["pack", "--dry-run", "--json", "--ignore-scripts"];
  const npm = process.env.npm_execpath;
  const command = npm?.endsWith(".js") ? [process.execPath, [npm, ...args]] : ["npm", args];
  const report = await ask(...command, { cwd: join(root, "pkg") });
  if (!report) throw new Failure("npm pack failed: run it in pkg/ to see why.");
  return JSON.parse(report)[0].size;
}
