// The wasm's memory: the only file that writes texts into it and reads them out of it.

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

/** Writes arguments end to end where the core looks for them, the bytes last, and gives the places where each one ends. */
export function put(texts: readonly string[], bytes?: Uint8Array): number[] {
  // A UTF-16 code unit takes three bytes at most.
  let most = bytes ? bytes.length : 0;
  for (const text of texts) most += 3 * text.length;
  const start = wasm.room(most);
  const into = memory();
  const ends: number[] = [];
  let end = start;
  for (const text of texts) {
    end = writeShortAscii(text, into, end) ?? end + write(text, into.subarray(end));
    ends.push(end - start);
  }
  if (bytes) {
    into.set(bytes, end);
    ends.push(end + bytes.length - start);
  }
  return ends;
}

/** Writes any text, and gives its length in bytes. */
function write(text: string, into: Uint8Array): number {
  // Older hosts encode only into bytes of their own.
  if (typeof encoder().encodeInto === "function") return encoder().encodeInto(text, into).written;
  const bytes = encoder().encode(text);
  into.set(bytes);
  return bytes.length;
}

/** Up to this length a loop is faster than the browser's encoder, which takes half a microsecond to begin. */
const SHORT = 200;

/** Writes a text that is short and ASCII, as most are, and gives its end; undefined for any other. */
function writeShortAscii(text: string, into: Uint8Array, start: number): number | undefined {
  if (text.length > SHORT) return undefined;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit > 127) return undefined;
    into[start + index] = unit;
  }
  return start + text.length;
}

export const textAt = (address: number, length: number): string =>
  decoder().decode(memory().subarray(address, address + length));

/** A view that ends with the call. */
export const numbersAt = (address: number, length: number): Uint32Array =>
  new Uint32Array(memory().buffer, address, length);
