// Where things lie. Everything else in tools/ takes its paths from here.

import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url)).replace(/\/$/, "");

/** The npm package: sources and package.json by hand; `wasm` and `dist` are generated. */
export const pkg = join(root, "pkg");
/** What wasm-bindgen and wasm-opt made; the TypeScript sources import it. */
export const wasmDir = join(pkg, "wasm");
/** What is published. */
export const dist = join(pkg, "dist");

export const www = join(root, "www");

/** Stamps and intermediate files of the build, beside cargo's own; ignored by git. */
export const scratch = join(root, "target", "msdk-build");

/** The file of an installed npm package, for tools that are run with our own Node. */
export const installed = (...parts) => join(root, "node_modules", ...parts);
