/** Masks a call's secrets in a text. */
export type Redact = (text: string) => string;

/** Below this only whole words are masked: an openid such as "1" would otherwise tear every number apart. */
const MIN_LENGTH = 6;

/**
 * Masks secrets wherever they occur, also as JSON, JSON inside JSON, a URL or a form spells them. `secrets` may grow
 * later.
 */
export const redactor =
  (secrets: readonly unknown[]): Redact =>
  (text) =>
    secrets
      .filter((secret) => typeof secret === "string")
      // The longest first, so that a secret inside another one does not leave the other's rest behind.
      .sort((a, b) => b.length - a.length)
      .reduce(mask, text);

// A secret is taken for runs of characters with gaps between, where it has backslashes or blanks: as JSON, a URL or a
// form spells those, they may be many. Each place of the pattern matches in one way only, and it does not begin with a
// repetition: otherwise a text that nearly matches would take for ever. What is left of an escape in front says nothing.
const RUNS = /[^\\\s\ud800-\udfff]+/gu;
const GAP = "(?:\\\\[nrt]?|[\\s+]|%(?:0[9AD]|20|5C))*";
/** Anywhere else backslashes belong to an escape. */
const ANY_ESCAPE = "\\\\*";

function mask(text: string, secret: string): string {
  const runs = secret.match(RUNS)?.map((run) => Array.from(run, spellings).join(ANY_ESCAPE));
  if (!runs) return text;
  const isWord = secret.length < MIN_LENGTH;
  // What stands in front is captured and put back, since older Safaris know no look-behind.
  const pattern = `(${isWord ? "^|\\W" : ""})${runs.join(GAP)}${isWord ? "(?!\\w)" : ""}`;
  return text.replace(new RegExp(pattern, "gi"), "$1***");
}

/** One character as it is, as JSON escapes it (but for the backslash), or as a URL does. */
function spellings(character: string): string {
  const units = character.split("").map((unit) => `u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
  const inUrl = encodeURIComponent(character).replace(/^[^%]/, `%${units[0]?.slice(-2)}`);
  return `(?:\\${units.join("\\")}|${units.join(ANY_ESCAPE)}|${inUrl})`;
}

/** How many causes of causes are kept. */
const MAX_CAUSES = 4;

/**
 * A copy of what was thrown that holds nothing but masked text: errors may hold URLs, headers or whole requests, and
 * anything can be thrown.
 */
export function redacted(thrown: unknown, redact: Redact, depth = 0): unknown {
  if (Object(thrown) !== thrown) return redact(String(thrown));
  const copy = new Error();
  for (const name of ["name", "message", "stack", "code", "cause"]) {
    try {
      const value = (thrown as Record<string, unknown>)[name];
      if (value === undefined || depth > MAX_CAUSES) continue;
      Object.defineProperty(copy, name, { value: redacted(value, redact, depth + 1) });
    } catch {
      // Its getters may throw too.
    }
  }
  return copy;
}
