// AbortController's part that is needed, for hosts that have none.

/** What is used of an `AbortSignal`; one of the host's own will do. */
export interface Signal {
  readonly aborted: boolean;
  readonly reason?: unknown;
  addEventListener(type: "abort", listener: () => void): void;
  removeEventListener(type: "abort", listener: () => void): void;
}

/** Ends a call: its `signal` goes into the call's options. */
export interface Abort {
  readonly signal: Signal;
  abort(reason?: unknown): void;
}

/** `new AbortController()`, for hosts that have none. */
export function createAbort(): Abort {
  const listeners = new Set<() => void>();
  const signal = {
    aborted: false,
    reason: undefined as unknown,
    addEventListener: (_: "abort", listener: () => void) => void listeners.add(listener),
    removeEventListener: (_: "abort", listener: () => void) => void listeners.delete(listener),
  };
  return {
    signal,
    abort(reason = new Error("This operation was aborted")) {
      if (signal.aborted) return;
      signal.aborted = true;
      signal.reason = reason;
      const all = Array.from(listeners);
      listeners.clear();
      for (const listener of all) tell(listener);
    },
  };
}

/** What a listener throws is nobody else's business, but it is not lost. */
function tell(listener: () => void): void {
  try {
    listener();
  } catch (error) {
    setTimeout(() => {
      throw error;
    }, 0);
  }
}
