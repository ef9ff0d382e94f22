// npm run build:capi: the C interface as a wasm for runtimes and as a static library for this machine.

import "./setup/node.mjs";

import { relative } from "node:path";

import { exitOnFailure } from "./failure.mjs";
import { root } from "./paths.mjs";
import { setUp } from "./setup.mjs";

await exitOnFailure(async () => {
  await setUp();
  const { buildCapiWasm, capiFile } = await import("./build/capi.mjs");
  const { buildCapiLibrary } = await import("./build/cargo.mjs");
  await buildCapiWasm();
  const library = await buildCapiLibrary();
  for (const file of [capiFile, library]) console.log(relative(root, file));
  console.log("include/msdk_friends.h");
});
