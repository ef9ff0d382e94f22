// Mini-game hosts fail the request that is one too many, so it waits here for its turn.

import type { Signal } from "./abort.ts";

/** The host counts the requests of the whole program, so all clients share what is under way. */
let underWay = 0;
const waiting: (() => void)[] = [];

/** Waits until fewer than `limit` requests are under way. Gives the function that ends the turn; rejects with the signal's reason. */
export async function turn(limit: number, signal: Signal): Promise<() => void> {
  while (underWay >= limit) await nextChange(signal);
  return hold();
}

/** Takes a place, whoever waits for one. Gives the function that frees it, once, however often it is called. */
export function hold(): () => void {
  let isHeld = true;
  underWay++;
  return () => {
    if (!isHeld) return;
    isHeld = false;
    underWay--;
    // All look again, since each may have a limit of its own; the first comes first.
    for (const look of waiting.splice(0)) look();
  };
}

function nextChange(signal: Signal): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = () => {
      waiting.splice(waiting.indexOf(look), 1);
      reject(signal.reason);
    };
    const look = () => {
      signal.removeEventListener("abort", onAbort);
      resolve();
    };
    waiting.push(look);
    signal.addEventListener("abort", onAbort);
  });
}
