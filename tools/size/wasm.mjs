// What the wasm is made of: the code of its functions, by the module that they come from.

import { readFileSync } from "node:fs";
import { join } from "node:path";

import { buildBindgen, buildCrate } from "../build/cargo.mjs";
import { wasmOpt, wasmOptFlags } from "../build/wasm.mjs";
import { scratch } from "../paths.mjs";
import { run } from "../processes.mjs";

const CUSTOM = 0;
const IMPORT = 2;
const CODE = 10;

/** Bytes of code by module, the largest first. The shipped wasm has no names, so it is made once more with them. */
export async function codeByModule() {
  const made = join(scratch, "named");
  await run(await buildBindgen(), [await buildCrate(), made, "named", "--names"], { what: "wasm-bindgen" });
  const named = join(made, "named.wasm");
  const flags = wasmOptFlags.filter((flag) => flag !== "--strip-debug");
  await wasmOpt([join(made, "named_bg.wasm"), "-o", named, "-g", ...flags]);

  const totals = new Map();
  for (const { name, bytes } of functions(readFileSync(named))) {
    const module = moduleOf(name);
    totals.set(module, (totals.get(module) ?? 0) + bytes);
  }
  return [...totals].map(([name, bytes]) => ({ name, bytes })).sort((a, b) => b.bytes - a.bytes);
}

/** `<msdk_friends::json::Reader as …>::skip` is of msdk_friends::json; what has no path is an export. */
function moduleOf(name) {
  const path = /[a-z]\w*(?:\[\w+\])?(?:::\w+)+/.exec(name)?.[0].replace(/\[\w+\]/g, "");
  if (!path) return "exports and the like";
  return path
    .split("::")
    .slice(0, path.startsWith("msdk_friends") ? 2 : 1)
    .join("::");
}

function functions(wasm) {
  let at = 8;
  const number = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = wasm[at++];
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
  };
  const text = () => {
    const length = number();
    at += length;
    return wasm.toString("utf8", at - length, at);
  };

  const bodies = [];
  const names = new Map();
  let imported = 0;
  while (at < wasm.length) {
    const section = wasm[at++];
    const end = number() + at;
    if (section === IMPORT) imported = number();
    if (section === CODE) {
      for (let left = number(); left > 0; left--) {
        const bytes = number();
        bodies.push(bytes);
        at += bytes;
      }
    }
    if (section === CUSTOM && text() === "name") {
      while (at < end) {
        const isFunctions = wasm[at++] === 1;
        const subsectionEnd = number() + at;
        for (let left = isFunctions ? number() : 0; left > 0; left--) names.set(number(), text());
        at = subsectionEnd;
      }
    }
    at = end;
  }
  // Every import is a function: the build's checks see to that.
  return bodies.map((bytes, index) => ({ bytes, name: names.get(imported + index) ?? "" }));
}
