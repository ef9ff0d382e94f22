// Random JSON documents, with all that JSON allows and some that it does not.
import type { Chance } from "./chance.ts";

/** Characters as a document may hold them, each already encoded for inside a JSON string. */
export const CHARACTERS = [
  ..."aZ09 _-/'<&{}[]:,",
  ...[
    "头像",
    "游戏",
    "é",
    "ß",
    "α",
    "\u00a0",
    "\u2028",
    "\ufeff",
    "\ufffd",
    "\u007f",
    "\u0800",
    "\uffff",
    "\ud7ff",
  ],
  ...["😀", "👩‍👩‍👧", "🦁", "\u{10000}", "\u{10ffff}"],
  ...['\\"', "\\\\", "\\/", "\\b", "\\f", "\\n", "\\r", "\\t"],
  ...[
    "\\u0000",
    "\\u001f",
    "\\u0041",
    "\\u00e9",
    "\\u4e2d",
    "\\uFEFF",
    "\\uffff",
    "\\uD83D\\uDE00",
    "\\ud83d\\ude00",
  ],
];

/** Broken ones: halves of surrogate pairs, in every neighbourhood. */
const HALVES = [
  "\\ud83d",
  "\\uDE00",
  "\\uD800\\uD800\\uDC00",
  "\\udc00\\ud800",
  "\\ud83dx",
  "\\ud83d\\n",
  "\\ud83d\\u0041",
];

/** Bytes that are no UTF-8; they stand as `\u{fdd0}hex\u{fdd1}` until the document is encoded. */
const RAW = [
  "80",
  "bf",
  "ff",
  "c3",
  "c080",
  "e4b8",
  "eda080",
  "f09f98",
  "f0808080",
  "f4908080",
  "f8",
  "e28228",
];

export const raw = (hex: string) => `\u{fdd0}${hex}\u{fdd1}`;

export function encodeDocument(document: string): Uint8Array {
  const parts = document.split(/\u{fdd0}([0-9a-f]*)\u{fdd1}/u);
  return new Uint8Array(
    Buffer.concat(parts.map((part, index) => Buffer.from(part, index % 2 ? "hex" : "utf8"))),
  );
}

export function jsonString(chance: Chance): string {
  const pieces = chance.times(chance.one(40) ? 400 : 10, () => {
    if (chance.one(20)) return chance.pick(HALVES);
    return chance.one(25) ? raw(chance.pick(RAW)) : chance.pick(CHARACTERS);
  });
  return `"${pieces.join("")}"`;
}

export function jsonValue(chance: Chance, depth: number): string {
  switch (chance.below(depth > 0 ? 8 : 5)) {
    case 0:
      return "null";
    case 1:
      return chance.pick(["true", "false"]);
    case 2:
      return chance.pick(["0", "-0", "-1", "1.5", "1e9", "9007199254740993", "1E-7"]);
    case 3:
    case 4:
      return jsonString(chance);
    case 5:
      return `[${chance.times(3, () => jsonValue(chance, depth - 1)).join(",")}]`;
    default:
      return jsonObject(
        chance,
        chance.times(3, () => [jsonString(chance), jsonValue(chance, depth - 1)]),
      );
  }
}

export const blank = (chance: Chance) => chance.pick(["", "", "", "", " ", "\n", "\t", "\r\n  "]);

export function jsonObject(chance: Chance, fields: readonly (readonly [string, string])[]): string {
  const members = fields.map(
    ([name, value]) => `${blank(chance)}${name}${blank(chance)}:${blank(chance)}${value}`,
  );
  return `{${members.join(",")}${blank(chance)}}`;
}

/** The name in quotes; now and then with escapes, which mean the same. */
export function jsonName(chance: Chance, name: string): string {
  if (!chance.one(30)) return `"${name}"`;
  return `"${[...name].map((letter) => (chance.one(3) ? `\\u00${letter.charCodeAt(0).toString(16)}` : letter)).join("")}"`;
}
