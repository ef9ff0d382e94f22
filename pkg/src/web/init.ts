// The wasm where there is WebAssembly.

import { type Instance, imports } from "../core.ts";
import { loadOnce } from "../loading.ts";

/** `WebAssembly.Module`, where the program's libraries know it: those of a server may not. */
export type WasmModule = typeof globalThis extends { WebAssembly: { Module: { prototype: infer Module } } }
  ? Module
  : object;

/** Where the wasm comes from: its address, its bytes, an answer that holds them, or the compiled module. */
export type WasmSource = URL | string | ArrayBuffer | ArrayBufferView<ArrayBuffer> | Response | WasmModule;

/** Finds the wasm when the caller names none: each entry has its own way. */
type FindWasm = () => WasmSource | Promise<WasmSource>;

/** Loads the wasm; needed only for the pure functions. Rejects with `config` and what to do. */
export type Init = (source?: WasmSource | Promise<WasmSource>) => Promise<void>;

/** {@link Init} with the entry's own way to the wasm. */
export function load(source: WasmSource | Promise<WasmSource> | undefined, find: FindWasm): Promise<void> {
  // A promise that is not waited for must not end a Node process when it rejects.
  Promise.resolve(source).catch(() => {});
  return loadOnce(async () => instantiate(await (source ?? find())), advice);
}

async function instantiate(source: WasmSource): Promise<Instance> {
  if (source instanceof WebAssembly.Module) return WebAssembly.instantiate(source, imports());
  if (typeof source === "string" || isUrl(source)) return fromResponse(await fetch(source));
  if (isResponse(source)) return fromResponse(source);
  return (await WebAssembly.instantiate(source as BufferSource, imports())).instance;
}

const isUrl = (source: object): source is URL => "href" in source;
const isResponse = (source: object): source is Response => "arrayBuffer" in source;

async function fromResponse(response: Response): Promise<Instance> {
  if (!response.ok) throw new Error(`HTTP status ${response.status} for ${response.url}`);
  // Streaming compiles while it loads, but refuses what servers without the right MIME type send.
  const streams =
    response.headers.get("content-type") === "application/wasm" && WebAssembly.instantiateStreaming;
  if (streams) return (await WebAssembly.instantiateStreaming(response, imports())).instance;
  return (await WebAssembly.instantiate(await response.arrayBuffer(), imports())).instance;
}

function advice(text: string): string {
  if (typeof WebAssembly === "undefined") return "there is no WebAssembly here: use msdk-friends/wasm2js";
  if (/Content Security Policy|\bCSP\b|unsafe-eval|code generation|disallowed by embedder/i.test(text)) {
    return (
      "the page's Content-Security-Policy forbids it. Add 'wasm-unsafe-eval' to script-src, or use " +
      "msdk-friends/wasm2js; in an edge worker pass the imported module to init()"
    );
  }
  if (/magic/i.test(text)) {
    return (
      "this is not the wasm file, probably a page of the server. Pass the file's address to init(); " +
      "in Vite, exclude msdk-friends in optimizeDeps"
    );
  }
  return `${text}. Pass the address of msdk_friends.wasm, its bytes or the module to init(), or use msdk-friends/inline`;
}
