// Makes plain objects of a list that the core has read (src/spans.rs). It comes in batches of two texts each, which are
// decoded once and then sliced: that is what makes it faster than one value crossing for every string.

import type { Friend, RecallFriend } from "./types.ts";

/** What a row says of a text: its length in code units, times 4, and one of these; 0 is an absent text. */
const ASCII = 1;

/** Makes one entry. `text` gives its texts one after the other, in the order of the core's names. */
export type ReadRow = (text: () => string | undefined, head: number) => unknown;

/** How many texts a row has. */
const TEXTS = 9;

export function readBatch(
  rows: Uint32Array,
  asciiText: string,
  wideText: string,
  readRow: ReadRow,
  into: unknown[],
): void {
  let at = 0;
  let ascii = 0;
  let wide = 0;
  const text = (): string | undefined => {
    const number = rows[at++] as number;
    if (number === 0) return undefined;
    const length = number >>> 2;
    if (number & ASCII) {
      ascii += length;
      return asciiText.slice(ascii - length, ascii);
    }
    wide += length;
    return wideText.slice(wide - length, wide);
  };
  while (at < rows.length) {
    const next = at + 1 + TEXTS;
    into.push(readRow(text, rows[at++] as number));
    at = next;
  }
}

const NICK_NAME = 3;
const REMARK = 4;

export const readFriend: ReadRow = (text, head) => {
  const openid = text() as string;
  const userName = text() ?? "";
  const pictureUrl = text() ?? "";
  const nickName = text();
  const remark = text();
  // Which of the texts it is, the core has decided.
  const shown = head >> 2;
  const displayName = shown === REMARK ? remark : shown === NICK_NAME ? nickName : userName;
  const friend: Friend = {
    openid,
    userName,
    displayName: displayName as string,
    gender: (head & 3) as Friend["gender"],
    pictureUrl,
  };
  if (nickName !== undefined) friend.nickName = nickName;
  if (remark !== undefined) friend.remark = remark;
  const country = text();
  if (country !== undefined) friend.country = country;
  const province = text();
  if (province !== undefined) friend.province = province;
  const city = text();
  if (city !== undefined) friend.city = city;
  const language = text();
  if (language !== undefined) friend.language = language;
  return friend;
};

export const readRecallFriend: ReadRow = (text): RecallFriend => ({
  sopenid: text() as string,
  nickName: text() ?? "",
  pictureUrl: text() ?? "",
});
