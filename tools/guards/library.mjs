// The proxy as one module, made of the sources or of a copy in which some of them are edited.

import { copyFileSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

import { wasmFile } from "../build/wasm.mjs";
import { pkg } from "../paths.mjs";
import { editedSources } from "./edits.mjs";
import { directory } from "./results.mjs";

const proxy = join(pkg, "src", "proxy");

/** Leaves the wasm alone in the directory, where the modules look for it, as in the package. */
export function emptyDirectory() {
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(join(directory, "miniprogram"), { recursive: true });
  copyFileSync(wasmFile, join(directory, "miniprogram", basename(wasmFile)));
}

/** Both entries of the proxy. Rejects where the edited sources do not compile. */
export async function libraryWith(edits, name) {
  const outfile = join(directory, `${name}.mjs`);
  await build({
    stdin: {
      contents: 'export * from "./index.ts";\nexport * from "./node/index.ts";',
      resolveDir: proxy,
      loader: "ts",
    },
    outfile,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "es2022",
    logLevel: "silent",
    plugins: [replacing(editedSources(edits, (path) => readFileSync(path, "utf8")))],
  });
  return import(pathToFileURL(outfile).href);
}

const replacing = (sources) => ({
  name: "edited sources",
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, ({ path }) => {
      const contents = sources.get(path);
      return contents === undefined ? undefined : { contents, loader: "ts" };
    });
  },
});
