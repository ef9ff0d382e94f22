// npm run build: wasm, glue, bundles, types, and the checks that say whether they may be shipped.

import "./setup/node.mjs";

import { exitOnFailure } from "./failure.mjs";
import { setUp } from "./setup.mjs";

await exitOnFailure(async () => {
  await setUp();
  // Not before: it imports npm packages.
  const { build } = await import("./build/steps.mjs");
  await build();
});
