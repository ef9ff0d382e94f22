// The programs of bench/ as one file each, for Node and for pages: the same sources, minified, with the built package in
// the form that its `exports` give to each.

import { copyFileSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";

import { OURS, STACK } from "../../bench/names.mjs";
import { dist, root, scratch } from "../paths.mjs";

/** Where the entries look for it, from where they are. */
const wasm = "miniprogram/msdk_friends.wasm";

/** `evaluatedAt` is set before anything of the bundle runs, the libraries in it included. */
const firstStatement = "globalThis.cold.evaluatedAt = performance.now();";

const programs = [
  { name: "tasks", source: "tasks/runner.mjs" },
  { name: "cold", source: "cold/page.mjs" },
  { name: "ours", source: "cold/ours.mjs", banner: firstStatement },
  { name: "peers", source: "cold/peers.mjs", banner: firstStatement },
];
const forNode = [...programs, { name: "memory", source: "memory/memory.mjs" }];

export const nodePrograms = join(scratch, "bench", "node");
export const pagePrograms = join(scratch, "bench", "page");

export async function buildPrograms() {
  await Promise.all([
    ...forNode.map((program) => bundle(program, nodePrograms, "node", ".mjs")),
    ...programs.map((program) => bundle(program, pagePrograms, "browser", ".js")),
  ]);
  for (const directory of [nodePrograms, pagePrograms]) {
    mkdirSync(join(directory, "miniprogram"), { recursive: true });
    copyFileSync(join(dist, wasm), join(directory, wasm));
  }
}

async function bundle({ name, source, banner = "" }, directory, platform, extension) {
  mkdirSync(directory, { recursive: true });
  await build({
    entryPoints: [join(root, "bench", source)],
    outfile: join(directory, name + extension),
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    platform,
    charset: "utf8",
    legalComments: "none",
    banner: { js: banner },
    logLevel: "warning",
  });
}

/** What a page of each stack downloads, by its parts. */
export const stackFiles = {
  [OURS]: { script: () => readPageFile("ours.js"), wasm: () => readPageFile(wasm) },
  [STACK]: { script: () => readPageFile("peers.js") },
};

const readPageFile = (name) => readFileSync(join(pagePrograms, name));
