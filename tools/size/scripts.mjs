// What the JavaScript of a page weighs for each way to use the package, by the files it is made of.

import { join } from "node:path";
import { build } from "esbuild";

import { wasmAsText } from "../build/inlined.mjs";
import { pkg, root } from "../paths.mjs";

const source = (entry) => JSON.stringify(join(pkg, "src", "entries", entry));

/** What a page writes; bundled from the sources, so that each file's share can be told. */
export const uses = {
  "createClient with keySigner or proxied": `export { createClient, keySigner, proxied } from ${source("browser.ts")}`,
  "only the pure functions": `export { init, sign, avatarUrl, maskGender, parseFriendList } from ${source("browser.ts")}`,
  "bare import": `import ${source("browser.ts")}`,
  "./slim, everything": `export * from ${source("slim.ts")}`,
  "./inline, everything and the wasm": `export * from ${source("inline.ts")}`,
};

/** The minified bundle and its files, the largest first. */
export async function bundleOf(contents) {
  const { outputFiles, metafile } = await build({
    stdin: { contents, resolveDir: root },
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2020",
    write: false,
    metafile: true,
    plugins: [wasmAsText],
    logOverride: { "ignored-bare-import": "silent" },
  });
  const [output] = Object.values(metafile.outputs);
  const files = Object.entries(output.inputs)
    .map(([path, { bytesInOutput }]) => ({ name: path.replace(/^.*pkg\//, ""), bytes: bytesInOutput }))
    .filter(({ bytes }) => bytes > 0)
    .sort((a, b) => b.bytes - a.bytes);
  return { code: outputFiles[0].contents, files };
}
