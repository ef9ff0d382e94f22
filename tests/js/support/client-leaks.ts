// Looks for a call's secrets in everything that a program could print of it.
import assert from "node:assert/strict";
import { inspect } from "node:util";
import type { Hooks, Logger } from "msdk-friends";

/** A secret, and the part of it that must not be seen even where its spelling is another. */
export type Markers = Readonly<Record<string, string>>;

const everything = { depth: 10, showHidden: true, maxStringLength: null, maxArrayLength: null } as const;

/** All texts that come out of a value, whichever way it is printed. */
export function textsOf(value: unknown): Map<string, string> {
  const texts = new Map<string, string>();
  texts.set("String()", String(value));
  texts.set("JSON.stringify()", JSON.stringify(value) ?? "");
  texts.set("util.inspect()", inspect(value));
  texts.set("util.inspect() of everything", inspect(value, everything));
  let link = value;
  for (let depth = 0; typeof link === "object" && link !== null && depth < 20; depth++) {
    for (const name of Reflect.ownKeys(link)) {
      const part: unknown = Reflect.get(link, name);
      if (name !== "cause") texts.set(`${".cause".repeat(depth)}.${String(name)}`, asText(part));
    }
    texts.set(`${".cause".repeat(depth)}.message`, asText((link as Error).message));
    link = (link as { cause?: unknown }).cause;
  }
  if (link !== undefined) texts.set("the last cause", asText(link));
  return texts;
}

const asText = (part: unknown) => (typeof part === "string" ? part : inspect(part, everything));

/** Fails where a marker is found, in either case, and says in which text, but does not print the text. */
export function assertNoMarker(markers: Markers, where: string, value: unknown): void {
  for (const [name, text] of textsOf(value)) {
    const lower = text.toLowerCase();
    for (const [secret, marker] of Object.entries(markers)) {
      if (marker === "" || !lower.includes(marker.toLowerCase())) continue;
      const at = lower.indexOf(marker.toLowerCase());
      assert.fail(
        `${where}: ${secret} is in ${name}: …${text.slice(Math.max(0, at - 60), at + marker.length + 20)}…`,
      );
    }
  }
}

/** Hooks and a logger that keep every argument. */
export function recorder() {
  const seen: unknown[] = [];
  const keep = (...args: unknown[]) => void seen.push(...args);
  const hooks: Hooks = { onRequest: keep, onResponse: keep, onRetry: keep, onError: keep };
  const logger: Logger = { debug: keep, info: keep, warn: keep, error: keep };
  return { seen, hooks, logger };
}
