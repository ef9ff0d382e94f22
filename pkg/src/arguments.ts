import { requestError, typeName } from "./errors.ts";

/** A number that goes into the core as it is; the core judges its value. @throws `request` */
export function number(field: string, value: unknown): number {
  if (typeof value !== "number") throw requestError(field, "a number", typeName(value));
  return value;
}

/** @throws `request`, or what `refuse` makes */
export function boolean(field: string, value: unknown, refuse = requestError): boolean {
  if (typeof value !== "boolean") throw refuse(field, "true or false", typeName(value));
  return value;
}

/** @throws `request`, or what `refuse` makes */
export function object<T>(field: string, value: T, refuse = requestError): T & object {
  if (typeof value !== "object" || value === null) throw refuse(field, "an object", typeName(value));
  return value;
}

/** A text that goes into the core as it is. @throws `request` */
export function text(field: string, value: unknown): string {
  if (typeof value !== "string") throw requestError(field, "a string", typeName(value));
  return value;
}
