import type { Hits, LimitStore } from "./limits.ts";

interface Window {
  count: number;
  readonly endsAt: number;
}

/**
 * The limits of one process, in its memory.
 *
 * @param maxKeys how many players and addresses are remembered; beyond that the oldest windows are forgotten, so that
 * strangers cannot fill the memory
 */
export function memoryStore(maxKeys = 100_000, now: () => number = Date.now): LimitStore {
  /** In the order in which the windows began. */
  const windows = new Map<string, Window>();

  const forget = (time: number) => {
    for (const [key, { endsAt }] of windows) {
      if (endsAt > time && windows.size <= maxKeys) return;
      windows.delete(key);
    }
  };

  return {
    hit(key, windowMs): Hits {
      const time = now();
      let window = windows.get(key);
      if (!window || window.endsAt <= time) {
        windows.delete(key);
        window = { count: 0, endsAt: time + windowMs };
        windows.set(key, window);
        forget(time);
      }
      window.count++;
      return { count: window.count, resetMs: window.endsAt - time };
    },
  };
}
