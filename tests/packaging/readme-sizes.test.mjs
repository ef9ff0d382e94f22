// The sizes in the README are those that `npm run size` prints.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { it } from "node:test";

import { root } from "../../tools/paths.mjs";
import { measureUses } from "../../tools/size/measure.mjs";

/** What another version of Rust or esbuild may change, as a share. */
const TOLERANCE = 0.03;

it("the README names the sizes of this build", async () => {
  const readme = readFileSync(join(root, "README.md"), "utf8");
  const [, total, wasm] = /\*\*([\d.]+) KB\*\* \(([\d.]+) KB of it wasm/.exec(readme) ?? [];
  const { sizes } = await measureUses();
  for (const [name, written] of [
    ["a page downloads", total],
    ["wasm", wasm],
  ]) {
    const kilobytes = sizes[name] / 1000;
    const off = Math.abs(Number(written) / kilobytes - 1);
    assert.equal(off <= TOLERANCE, true, `${name}: the README says ${written} KB, the build ${kilobytes} KB`);
  }
});
