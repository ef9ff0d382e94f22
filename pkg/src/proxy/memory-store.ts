import { expect } from "../facade.ts";
import type { Hits, LimitStore } from "./limits.ts";

interface Window {
  count: number;
  readonly endsAt: number;
}

/** In the order in which they began. */
type Windows = Map<string, Window>;

/**
 * The limits of one process, in its memory.
 *
 * @param maxKeys how many players are remembered, and how many addresses; beyond that the oldest windows are forgotten, so
 * that strangers cannot fill the memory
 * @throws `config`, where `maxKeys` is no number from 1
 */
export function memoryStore(maxKeys = 100_000, now: () => number = Date.now): LimitStore {
  expect(maxKeys, typeof maxKeys === "number" && maxKeys >= 1, "maxKeys", "a number from 1", "config");
  /** Apart, so that a flood of addresses makes no player forgotten. */
  const addresses: Windows = new Map();
  const others: Windows = new Map();

  const forget = (windows: Windows, time: number) => {
    for (const [key, { endsAt }] of windows) {
      if (endsAt > time && windows.size <= maxKeys) return;
      windows.delete(key);
    }
  };

  return {
    hit(key, windowMs): Hits {
      const time = now();
      const windows = key.startsWith("address:") ? addresses : others;
      let window = windows.get(key);
      if (!window || window.endsAt <= time) {
        windows.delete(key);
        window = { count: 0, endsAt: time + windowMs };
        windows.set(key, window);
        forget(windows, time);
      }
      window.count++;
      return { count: window.count, resetMs: window.endsAt - time };
    },
  };
}
