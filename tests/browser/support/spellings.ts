// The ways in which bytes may spell a text, and the search for all of them.

/** Bytes that were loaded, stored or sent, and where. */
export interface Piece {
  readonly where: string;
  readonly bytes: Uint8Array;
}

/** What a spelling is called, and the text or the bytes that it makes. */
const SPELLINGS: Readonly<Record<string, (text: string) => Iterable<string | Buffer>>> = {
  plain: (text) => [text],
  "Latin-1": (text) => [Buffer.from(text, "latin1")],
  "UTF-16, little end first": (text) => [Buffer.from(text, "utf16le")],
  "UTF-16, big end first": (text) => [Buffer.from(text, "utf16le").swap16()],
  "URL-encoded": (text) => [encodeURIComponent(text)],
  "form-encoded": (text) => [new URLSearchParams([["", text]]).toString().slice(1)],
  "URL-encoded to the last byte": (text) => [each(Buffer.from(text), (byte) => `%${hex(byte, 2)}`)],
  base64: (text) => atEachOffset(text, "base64"),
  base64url: (text) => atEachOffset(text, "base64url"),
  hex: (text) => [Buffer.from(text).toString("hex")],
  "JSON string": (text) => [JSON.stringify(text).slice(1, -1)],
  "JSON inside JSON": (text) => [JSON.stringify(JSON.stringify(text)).slice(3, -3)],
  "Unicode escapes": (text) => [each(unitsOf(text), (unit) => `\\u${hex(unit, 4)}`)],
  "byte escapes": (text) => [each(Buffer.from(text), (byte) => `\\x${hex(byte, 2)}`)],
  "HTML, its special signs": (text) =>
    [/[&<>]/g, /[&<>"]/g].map((signs) => text.replace(signs, (sign) => NAMED[sign] ?? sign)),
  "HTML, hexadecimal": (text) => [each(unitsOf(text), (unit) => `&#x${unit.toString(16)};`)],
  "HTML, decimal": (text) => [each(unitsOf(text), (unit) => `&#${unit};`)],
  "numbers of bytes": (text) => [[...Buffer.from(text)].join(",")],
  "numbers of characters": (text) => [unitsOf(text).join(",")],
};

const NAMED: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

const hex = (number: number, width: number) => number.toString(16).padStart(width, "0");
const unitsOf = (text: string) => Array.from(text, (sign) => sign.charCodeAt(0));
const each = (numbers: Iterable<number>, spell: (number: number) => string) =>
  Array.from(numbers, spell).join("");

/** What stands in base64 where the text begins at a triple's first, second and third byte, and whatever is around it. */
function* atEachOffset(text: string, encoding: "base64" | "base64url"): Generator<string> {
  const bytes = Buffer.from(text);
  for (const offset of [0, 1, 2]) {
    const all = Buffer.concat([Buffer.alloc(offset), bytes]);
    const first = Math.ceil((offset * 8) / 6);
    const whole = Math.floor((all.length * 8) / 6);
    yield all.toString(encoding).slice(first, whole);
  }
}

export interface Spelled {
  readonly spelling: string;
  readonly bytes: Buffer;
}

export const spelledInAllWays = (text: string): Spelled[] =>
  Object.entries(SPELLINGS).flatMap(([spelling, spell]) =>
    Array.from(spell(text), (made) => ({ spelling, bytes: Buffer.from(made as string) })),
  );

/** Which spellings of a text the bytes hold, in upper or lower case. */
export function spellingsIn({ bytes }: Piece, text: string): string[] {
  const searched = caseless(bytes);
  return spelledInAllWays(text)
    .filter((spelled) => searched.includes(caseless(spelled.bytes)))
    .map(({ spelling }) => spelling);
}

/** A character a byte, and no letter in upper case. */
const caseless = (bytes: Uint8Array) =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1").toLowerCase();
