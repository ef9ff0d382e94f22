// Importing the package must do nothing: hosts without a TextDecoder would throw at load, and a bundle that uses one constant
// must not drag the glue in. Since only numbers cross, wasm-bindgen's glue has a top level that only declares; should it come to
// do more, that is an error here and not in somebody's page.

import { Failure } from "../failure.mjs";

const DECLARATION = /^(?:import |export function |let wasm;$|\/\*\*| \*| {4}|\}|$)/;

/** The glue with `wasmImports()` added. */
export function withImports(glue) {
  const strange = glue.split("\n").find((line) => !DECLARATION.test(line));
  if (strange !== undefined) throw new Failure(`the glue does more than to declare: ${strange}`);
  return `${glue}\n${importsFunction(glue)}`;
}

/**
 * What `WebAssembly.instantiate` wants, as a function. `import * as glue` handed over whole would do too, but then a
 * bundler must build that object at load and can drop nothing of the glue.
 */
function importsFunction(glue) {
  const names = [...glue.matchAll(/^export function (__wb\w+)\(/gm)].map(([, name]) => name);
  const imported = names.filter((name) => name !== "__wbg_set_wasm");
  return `export function wasmImports() {\n    return { "./msdk_friends_bg.js": { ${imported.join(", ")} } };\n}\n`;
}
