import { attach, imports, isReady } from "./core.ts";
import { MsdkError } from "./errors.ts";

/** `WebAssembly.Module`, where the program's libraries know it: those of a server may not. */
export type WasmModule = typeof globalThis extends { WebAssembly: { Module: { prototype: infer Module } } }
  ? Module
  : object;

/** Where the wasm comes from: its address, its bytes, an answer that holds them, or the compiled module. */
export type WasmSource = URL | string | ArrayBuffer | ArrayBufferView<ArrayBuffer> | Response | WasmModule;

/** Finds the wasm when the caller names none: each entry has its own way. */
export type FindWasm = () => WasmSource | Promise<WasmSource>;

/** Loads the wasm; needed only for the pure functions. Rejects with `config` and what to do. */
export type Init = (source?: WasmSource | Promise<WasmSource>) => Promise<void>;

let loading: Promise<void> | undefined;

/** {@link Init} with the entry's own way to the wasm. Loads once; a failure is not kept, the next call tries again. */
export function load(source: WasmSource | Promise<WasmSource> | undefined, find: FindWasm): Promise<void> {
  // A promise that is not waited for must not end a Node process when it rejects.
  Promise.resolve(source).catch(() => {});
  if (isReady()) return Promise.resolve();
  loading ??= loadOnce(source, find).finally(() => {
    loading = undefined;
  });
  return loading;
}

async function loadOnce(source: WasmSource | Promise<WasmSource> | undefined, find: FindWasm): Promise<void> {
  try {
    attach(await instantiate(await (source ?? find())));
  } catch (cause) {
    throw loadError(cause);
  }
}

async function instantiate(source: WasmSource): Promise<WebAssembly.Instance> {
  if (source instanceof WebAssembly.Module) return WebAssembly.instantiate(source, imports());
  if (typeof source === "string" || isUrl(source)) return fromResponse(await fetch(source));
  if (isResponse(source)) return fromResponse(source);
  return (await WebAssembly.instantiate(source as BufferSource, imports())).instance;
}

const isUrl = (source: object): source is URL => "href" in source;
const isResponse = (source: object): source is Response => "arrayBuffer" in source;

async function fromResponse(response: Response): Promise<WebAssembly.Instance> {
  if (!response.ok) throw new Error(`HTTP status ${response.status} for ${response.url}`);
  // Streaming compiles while it loads, but refuses what servers without the right MIME type send.
  const streams =
    response.headers.get("content-type") === "application/wasm" && WebAssembly.instantiateStreaming;
  if (streams) return (await WebAssembly.instantiateStreaming(response, imports())).instance;
  return (await WebAssembly.instantiate(await response.arrayBuffer(), imports())).instance;
}

function loadError(cause: unknown): MsdkError {
  const text = String((cause as Error | undefined)?.message ?? cause);
  return new MsdkError({
    kind: "config",
    message: `the wasm core did not load: ${advice(text)}`,
    field: "init",
    cause,
  });
}

function advice(text: string): string {
  if (/Content Security Policy|unsafe-eval|code generation|disallowed by embedder/i.test(text)) {
    return "the page's Content-Security-Policy forbids it. Add 'wasm-unsafe-eval' to script-src";
  }
  if (/magic/i.test(text)) {
    return (
      "what came is not the wasm file, probably a page of the server. Pass its address to init(); " +
      "in Vite, exclude msdk-friends in optimizeDeps"
    );
  }
  return `${text}. Pass the address of msdk_friends.wasm, its bytes or the module to init(), or use msdk-friends/inline`;
}
