// The process behind a bare V8: a context with nothing but the language, in which no text becomes code and no bytes
// become wasm. What WebAssembly there is belongs to the realm outside, as with a vendor's own API.

import { readFileSync } from "node:fs";
import { createContext, Script } from "node:vm";

import { insidePath, insideText } from "./bare-outside.mjs";

const context = createContext(Object.create(null), { codeGeneration: { strings: false, wasm: false } });
const run = (text, filename) => new Script(text, { filename }).runInContext(context);
const send = (text) => process.send(text);

const receive = run(insideText, insidePath)({ send, run, readFile: readFileSync, WebAssembly });
process.on("message", receive);
// Nobody hears of it inside.
process.on("unhandledRejection", (error) =>
  send(JSON.stringify({ failure: `unhandled: ${error?.stack ?? error}` })),
);
// Nobody is left to ask.
process.on("disconnect", () => process.exit());
