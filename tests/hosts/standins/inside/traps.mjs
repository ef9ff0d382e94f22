// What a mini-game's engine does not have. Touching one of the names throws, and is remembered, since whoever touched it
// may catch that.

import { globalNames, newerThan2017 } from "./es2017.mjs";

/** Must never be touched, not even behind `typeof`. */
export const forbidden = [
  ...["TextEncoder", "TextDecoder", "fetch", "Headers", "Request", "Response", "URL", "URLSearchParams"],
  ...[
    "AbortController",
    "AbortSignal",
    "FormData",
    "Blob",
    "File",
    "ReadableStream",
    "XMLHttpRequest",
    "WebSocket",
  ],
  ...[
    "crypto",
    "performance",
    "Intl",
    "structuredClone",
    "atob",
    "btoa",
    "DOMException",
    "Event",
    "EventTarget",
  ],
  ...[
    "MessageChannel",
    "window",
    "self",
    "document",
    "navigator",
    "location",
    "localStorage",
    "process",
    "Buffer",
  ],
  ...["global", "globalThis", "WebAssembly", "SharedArrayBuffer", "Atomics", "eval", "Function"],
];

/** Globals that JavaScriptCore's shell does not list among its own. */
const shellNames = [
  "print",
  "load",
  "loadString",
  "readFile",
  "readline",
  "setTimeout",
  "drainMicrotasks",
  "quit",
];

/**
 * Leaves the language of 2017 without `forbidden`, and of what a script may look for with a literal `typeof` what is
 * `kept`. Gives what was touched, by name, with where; it grows with the run.
 */
export function setTraps(globals, kept) {
  const touched = new Map();
  removeNewer(globals, kept);
  for (const name of forbidden) trap(globals, name, name, touched);
  // The way to `new Function` that needs no global.
  const functions = [
    function plain() {},
    function* generator() {},
    async () => {},
    async function* both() {},
  ];
  for (const one of functions) trap(Object.getPrototypeOf(one), "constructor", "Function", touched);
  return touched;
}

function removeNewer(globals, kept) {
  for (const name of [...Object.getOwnPropertyNames(globals), ...shellNames]) {
    if (globalNames.has(name) || kept.includes(name)) continue;
    if (!Reflect.deleteProperty(globals, name)) throw new Error(`${name} cannot be removed`);
  }
  // No engine lets go of a well-known symbol.
  for (const [, holder, key] of newerThan2017()) Reflect.deleteProperty(holder, key);
}

function trap(holder, key, name, touched) {
  const touch = () => {
    const error = new TypeError(`${name} was touched, which a mini-game does not have`);
    if (!touched.has(name)) touched.set(name, error.stack);
    throw error;
  };
  Object.defineProperty(holder, key, { get: touch, set: touch, configurable: false, enumerable: false });
}
