// What of others' words may be told: an openid, a token or a key may stand anywhere in the rest.

/** A name that a caller chose, where it looks like one. */
export const shown = (name: string, otherwise: string): string =>
  /^[a-z_.]{1,32}$/i.test(name) ? name : otherwise;

/** The name of what was thrown, where it looks like one. */
export const nameOf = (error: unknown): string =>
  error instanceof Error && /^[A-Za-z]{1,40}$/.test(error.name) ? error.name : typeof error;
