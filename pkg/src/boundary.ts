// The wasm's memory: the only file that writes texts into it and reads them out of it.

import { decode, encodeInto } from "#host/codec.ts";

interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer };
  /** Makes room for arguments and gives its address; all that an earlier call handed over is gone. */
  room(bytes: number): number;
}

let wasm: Exports;
let bytes: Uint8Array<ArrayBuffer>;

export function attachMemory(exports: Exports): void {
  wasm = exports;
  bytes = new Uint8Array(wasm.memory.buffer);
}

/** The memory as it is now: growing puts another buffer in its place. */
function memory(): Uint8Array {
  if (bytes.buffer !== wasm.memory.buffer) bytes = new Uint8Array(wasm.memory.buffer);
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
    end = writeShortAscii(text, into, end) ?? end + encodeInto(text, into.subarray(end));
    ends.push(end - start);
  }
  if (bytes) {
    into.set(bytes, end);
    ends.push(end + bytes.length - start);
  }
  return ends;
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
  decode(memory().subarray(address, address + length));

/** A view that ends with the call. */
export const numbersAt = (address: number, length: number): Uint32Array =>
  new Uint32Array(memory().buffer, address, length);
