/** `Retry-After` in milliseconds, below 0 for a date that has passed; nothing where it says nothing. */
export function retryAfterMs(header: string, now: () => number): number | undefined {
  if (/^\s*\d+\s*$/.test(header)) return Number(header) * 1000;
  // A date on the wire ends so; what else `Date.parse` would take for one says nothing.
  if (!header.endsWith("GMT")) return undefined;
  try {
    return Date.parse(header) - now();
  } catch {
    // The caller's clock failed: that is no reason to lose the backend's answer.
    return undefined;
  }
}
