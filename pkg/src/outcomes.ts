import type { ErrorKind, ErrorParts } from "./errors.ts";
import type { Stopped } from "./scope.ts";
import type { IncomingAnswer } from "./transport.ts";

/** What is said of an attempt or a wait that was ended before its time. */
export function partsOfStop({ reason, limit, cause }: Stopped): ErrorParts {
  if (reason === "timeout")
    return { kind: "timeout", message: `no whole answer within ${limit}`, retryable: true };
  return { kind: "aborted", message: "the caller ended the call", cause };
}

/** The kinds of an answer that says no, as opposed to one that does not know. */
const REFUSALS: readonly ErrorKind[] = ["config", "request", "signature", "auth", "permission", "rate_limit"];

/** Whether the backend answered that it did not carry the call out. */
export function wasRefused({ kind, ret, status }: ErrorParts): boolean {
  return REFUSALS.includes(kind) && (ret !== undefined || status !== undefined);
}

/** `Retry-After` in milliseconds: seconds or a date on the wire. */
export function retryAfterMs(answer: IncomingAnswer | undefined, now: () => number): number | undefined {
  const header = answer?.retryAfter;
  if (!header) return undefined;
  if (/^\s*\d+\s*$/.test(header)) return Number(header) * 1000;
  // A date begins with the day's name; what else `Date.parse` would take for one says nothing.
  const ms = /^\s*(mon|tue|wed|thu|fri|sat|sun)/i.test(header) ? Date.parse(header) - now() : Number.NaN;
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}
