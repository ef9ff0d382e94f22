// Makes plain objects of a list that the core has read (src/spans.rs). Each of the two texts is decoded once and then
// sliced, which is what makes it faster than one value crossing for every string.

import type { Friend, RecallFriend } from "./types.ts";

// A row of numbers for each entry: `gender | the display name's text << 2`, then start and end of each text.
const TEXTS = 9;
const ROW = 1 + 2 * TEXTS;
/** Set in a start that points into the wide text; a start of -1 (all bits) is an absent text. */
const WIDE = 1 << 31;

/** Makes one entry. `text` gives its texts in the order of the core's names; `head` is the row's first number. */
export type ReadRow = (text: (index: number) => string | undefined, head: number) => unknown;

export function decodeList(
  table: Uint32Array,
  ascii: Uint8Array,
  wide: Uint16Array,
  readRow: ReadRow,
): unknown[] {
  const narrowText = new TextDecoder().decode(ascii);
  // A byte order mark in front is part of a name here.
  const wideText = new TextDecoder("utf-16le", { ignoreBOM: true }).decode(wide);
  const entries: unknown[] = [];
  let row = 0;

  const text = (index: number): string | undefined => {
    const start = (table[row + 1 + 2 * index] as number) | 0;
    if (start === -1) return undefined;
    const end = table[row + 2 + 2 * index] as number;
    return start < 0 ? wideText.slice(start ^ WIDE, end) : narrowText.slice(start, end);
  };
  for (; row < table.length; row += ROW) entries.push(readRow(text, table[row] as number));
  return entries;
}

/** What a friend may lack, in the order of src/endpoints/friend_list.rs. */
const OPTIONAL = ["nickName", "remark", "country", "province", "city", "language"] as const;
const USER_NAME = 1;
const NICK_NAME = 3;

export const readFriend: ReadRow = (text, head) => {
  const userName = text(USER_NAME) ?? "";
  const displayName = head >> 2;
  const friend: Friend = {
    openid: text(0) as string,
    userName,
    displayName: displayName === USER_NAME ? userName : (text(displayName) as string),
    gender: (head & 3) as Friend["gender"],
    pictureUrl: text(2) ?? "",
  };
  OPTIONAL.forEach((name, index) => {
    const value = text(NICK_NAME + index);
    if (value !== undefined) friend[name] = value;
  });
  return friend;
};

export const readRecallFriend: ReadRow = (text): RecallFriend => ({
  sopenid: text(0) as string,
  nickName: text(1) ?? "",
  pictureUrl: text(2) ?? "",
});
