// The sizes in the README are those that `npm run size` prints.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { it } from "node:test";

import { root } from "../../tools/paths.mjs";
import { measureCapi, measureUses } from "../../tools/size/measure.mjs";

/** What another version of Rust or esbuild may change, as a share. */
const TOLERANCE = 0.03;

const readme = readFileSync(join(root, "README.md"), "utf8");

function checkWritten(name, written, bytes) {
  const kilobytes = bytes / 1000;
  const off = Math.abs(Number(written) / kilobytes - 1);
  assert.equal(off <= TOLERANCE, true, `${name}: the README says ${written} KB, the build ${kilobytes} KB`);
}

it("the README names the sizes of this build", async () => {
  const [, total, wasm] = /\*\*([\d.]+) KB\*\* \(([\d.]+) KB of it wasm/.exec(readme) ?? [];
  const { sizes } = await measureUses();
  checkWritten("a page downloads", total, sizes["a page downloads"]);
  checkWritten("wasm", wasm, sizes.wasm);
});

it("the README names the sizes of the C interface's wasm", async () => {
  const [, raw, gzip, brotli] =
    /is ([\d.]+) KB \(([\d.]+) KB after gzip, ([\d.]+) KB after brotli/.exec(readme) ?? [];
  const sizes = await measureCapi();
  checkWritten("raw", raw, sizes.raw);
  checkWritten("gzip", gzip, sizes.gzip);
  checkWritten("brotli", brotli, sizes.brotli);
});
