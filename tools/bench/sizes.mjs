// The sizes for the table: those of `npm run size`, the tarball, and what the pages of the cold start download.

import { brotli } from "../build/sizes.mjs";
import { measureUses, tarballBytes } from "../size/measure.mjs";
import { stackFiles } from "./bundles.mjs";

export async function runSizes() {
  const { sizes } = await measureUses();
  for (const [name, files] of Object.entries(stackFiles)) {
    sizes[`the cold page, ${name}`] = files().reduce((total, file) => total + brotli(file).length, 0);
  }
  return { ...sizes, tarball: await tarballBytes() };
}
