// The sizes in the README are those that `npm run build` prints.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { it } from "node:test";

import { measureSizes } from "../../tools/build/sizes.mjs";
import { root } from "../../tools/paths.mjs";

/** What another version of Rust or esbuild may change, as a share. */
const TOLERANCE = 0.03;

it("the README names the sizes of this build", async () => {
  const readme = readFileSync(join(root, "README.md"), "utf8");
  const [, total, wasm] = /\*\*([\d.]+) KB\*\* \(([\d.]+) KB of it wasm/.exec(readme) ?? [];
  const sizes = Object.fromEntries((await measureSizes()).map(({ name, brotli }) => [name, brotli / 1000]));
  for (const [name, written] of [
    ["a page downloads", total],
    ["wasm", wasm],
  ]) {
    const off = Math.abs(Number(written) / sizes[name] - 1);
    assert.equal(
      off <= TOLERANCE,
      true,
      `${name}: the README says ${written} KB, the build ${sizes[name]} KB`,
    );
  }
});
