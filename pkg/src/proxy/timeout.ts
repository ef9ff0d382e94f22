/** How long a store of limits may take. */
export const MAX_STORE_MS = 1000;

/** Whoever was asked did not answer in time. */
export class TimeoutError extends Error {
  override readonly name = "TimeoutError";

  constructor(readonly ms: number) {
    super(`no answer within ${ms} ms`);
  }
}

/** Rejects with a {@link TimeoutError} where the answer takes longer than that. */
export function inTime<T>(answer: Promise<T>, ms: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout>;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TimeoutError(ms)), ms);
  });
  return Promise.race([answer, tooLate]).finally(() => clearTimeout(timer));
}
