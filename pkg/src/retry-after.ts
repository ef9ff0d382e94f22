/** `Retry-After` in milliseconds, below 0 for a date that has passed; nothing where it says nothing. */
export function retryAfterMs(header: string, now: () => number): number | undefined {
  if (/^\s*\d+\s*$/.test(header)) return Number(header) * 1000;
  // A date on the wire ends so; what else `Date.parse` would take for one says nothing.
  return header.endsWith("GMT") ? Date.parse(header) - now() : undefined;
}
