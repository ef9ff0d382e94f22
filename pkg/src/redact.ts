import { plainText } from "./spelling.ts";

/** Masks a call's secrets in a text. */
export type Redact = (text: string) => string;

/** Below this only whole words are masked: an openid such as "1" would otherwise tear every number apart. */
const MIN_LENGTH = 6;

/**
 * Masks secrets wherever they occur, also as JSON, JSON inside JSON, a URL or a form spells them. `secrets` may grow
 * later. Never throws, and takes time in proportion to the text: both may come from elsewhere, and may be long.
 */
export const redactor =
  (secrets: readonly unknown[]): Redact =>
  (text) => {
    const { text: plain, from, to } = plainText(text);
    const searched = inLowerCase(plain);
    const found: [start: number, end: number][] = [];
    for (const secret of secrets) {
      const wanted = typeof secret === "string" ? inLowerCase(plainText(secret).text) : "";
      if (!wanted) continue;
      for (let at = searched.indexOf(wanted); at >= 0; at = searched.indexOf(wanted, at + 1)) {
        const start = from[at] as number;
        const end = to[at + wanted.length - 1] as number;
        const isPart = /\w/.test(text.charAt(start - 1)) || /\w/.test(text.charAt(end));
        if (!isPart || wanted.length >= MIN_LENGTH) found.push([start, end]);
      }
    }

    let masked = "";
    let rest = 0;
    for (const [start, end] of found.sort(([a], [b]) => a - b)) {
      if (start > rest || !masked) masked += `${text.slice(rest, start)}***`;
      rest = Math.max(rest, end);
    }
    return masked + text.slice(rest);
  };

/** Letter by letter, so that places stay what they are. */
const inLowerCase = (text: string): string => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());

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
