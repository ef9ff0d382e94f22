// Strict reading of a body: what JSON.parse takes in silence, such as a name twice, two readers may understand differently.

import { badRequest } from "./refusal.ts";

export type JsonObject = Record<string, unknown>;

/** The deepest request has an object inside an object; ARK's template is a text. */
const MAX_DEPTH = 4;

/** @throws Refusal */
export function objectOf(bytes: Uint8Array): JsonObject {
  const text = textOf(bytes);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // Its message quotes the body.
    throw badRequest("the body is not JSON");
  }
  if (!isObject(value)) throw badRequest("the body is not a JSON object");
  checkStructure(text);
  return value;
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw badRequest("the body is not UTF-8");
  }
}

/** Strings, and the signs between them. */
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],]/g;

/** Refuses a name that stands twice in an object, and too much depth, in a text that is JSON. */
function checkStructure(text: string): void {
  /** The names of each open object; of an array, none. */
  const open: (Set<string> | undefined)[] = [];
  let isName = false;
  for (const [token] of text.matchAll(TOKEN)) {
    const names = open.at(-1);
    if (token === "{" || token === "[") {
      open.push(token === "{" ? new Set() : undefined);
      if (open.length > MAX_DEPTH) throw badRequest(`the body is nested more than ${MAX_DEPTH} deep`);
      isName = token === "{";
    } else if (token === "}" || token === "]") {
      open.pop();
      isName = false;
    } else if (token === ",") {
      isName = names !== undefined;
    } else if (isName && names) {
      const name = JSON.parse(token) as string;
      if (names.has(name)) throw badRequest("a name stands twice in an object of the body");
      names.add(name);
      isName = false;
    }
  }
}

/** The first thing in `given` that does not stand in `written` unchanged, as a path such as `channel_info.act`. */
export function firstDifference(given: JsonObject, written: JsonObject, parent = ""): string | undefined {
  for (const [name, value] of Object.entries(given)) {
    const other = Object.hasOwn(written, name) ? written[name] : undefined;
    const inner =
      isObject(value) && isObject(other) ? firstDifference(value, other, `${parent}${name}.`) : undefined;
    if (inner !== undefined) return inner;
    if (value !== other && !(isObject(value) && isObject(other))) return parent + name;
  }
  return undefined;
}

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);
