// The ARK template as `extra` carries it (seed, 5.4): comments and blanks removed, then percent-encoded once.

import { requestError } from "./errors.ts";

// A string is matched whole, so that what looks like a comment in it stays.
const STRING_OR_COMMENT = /"(?:[^"\\]|\\[\s\S])*"|\/\/[^\n\r]*|\/\*[\s\S]*?\*\//g;
const STRING_OR_BLANKS = /"(?:[^"\\]|\\[\s\S])*"|[ \t\n\r]+/g;

export function packArkExtra(template: unknown): string {
  const text = typeof template === "string" ? template.replace(/^\uFEFF/, "") : JSON.stringify(template);
  if (typeof text !== "string") throw requestError("extra");
  // A blank in place of a comment: without it, two tokens could become one.
  const json = text.replace(STRING_OR_COMMENT, (found) => (found.startsWith("/") ? " " : found));
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw requestError("extra");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw requestError("extra");
  const compact = json.replace(STRING_OR_BLANKS, (found) => (found.startsWith('"') ? found : ""));
  if (!compact.isWellFormed()) throw requestError("extra");
  return encodeURIComponent(compact);
}
