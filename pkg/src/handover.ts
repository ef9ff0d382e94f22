// What the core hands over while one of its functions runs (src/wasm.rs). The glue imports this file; core.ts takes
// the things away as soon as the function has returned. Nothing here may throw: an exception that passes through the
// wasm would keep it from freeing what it allocated.

import { decodeList, type ReadRow } from "./lists.ts";

let failure: string | undefined;
let readRow: ReadRow | undefined;
let list: unknown[] | undefined;
let broken: unknown;

/** Called by the core with the JSON of its error. */
export function fail(error: string): void {
  failure = error;
}

/** Called by the core with a list, as views of its memory that end with the call. */
export function takeSpans(table: Uint32Array, ascii: Uint8Array, wide: Uint16Array): void {
  try {
    list = readRow && decodeList(table, ascii, wide, readRow);
  } catch (error) {
    broken = error;
  }
}

/** Says how the entries of the next list are to be read. */
export function expectList(read: ReadRow | undefined): void {
  readRow = read;
}

/** What was handed over since the last time. */
export function takeHandedOver(): {
  failure: string | undefined;
  list: unknown[] | undefined;
  broken: unknown;
} {
  const handedOver = { failure, list, broken };
  failure = readRow = list = broken = undefined;
  return handedOver;
}
