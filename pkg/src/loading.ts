import { attach, type Instance, isReady } from "./core.ts";
import { isMsdkError, MsdkError } from "./errors.ts";

let loading: Promise<void> | undefined;

/**
 * Starts the core once; a failure is not kept, the next call tries again. Rejects with `config`.
 *
 * @param advise what to do about a failure, which it gets the text of
 */
export function loadOnce(start: () => Promise<Instance>, advise: (text: string) => string): Promise<void> {
  if (isReady()) return Promise.resolve();
  loading ??= begin(start, advise);
  return loading;
}

/** Whatever was thrown: vendors throw objects of their own. */
export const textOf = (cause: unknown): string => String((cause as Error | undefined)?.message ?? cause);

async function begin(start: () => Promise<Instance>, advise: (text: string) => string): Promise<void> {
  try {
    attach(await start());
  } catch (cause) {
    if (isMsdkError(cause)) throw cause;
    const message = `the wasm core did not load: ${advise(textOf(cause))}`;
    throw new MsdkError({ kind: "config", message, field: "init", cause });
  } finally {
    loading = undefined;
  }
}
