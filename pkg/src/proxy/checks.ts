// How one option is checked. All errors are `config`, name the option and quote nothing of its value.

import { argumentError, expect, isWholeNumber, typeName } from "../facade.ts";

export const isFunction = (value: unknown): boolean => typeof value === "function";
export const isObject = (value: unknown): boolean => typeof value === "object" && value !== null;

export const check = <T>(value: T, isRight: (value: unknown) => boolean, field: string, allowed: string): T =>
  expect(value, isRight(value), field, allowed, "config");

export const oneOf = <T>(field: string, value: T, allowed: readonly T[]): T =>
  check(value, (given) => allowed.includes(given as T), field, allowed.join(" or "));

export const wholeNumber = (field: string, value: number, most: number, least = 1): number =>
  check(
    value,
    (given) => isWholeNumber(given, least, most),
    field,
    `a whole number from ${least} to ${most}`,
  );

/** What the paths begin with: "" or "/msdk". */
export const pathOf = (field: string, path: string): string =>
  check(path, (value) => /^(\/[\w.~-]+)*$/.test(String(value)), field, 'a path such as "/msdk"');

const list = <T>(field: string, value: readonly T[]): readonly T[] =>
  check(value, Array.isArray, field, "an array");

/** A list whose items `read` understands. */
export function namesOf<T extends string>(
  field: string,
  names: readonly T[],
  allowed: string,
  read: (name: string) => T | undefined,
): T[] {
  return list(field, names).map((name, index) => {
    const item = typeof name === "string" ? read(name) : undefined;
    if (item !== undefined) return item;
    const given = typeof name === "string" ? "another text" : typeName(name);
    throw argumentError("config", `${field}[${index}]`, allowed, given);
  });
}

/** A list of some of the names in `allowed`. */
export const someOf = <T>(field: string, values: readonly T[], allowed: readonly T[]): T[] =>
  list(field, values).map((value, index) => oneOf(`${field}[${index}]`, value, allowed));
