/** Ends a call: its `signal` goes into the call's options. */
export type Signal = AbortSignal;

export const createAbort = (): AbortController => new AbortController();
