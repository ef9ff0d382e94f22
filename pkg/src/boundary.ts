// The wasm's memory: how texts get in and out. The only file that encodes and decodes.

interface Exports {
  readonly memory: WebAssembly.Memory;
  /** Makes room for arguments and gives its address; all that an earlier call handed over is gone. */
  room(bytes: number): number;
}

let wasm: Exports;
let bytes: Uint8Array<ArrayBuffer>;
const encoder = /* @__PURE__ */ lazily(() => new TextEncoder());
// A byte order mark in front is part of a name here.
const decoder = /* @__PURE__ */ lazily(() => new TextDecoder("utf-8", { ignoreBOM: true }));

/** A host without one must be able to import this file, and an import has no effects. */
function lazily<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

export function attachMemory(exports: Exports): void {
  wasm = exports;
  bytes = new Uint8Array(wasm.memory.buffer);
}

/** The memory as it is now: growing detaches what was seen of it before. */
function memory(): Uint8Array {
  if (bytes.length === 0) bytes = new Uint8Array(wasm.memory.buffer);
  return bytes;
}

/** Writes arguments end to end where the core looks for them, and gives the places where each one ends. */
export function put(texts: readonly (string | Uint8Array)[]): number[] {
  let most = 0;
  // A UTF-16 code unit takes three bytes at most.
  for (const text of texts) most += typeof text === "string" ? 3 * text.length : text.length;
  const start = wasm.room(most);
  const into = memory();
  let at = start;
  const ends: number[] = [];
  for (const text of texts) {
    if (typeof text === "string") at += encoder().encodeInto(text, into.subarray(at)).written;
    else {
      into.set(text, at);
      at += text.length;
    }
    ends.push(at - start);
  }
  return ends;
}

export const textAt = (address: number, length: number): string =>
  decoder().decode(memory().subarray(address, address + length));

/** A view that ends with the call. */
export const numbersAt = (address: number, length: number): Uint32Array =>
  new Uint32Array(memory().buffer, address, length);
