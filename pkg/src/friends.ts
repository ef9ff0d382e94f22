import type { Friend } from "./types.ts";

// How the core lays the list out (src/spans.rs): a row of numbers for each friend, `gender | display name << 2` and
// then start and end of each text in this order.
const TEXTS = 9;
const NICK_NAME = 3;
const ROW = 1 + 2 * TEXTS;
/** Set in a start that points into the wide text; a start of -1 (all bits) is an absent text. */
const WIDE = 1 << 31;

const OPTIONAL = ["nickName", "remark", "country", "province", "city", "language"] as const;

/** Called by the core while it reads a list. The arguments are views of its memory: nothing of them is kept. */
export function friendsFromSpans(table: Uint32Array, ascii: Uint8Array, wide: Uint16Array): Friend[] {
  const narrowText = new TextDecoder().decode(ascii);
  const wideText = new TextDecoder("utf-16le", { ignoreBOM: true }).decode(wide);
  const friends: Friend[] = [];

  const text = (row: number, field: number): string | undefined => {
    const start = (table[row + 1 + 2 * field] as number) | 0;
    if (start === -1) return undefined;
    const end = table[row + 2 + 2 * field] as number;
    return start < 0 ? wideText.slice(start ^ WIDE, end) : narrowText.slice(start, end);
  };

  for (let row = 0; row < table.length; row += ROW) {
    const head = table[row] as number;
    const displayField = head >> 2;
    const userName = text(row, 1) ?? "";
    const friend: Friend = {
      openid: text(row, 0) as string,
      userName,
      displayName: displayField === 1 ? userName : (text(row, displayField) as string),
      gender: (head & 3) as Friend["gender"],
      pictureUrl: text(row, 2) ?? "",
    };
    for (let field = NICK_NAME; field < TEXTS; field++) {
      const value = text(row, field);
      if (value !== undefined) friend[OPTIONAL[field - NICK_NAME] as (typeof OPTIONAL)[number]] = value;
    }
    friends.push(friend);
  }
  return friends;
}
