/** Masks a call's secrets in a text. */
export type Redact = (text: string) => string;

const MASK = "***";
/** Below this only whole words are masked: an openid such as "1" would otherwise tear every number apart. */
const MIN_LENGTH = 6;

/**
 * Masks secrets wherever they occur, also as JSON, JSON inside JSON, a URL or a form spells them. `secrets` may grow
 * later.
 */
export function redactor(secrets: readonly unknown[]): Redact {
  const patterns = new Map<string, RegExp>();
  const mask = (text: string, secret: string) => {
    // No spelling is shorter than the secret, and most texts are: that spares making its pattern.
    if (text.length < secret.length) return text;
    const pattern = patterns.get(secret) ?? patternOf(secret);
    patterns.set(secret, pattern);
    return text.replace(pattern, `$1${MASK}`);
  };
  return (text) => {
    const texts = secrets.filter((secret): secret is string => typeof secret === "string");
    const trimmed = texts.map((secret) => secret.trim()).filter((secret) => secret !== "");
    // The longest first, so that a secret inside another one does not leave the other's rest behind.
    return trimmed.sort((a, b) => b.length - a.length).reduce(mask, text);
  };
}

function patternOf(secret: string): RegExp {
  // A run of backslashes may be doubled and doubled again; elsewhere backslashes belong to an escape. Each place of the
  // pattern matches in one way only, and it does not begin with a repetition: otherwise a text that nearly matches
  // would take for ever. What is left of an escape in front says nothing.
  const spelled = secret.replace(/\\+|[^\\]+/g, (part, at: number) => {
    if (part.startsWith("\\")) return at > 0 ? "(?:\\\\|%5C)+" : "(?:\\\\|%5C)";
    const characters = Array.from(part, (character) => `(?:${spellingsOf(character).join("|")})`);
    return characters.join(ANY_ESCAPE);
  });
  // Captured and put back, since older Safaris know no look-behind.
  return new RegExp(secret.length < MIN_LENGTH ? `(^|[^\\w])${spelled}(?!\\w)` : `()${spelled}`, "gi");
}

const ANY_ESCAPE = "\\\\*";

/** One character, as it is or as something escapes it, without the escape's backslash. */
function spellingsOf(character: string): string[] {
  const asJson = JSON.stringify(character).slice(1, -1).replace(/^\\/, "");
  const spellings = [character, asJson, urlSpelling(character)].map(literally);
  spellings.push(unitsOf(character).join(ANY_ESCAPE));
  if (character === " ") spellings.push("\\+");
  return [...new Set(spellings)];
}

function urlSpelling(character: string): string {
  try {
    return encodeURIComponent(character);
  } catch {
    // A lone surrogate has no spelling in a URL.
    return character;
  }
}

/** The character's UTF-16 units as JSON spells them, without the backslash. */
const unitsOf = (character: string): string[] =>
  character.split("").map((unit) => `u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);

const literally = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");

/** How many causes of causes are kept. */
const MAX_CAUSES = 4;

/**
 * A copy of what was thrown that holds nothing but masked text: errors may hold URLs, headers or whole requests, and
 * anything can be thrown.
 */
export function redacted(thrown: unknown, redact: Redact, depth = 0): unknown {
  const { name, message, stack, code, cause } = fieldsOf(thrown);
  const copy = new Error(redact(message));
  const set = (key: string, value: unknown) =>
    Object.defineProperty(copy, key, { value, configurable: true });
  set("name", redact(name));
  set("stack", redact(stack));
  if (code !== undefined) set("code", redact(code));
  if (cause !== undefined && depth < MAX_CAUSES) set("cause", redacted(cause, redact, depth + 1));
  return copy;
}

interface ThrownFields {
  name: string;
  message: string;
  stack: string;
  code?: string;
  cause?: unknown;
}

/** What can be read of what was thrown: its getters may throw too. */
function fieldsOf(thrown: unknown): ThrownFields {
  const read = (key: string): unknown => {
    try {
      return (thrown as Record<string, unknown>)[key];
    } catch {
      return undefined;
    }
  };
  const text = (value: unknown, instead: string) => (typeof value === "string" ? value : instead);
  if (typeof thrown !== "object" || thrown === null) {
    const message = typeof thrown === "string" ? thrown : typeof thrown;
    return { name: "Error", message, stack: "" };
  }
  const code = read("code");
  return {
    name: text(read("name"), "Error"),
    message: text(read("message"), ""),
    stack: text(read("stack"), ""),
    ...(typeof code === "string" || typeof code === "number" ? { code: String(code) } : {}),
    cause: read("cause"),
  };
}
