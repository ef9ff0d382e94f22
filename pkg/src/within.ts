import { createAbort, type Signal } from "#host/abort.ts";
import { type ErrorParts, MsdkError } from "./errors.ts";

/** The longest wait that a timer takes; above it fires at once. */
export const MAX_TIMEOUT_MS = 2 ** 31 - 1;

/**
 * Does `work` until it is done, its time is over or `parent` aborts, whichever comes first: the promise settles then,
 * whatever the work does later, and neither timer nor listener is left. The work gets a signal of its own, and not one
 * of `AbortSignal.any` or `.timeout`, which older hosts lack.
 *
 * @param option the option that says how long `ms` is
 */
export function within<T>(
  option: string,
  ms: number,
  parent: Signal | undefined,
  work: (signal: Signal) => Promise<T>,
): Promise<T> {
  let close: () => void;
  const done = new Promise<T>((resolve, reject) => {
    const controller = createAbort();
    const stop = (parts: ErrorParts) => {
      const error = new MsdkError(parts);
      reject(error);
      controller.abort(error);
    };
    const onAbort = () =>
      stop({ kind: "aborted", message: "the caller ended the call", cause: parent?.reason });
    const onTimeout = () =>
      stop({ kind: "timeout", message: `no whole answer within ${option} (${ms} ms)`, retryable: true });

    const timer = setTimeout(onTimeout, ms);
    close = () => {
      clearTimeout(timer);
      parent?.removeEventListener("abort", onAbort);
    };
    parent?.addEventListener("abort", onAbort);
    if (parent?.aborted) onAbort();
    else work(controller.signal).then(resolve, reject);
  });
  const closed = () => close();
  done.then(closed, closed);
  return done;
}

/** A wait that `signal` ends too: work that is never done. */
export const wait = (ms: number, signal: Signal): Promise<void> =>
  within("", ms, signal, () => new Promise<never>(() => {})).catch(() => {});
