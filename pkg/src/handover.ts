// What the core hands over while one of its functions runs (src/wasm.rs). The glue imports this file; core.ts takes
// the things away as soon as the function has returned.

import { numbersAt, textAt } from "./boundary.ts";
import { type ReadRow, readBatch } from "./lists.ts";

let texts: string[] = [];
let failure: string | undefined;
let readRow: ReadRow | undefined;
let list: unknown[] = [];

/** Called by the core with a text that it answers with, or with the JSON of its error. */
export function takeText(address: number, length: number, isError: boolean): void {
  const text = textAt(address, length);
  if (isError) failure = text;
  else texts.push(text);
}

/** Called by the core with some entries of a list (src/spans.rs). */
export function takeBatch(
  rows: number,
  numbers: number,
  ascii: number,
  asciiLength: number,
  wide: number,
  wideLength: number,
  continues: boolean,
): void {
  if (!continues) list = [];
  if (readRow)
    readBatch(numbersAt(rows, numbers), textAt(ascii, asciiLength), textAt(wide, wideLength), readRow, list);
}

/** Forgets what was handed over before, and says how the entries of the next list are to be read. */
export function clear(read?: ReadRow): void {
  texts = [];
  list = [];
  failure = undefined;
  readRow = read;
}

/** What was handed over since. It is kept no longer: a body holds a token, a list may be long. */
export function handedOver() {
  const answer = { texts, failure, list };
  clear();
  return answer;
}
