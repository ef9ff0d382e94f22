/** Masks a call's secrets in a text. */
export type Redact = (text: string) => string;

const MASK = "***";

/**
 * Masks `secrets` wherever they occur, also as JSON or a URL spells them. Below six characters only whole words are
 * masked: an openid such as "1" would otherwise tear every number apart.
 */
export function redactor(secrets: readonly unknown[]): Redact {
  const spellings = new Set<string>();
  for (const secret of secrets) {
    if (typeof secret !== "string" || secret === "") continue;
    spellings.add(secret).add(JSON.stringify(secret).slice(1, -1));
    try {
      spellings.add(encodeURIComponent(secret));
    } catch {
      // A lone surrogate has no spelling in a URL.
    }
  }
  // The longest first, so that a secret inside another one does not leave the other's rest behind.
  const sorted = [...spellings].sort((a, b) => b.length - a.length);
  return (text) => sorted.reduce((masked, secret) => mask(masked, secret), text);
}

function mask(text: string, secret: string): string {
  if (secret.length >= 6) return text.split(secret).join(MASK);
  const pattern = secret.replace(/[^A-Za-z0-9]/g, "\\$&");
  return text.replace(new RegExp(pattern, "g"), (found, at: number) => {
    const inWord = /\w/.test(text.charAt(at - 1)) || /\w/.test(text.charAt(at + found.length));
    return inWord ? found : MASK;
  });
}

/** How many causes of causes are kept. */
const MAX_CAUSES = 4;

/** A copy of an error that holds nothing but masked text. What was thrown may hold URLs, headers or whole requests. */
export function redacted(thrown: unknown, redact: Redact, depth = 0): unknown {
  if (typeof thrown !== "object" || thrown === null) return redact(String(thrown));
  const { name, message, stack, code, cause } = thrown as Error & { code?: unknown; cause?: unknown };
  const copy = new Error(redact(String(message ?? "")));
  const set = (key: string, value: unknown) =>
    Object.defineProperty(copy, key, { value, configurable: true });
  set("name", redact(String(name ?? "Error")));
  set("stack", redact(String(stack ?? "")));
  if (typeof code === "string" || typeof code === "number") set("code", code);
  if (cause !== undefined && depth < MAX_CAUSES) set("cause", redacted(cause, redact, depth + 1));
  return copy;
}
