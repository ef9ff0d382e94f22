// Importing the package must do nothing: no `new TextDecoder` at load (hosts without one throw there), and a bundle that
// uses one constant must not drag the glue in. wasm-bindgen's glue does both, so its top level is rewritten here.
//
// wasm-bindgen's version is pinned, so its text is known; a text that is not found is an error, never passed over.

import { Failure } from "../failure.mjs";

const rewrites = [
  {
    // The decoder, on first use.
    marker: "let cachedTextDecoder",
    changes: [
      [
        /^let cachedTextDecoder = new TextDecoder\(.*\);\ncachedTextDecoder\.decode\(\);$/m,
        "let cachedTextDecoder;",
      ],
      [
        /if \(numBytesDecoded >= MAX_SAFARI_DECODE_BYTES\)/,
        "if (cachedTextDecoder === undefined || numBytesDecoded >= MAX_SAFARI_DECODE_BYTES)",
      ],
    ],
  },
  {
    // The encoder and its polyfill of encodeInto, on first use.
    marker: "const cachedTextEncoder",
    changes: [
      [/\bcachedTextEncoder\.(encode|encodeInto)\(arg(, view)?\);/g, "textEncoder().$1(arg$2);"],
      [
        /^const cachedTextEncoder = (new TextEncoder\(\));\n\n(if \(!\('encodeInto' in cachedTextEncoder\)\) \{\n[\s\S]*?\n\})$/m,
        (_, create, polyfill) =>
          `let cachedTextEncoder;\nfunction textEncoder() {\nif (cachedTextEncoder === undefined) {\n` +
          `cachedTextEncoder = ${create};\n${polyfill.replaceAll("textEncoder()", "cachedTextEncoder")}\n}\nreturn cachedTextEncoder;\n}`,
      ],
    ],
  },
  {
    // The table of JavaScript values that wasm holds; only in glue that passes such values. A bundler may drop the call
    // of a function marked pure, but no sequence of statements, and not the reading of a length.
    marker: "let heap =",
    changes: [
      [
        /^let heap = (new Array\(1024\)\.fill\(undefined\));\nheap\.push\((undefined, null, true, false)\);$/m,
        "let heap = /* @__PURE__ */ (() => $1.concat([$2]))();",
      ],
      [/^let heap_next = heap\.length;$/m, "let heap_next = 1024 + 4;"],
    ],
  },
];

/**
 * A second instance, after a trap of the first, has another memory: views of the old one would read and write what is
 * nobody's any more.
 */
function withoutStaleViews(glue) {
  const views = [...glue.matchAll(/^let (cached\w+Memory0) = null;$/gm)].map(([, name]) => name);
  const setter = "export function __wbg_set_wasm(val) {\n";
  if (!glue.includes(setter))
    throw new Failure("the glue no longer has the __wbg_set_wasm that build/glue.mjs extends");
  return glue.replace(setter, setter + views.map((name) => `    ${name} = null;\n`).join(""));
}

/** The glue with a top level that only declares, and `wasmImports()` added. */
export function withoutImportEffects(glue) {
  let text = glue;
  for (const { marker, changes } of rewrites) {
    if (!text.includes(marker)) continue;
    for (const [pattern, replacement] of changes) {
      const changed = text.replace(pattern, replacement);
      if (changed === text)
        throw new Failure(`the glue no longer has the text that build/glue.mjs rewrites: ${pattern}`);
      text = changed;
    }
  }
  return withoutStaleViews(`${text}\n${importsFunction(text)}`);
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
