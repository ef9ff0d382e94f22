import { configError, typeName } from "./errors.ts";
import type { HeaderRecord } from "./types.ts";

const NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
/** What a header may carry; a line break would begin another one. */
const VALUE = /^[\t\x20-\x7E\x80-\xFF]*$/;

/** @throws `config`: not an object of strings, or a name or a value that no header can have. */
export function checkHeaderRecord(headers: unknown): HeaderRecord {
  const allowed = "an object of strings that headers can carry";
  // Maps and Headers have entries of their own, which an object's walk would pass over in silence.
  if (typeof headers !== "object" || headers === null || Symbol.iterator in headers) {
    throw configError("headers", allowed, typeName(headers));
  }
  for (const [name, value] of Object.entries(headers)) {
    if (!NAME.test(name) || typeof value !== "string" || !VALUE.test(value)) {
      throw configError("headers", allowed, "a name or a value that is none");
    }
  }
  return headers as HeaderRecord;
}
