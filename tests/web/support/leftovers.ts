// What a client leaves in a page: timers that are set, and listeners on signals.
import type { Page } from "playwright-core";

/** Counts from now on. */
export const watchLeftovers = (page: Page): Promise<unknown> =>
  page.evaluate(`
    timers = new Set();
    listeners = 0;
    const [set, clear] = [setTimeout, clearTimeout];
    setTimeout = (callback, ms) => {
      const id = set(() => { timers.delete(id); callback(); }, ms);
      timers.add(id);
      return id;
    };
    clearTimeout = (id) => { timers.delete(id); clear(id); };
    const { addEventListener, removeEventListener } = EventTarget.prototype;
    AbortSignal.prototype.addEventListener = function (...given) {
      listeners++;
      return addEventListener.apply(this, given);
    };
    AbortSignal.prototype.removeEventListener = function (...given) {
      listeners--;
      return removeEventListener.apply(this, given);
    };
  `);

export const leftovers = (page: Page): Promise<unknown> =>
  page.evaluate("({ timers: timers.size, listeners })");
