// What keeps the process alive, so that a test can tell whether a call left something behind.
import assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";

export type Resources = ReadonlyMap<string, number>;

export function activeResources(): Resources {
  const counts = new Map<string, number>();
  for (const name of process.getActiveResourcesInfo()) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

/** How long the closing of sockets may take, and the timers of a sandbox that go with them. */
const CLOSING_MS = 500;

/** Calls under test need time limits well above {@link CLOSING_MS}, or a timer that is left ends unseen. */
export async function assertNothingLeft(before: Resources): Promise<void> {
  const deadline = performance.now() + CLOSING_MS;
  while (added(before).length > 0 && performance.now() < deadline) await delay(5);
  assert.deepEqual(added(before), []);
}

export function assertNoNewTimer(before: Resources): void {
  assert.deepEqual(
    added(before).filter((resource) => resource.startsWith("Timeout")),
    [],
  );
}

function added(before: Resources): string[] {
  return [...activeResources()]
    .map(([name, count]) => ({ name, more: count - (before.get(name) ?? 0) }))
    .filter(({ more }) => more > 0)
    .map(({ name, more }) => `${name}: ${more} more`);
}
