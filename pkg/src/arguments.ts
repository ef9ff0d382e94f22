import { argumentError, typeName } from "./errors.ts";

/** Which kind of error a wrong value is: a client's options are `config`, a call's arguments `request`. */
export type ArgumentKind = "config" | "request";

/** The value, where it is what is allowed. @throws `kind` */
export function expect<T>(
  value: unknown,
  isRight: boolean,
  field: string,
  allowed: string,
  kind: ArgumentKind = "request",
): T {
  if (isRight) return value as T;
  throw argumentError(kind, field, allowed, typeName(value));
}

/** A number that goes into the core as it is; the core judges its value. @throws `request` */
export const number = (field: string, value: unknown): number =>
  expect(value, typeof value === "number", field, "a number");

/** @throws `request` */
export const boolean = (field: string, value: unknown): boolean =>
  expect(value, typeof value === "boolean", field, "true or false");

/** @throws `kind` */
export const object = <T>(field: string, value: T, kind?: ArgumentKind): T & object =>
  expect(value, typeof value === "object" && value !== null, field, "an object", kind);

/** A text that goes into the core as it is. @throws `request` */
export const text = (field: string, value: unknown): string =>
  expect(value, typeof value === "string", field, "a string");
