/** For a call, all included: below the 5000 of a client's attempt. */
export const DEFAULT_TIMEOUT_MS = 4500;
