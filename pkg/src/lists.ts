// Makes plain objects of a list that the core has read (src/spans.rs). It comes in batches of two texts each, which are
// decoded once and then sliced: that is what makes it faster than one value crossing for every string.

import type { Friend, RecallFriend } from "./types.ts";

/** What a row says of a text: its length in code units, times 4, and one of these; 0 is an absent text (src/spans.rs). */
const ASCII = 1;

/** Makes one entry of its texts, in the order of the core's names, and of the row's first number. */
export type ReadRow = (texts: readonly (string | undefined)[], head: number) => unknown;

/** How many texts a row has (src/record.rs). */
const TEXTS = 9;

export function readBatch(
  rows: Uint32Array,
  asciiText: string,
  wideText: string,
  readRow: ReadRow,
  into: unknown[],
): void {
  let ascii = 0;
  let wide = 0;
  const texts: (string | undefined)[] = [];
  for (let at = 0; at < rows.length; ) {
    const head = rows[at++] as number;
    for (let index = 0; index < TEXTS; index++) {
      const number = rows[at++] as number;
      const length = number >>> 2;
      if (number === 0) texts[index] = undefined;
      else if (number & ASCII) {
        texts[index] = asciiText.slice(ascii, ascii + length);
        ascii += length;
      } else {
        texts[index] = wideText.slice(wide, wide + length);
        wide += length;
      }
    }
    into.push(readRow(texts, head));
  }
}

// Places in the order of the core's names (src/endpoints/friend_list.rs).
const NICK_NAME = 3;
const REMARK = 4;

export const readFriend: ReadRow = (texts, head) => {
  const [openid, userName = "", pictureUrl = "", nickName, remark, country, province, city, language] = texts;
  // Which of the texts it is, the core has decided.
  const shown = head >> 2;
  const displayName = shown === REMARK ? remark : shown === NICK_NAME ? nickName : userName;
  const friend: Friend = {
    openid: openid as string,
    userName,
    displayName: displayName as string,
    gender: (head & 3) as Friend["gender"],
    pictureUrl,
  };
  if (nickName !== undefined) friend.nickName = nickName;
  if (remark !== undefined) friend.remark = remark;
  if (country !== undefined) friend.country = country;
  if (province !== undefined) friend.province = province;
  if (city !== undefined) friend.city = city;
  if (language !== undefined) friend.language = language;
  return friend;
};

export const readRecallFriend: ReadRow = ([sopenid, nickName = "", pictureUrl = ""]): RecallFriend => ({
  sopenid: sopenid as string,
  nickName,
  pictureUrl,
});
