import { requestError, typeName } from "./errors.ts";

/** A text that goes into the core as it is. @throws `request` */
export function text(field: string, value: unknown): string {
  if (typeof value !== "string") throw requestError(field, "a string", typeName(value));
  return value;
}
