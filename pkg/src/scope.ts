/** Why an attempt or a call was ended before its time. */
export type StopReason = "aborted" | "timeout";

/** How long a scope may last, and the option that says so. */
export interface Limit {
  readonly option: "timeoutMs" | "totalTimeoutMs";
  readonly ms: number;
}

/** A stretch of work that can be ended from outside. */
export interface Scope {
  /** For whatever takes a signal. */
  readonly signal: AbortSignal;
  /** Throws {@link Stopped} once the scope has ended. */
  throwIfStopped(): void;
  /** Settles as `work` does, or rejects with {@link Stopped} as soon as the scope ends, whatever the work does then. */
  race<T>(work: Promise<T>): Promise<T>;
  /** Releases timer and listeners; every scope has to be closed. */
  close(): void;
}

/** Thrown by {@link Scope.race}. */
export class Stopped extends Error {
  constructor(
    readonly reason: StopReason,
    /** Which limit ran out, for a timeout. */
    readonly limit: string,
    /** The caller's own reason, when the caller ended it. */
    override readonly cause?: unknown,
  ) {
    // For a signer that looks at its signal's reason.
    super(`msdk-friends ended the attempt: ${reason}`);
  }
}

/**
 * A scope that ends after its limit, or when `parent` does. Its own signal and not `AbortSignal.any` or `.timeout`,
 * which older hosts lack.
 */
export function openScope(limit: Limit, parent?: AbortSignal): Scope {
  const controller = new AbortController();
  let stopped: Stopped | undefined;
  let onStop: (() => void) | undefined;

  const stop = (reason: Stopped) => {
    stopped ??= reason;
    controller.abort(reason);
    onStop?.();
  };
  const onParent = () => {
    // A call's scope is the parent of an attempt's: its reason passes through.
    const reason: unknown = parent?.reason;
    stop(reason instanceof Stopped ? reason : new Stopped("aborted", "", reason));
  };
  const timer = setTimeout(() => stop(new Stopped("timeout", `${limit.option} (${limit.ms} ms)`)), limit.ms);
  parent?.addEventListener("abort", onParent);
  if (parent?.aborted) onParent();

  return {
    signal: controller.signal,
    throwIfStopped: () => {
      if (stopped) throw stopped;
    },
    race: (work) =>
      new Promise((resolve, reject) => {
        onStop = () => reject(stopped);
        if (stopped) onStop();
        work.then(resolve, reject);
      }),
    close: () => {
      clearTimeout(timer);
      parent?.removeEventListener("abort", onParent);
    },
  };
}

/** A wait that the scope can end; it leaves no timer behind. */
export async function wait(ms: number, scope: Scope): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    await scope.race(new Promise<void>((resolve) => (timer = setTimeout(resolve, ms))));
  } finally {
    clearTimeout(timer);
  }
}
