// What a wasm file must be before anything is built on it, and a package before it is shipped.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { Failure } from "../failure.mjs";
import { dist, root, scratch } from "../paths.mjs";
import { machineTexts } from "./machine.mjs";
import { glueFile, hostFeatures, wasmFile, wasmOpt } from "./wasm.mjs";

export function check(holds, sentence) {
  if (!holds) throw new Failure(`check failed: ${sentence}`);
}

/** Whether every host has what the file uses. */
export const checkFeatures = (file) =>
  // Without --strip-target-features the file itself could allow what the flags refuse.
  wasmOpt([file, ...hostFeatures, "--strip-target-features", "-o", join(scratch, "mvp.wasm")]);

export function checkExports(module) {
  const exported = WebAssembly.Module.exports(module);
  const strange = exported.filter(({ kind }) => kind !== "function" && kind !== "memory");
  check(strange.length === 0, `only functions and memory may be exported, not ${JSON.stringify(strange)}`);
  check(exported.filter(({ kind }) => kind === "memory").length === 1, "one memory must be exported");
}

export async function checkWasm() {
  await checkFeatures(wasmFile);

  const bytes = readFileSync(wasmFile);
  const module = await WebAssembly.compile(bytes);
  checkExports(module);

  const glue = readFileSync(glueFile, "utf8");
  for (const { module: from, name, kind } of WebAssembly.Module.imports(module)) {
    check(kind === "function", `only functions may be imported, not ${kind} ${name}`);
    check(from === "./msdk_friends_bg.js", `${name} is imported from ${from}, which no host has`);
    check(glue.includes(`function ${name}(`), `the glue does not export ${name}`);
  }
  checkNoMachinePath("the wasm", bytes.toString("latin1"));
}

export function checkNoMachinePath(what, text) {
  const found = machineTexts().filter((path) => text.includes(path));
  check(found.length === 0, `${what} names this machine: ${found.join(", ")}`);
}

/** Loads what a Node program would load, and computes a signature that is known. */
export async function checkAnswers() {
  const vectors = JSON.parse(readFileSync(join(root, "tests", "vectors", "signing.json"), "utf8"));
  const { path, params: query, body, sigKey: key, sig } = vectors.cases[0];

  const { init, sign } = await import(pathToFileURL(join(dist, "node.js")).href);
  check(
    typeof init === "function" && typeof sign === "function",
    "pkg/dist/node.js must export init and sign",
  );
  await init();
  const answer = sign({ path, query, body, key });
  check(answer === sig, `the built package signs ${answer} where ${sig} is right`);
}
