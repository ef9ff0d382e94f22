import type { ArgumentKind } from "./arguments.ts";
import { argumentError, isMsdkError, typeName } from "./errors.ts";

/** A caller's value as JSON, for the core to read. @throws `kind`, where JSON cannot hold it */
export function toJson(field: string, value: unknown, kind: ArgumentKind = "request"): string {
  try {
    // Of a Map, of URLSearchParams, of Headers JSON makes an empty object; a list is none of what is passed here.
    if (Object(value) === value && Symbol.iterator in (value as object)) throw value;
    const json = JSON.stringify(value);
    // It makes null of a number that it cannot hold, and null counts as absent. Looked at one by one only then: that takes
    // three times as long.
    if (json?.includes("null")) {
      JSON.stringify(value, (name, member: unknown) => {
        if (typeof member !== "number" || Number.isFinite(member)) return member;
        throw argumentError(kind, name || field, "a finite number", String(member));
      });
    }
    if (json !== undefined) return json;
  } catch (error) {
    if (isMsdkError(error)) throw error;
    // A cycle, a BigInt or a getter that throws. What JSON says of it quotes the value.
  }
  throw argumentError(kind, field, "a plain object that JSON can hold", typeName(value));
}
