// What the tests of bad arguments share: values that no type allows, and the error that they have to bring.
import assert from "node:assert/strict";
import { isMsdkError, type MsdkError } from "msdk-friends";

/** The error that a function has to throw; anything but an MsdkError fails. */
export function thrown(run: () => unknown): MsdkError {
  let result: unknown;
  try {
    result = run();
  } catch (error) {
    assert.ok(isMsdkError(error), `not an MsdkError: ${error}`);
    return error;
  }
  assert.fail(`no error, but ${String(result)}`);
}

/** Whatever a caller without types may pass. */
export const loose = <T>(value: unknown) => value as T;

export const cycle: Record<string, unknown> = {};
cycle.self = cycle;

export function show(value: unknown): string {
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value !== "object" || value === null) return String(value);
  return value === cycle ? "a cycle" : `${value.constructor?.name} ${Object.keys(value)}`;
}
