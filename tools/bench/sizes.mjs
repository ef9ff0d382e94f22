// The sizes for the table: those of `npm run size`, the tarball, and what the pages of the cold start download.

import { brotli } from "../build/sizes.mjs";
import { measureUses, tarballBytes } from "../size/measure.mjs";
import { stackFiles } from "./bundles.mjs";

/** `sizes`: bytes by name; `stacks`: the parts of what the page of each stack downloads. */
export async function runSizes() {
  const { sizes } = await measureUses();
  const stacks = {};
  for (const [name, parts] of Object.entries(stackFiles)) {
    stacks[name] = Object.fromEntries(
      Object.entries(parts).map(([part, read]) => [part, brotli(read()).length]),
    );
    const total = Object.values(stacks[name]).reduce((sum, bytes) => sum + bytes, 0);
    sizes[`the page of ${name}`] = total;
  }
  return { sizes: { ...sizes, tarball: await tarballBytes() }, stacks };
}
