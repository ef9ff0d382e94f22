/** `Retry-After` in milliseconds, below 0 for a date that has passed; NaN where it says nothing. */
export function retryAfterMs(header: string | null | undefined, now: () => number): number {
  if (!header) return Number.NaN;
  if (/^\s*\d+\s*$/.test(header)) return Number(header) * 1000;
  // A date on the wire ends so; what else `Date.parse` would take for one says nothing.
  return header.endsWith("GMT") ? Date.parse(header) - now() : Number.NaN;
}
