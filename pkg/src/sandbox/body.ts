// Reading the request body. A `msg` names fields and kinds of value, never a value: bodies hold credentials.
import { Refusal, Ret } from "./refusal.ts";
import type { JsonObject } from "./wire.ts";

/** The members of the body, which must be a JSON object. */
export function fieldsOf(body: Buffer): JsonObject {
  if (body.length === 0) throw new Refusal(Ret.BodyEmpty, "http body is empty: a JSON object is wanted");
  const value = parsed(body);
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new Refusal(Ret.BodyNotJson, `http body is ${kindOf(value)}: a JSON object is wanted`);
  }
  return value as JsonObject;
}

function parsed(body: Buffer): unknown {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    throw new Refusal(Ret.BodyNotJson, "http body is not UTF-8");
  }
  if (text.startsWith("\ufeff"))
    throw new Refusal(Ret.BodyNotJson, "http body starts with a byte order mark");
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own message quotes the body.
    throw new Refusal(Ret.BodyNotJson, `http body is not JSON (${body.length} bytes)`);
  }
}

/** Refuses a missing or empty string. */
export function requireText(fields: JsonObject, name: string): string {
  const text = optionalText(fields, name);
  if (text === undefined) throw lacking(name, "is missing");
  if (text === "") throw lacking(name, "is empty");
  return text;
}

/** Refuses anything but a string where the field is present; `undefined` where it is absent. */
export function optionalText(fields: JsonObject, name: string): string | undefined {
  const value = member(fields, name);
  if (value === undefined || typeof value === "string") return value;
  const reason =
    typeof value === "number" && name.endsWith("openid")
      ? "is a number: send it as a string, numbers above 2^53 lose digits"
      : `is ${kindOf(value)}: a string is wanted`;
  throw invalidField(name, reason);
}

/** Refuses a missing field and anything but a whole number. */
export function requireInteger(fields: JsonObject, name: string, why: string): number {
  const value = optionalInteger(fields, name);
  if (value === undefined) throw lacking(name, `is missing: ${why}`);
  return value;
}

/** Refuses anything but a whole number where the field is present. */
export function optionalInteger(fields: JsonObject, name: string): number | undefined {
  const value = member(fields, name);
  if (value === undefined) return undefined;
  if (typeof value === "number" && Number.isSafeInteger(value)) return value;
  throw invalidField(
    name,
    `is ${typeof value === "number" ? "a fraction" : kindOf(value)}: a whole number is wanted`,
  );
}

export function invalidField(name: string, reason: string): Refusal {
  return new Refusal(Ret.BodyInvalidParameter, `invalid param in body: ${name} ${reason}`);
}

export function lacking(name: string, reason: string): Refusal {
  return new Refusal(Ret.BodyLacksParameter, `lack param in http body: ${name} ${reason}`);
}

/** The field's own value; what objects inherit, such as `constructor`, is none. */
export function member(fields: JsonObject, name: string): unknown {
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}

export function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}
