// The build's steps, in order. Each is skipped while its inputs are the ones it last saw.

import { checkAnswers, checkWasm } from "./checks.mjs";
import { buildPackage } from "./package.mjs";
import { printSizes } from "./sizes.mjs";
import { buildWasm } from "./wasm.mjs";
import { buildWasm2js } from "./wasm2js.mjs";

/** Leaves pkg/wasm and pkg/dist ready, or throws. */
export async function build() {
  const began = performance.now();
  await buildWasm();
  await checkWasm();
  await buildWasm2js();
  await buildPackage();
  await checkAnswers();
  await printSizes();
  console.log(`built in ${((performance.now() - began) / 1000).toFixed(1)} s`);
}
