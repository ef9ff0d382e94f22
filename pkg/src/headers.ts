import type { HeaderRecord } from "./types.ts";

const NAME = /^[\w!#$%&'*+.^`|~-]+$/;
/** What a header may carry; a line break would begin another one. */
const VALUE = /^[\t -~\x80-\xff]*$/;

export const HEADERS = "an object of strings that headers can carry";

/** Whether every fetch can send these headers. */
export function areHeaders(headers: unknown): headers is HeaderRecord {
  return (
    typeof headers === "object" &&
    headers !== null &&
    // Maps and Headers have entries of their own, which an object's walk would pass over in silence.
    !(Symbol.iterator in headers) &&
    Object.entries(headers).every(
      ([name, value]) => NAME.test(name) && typeof value === "string" && VALUE.test(value),
    )
  );
}
