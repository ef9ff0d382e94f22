import { setTimeout as delay } from "node:timers/promises";

/** Far above what anything here takes on a machine that does other things too. */
const PATIENCE_MS = 10_000;

/** Waits for what is bound to happen soon. Rejects, saying what did not. */
export async function until(what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
  const endsAt = performance.now() + PATIENCE_MS;
  while (!(await isSo())) {
    if (performance.now() > endsAt) throw new Error(`in vain it was waited that ${what}`);
    await delay(5);
  }
}
