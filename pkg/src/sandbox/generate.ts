import { createHash } from "node:crypto";
import { QQ, WECHAT, type WireFriend } from "./wire.ts";

/** `count` friends in the shape of the channel. The same call always gives the same friends. */
export function generateFriends(count: number, channel: number): WireFriend[] {
  return Array.from({ length: count }, (_, index) => friendAt(index, channel));
}

function friendAt(index: number, channel: number): WireFriend {
  if (channel === WECHAT) return wechatFriend(index);
  return channel === QQ ? qqFriend(index) : overseasFriend(index, channel);
}

/** Seed 1.3: no gender and no country; nick_name and friend_remark only with permission. */
function wechatFriend(index: number): WireFriend {
  const scheme = every(13, index) ? "http" : "https";
  return {
    user_name: nameAt(index),
    ...pictureUrl(index, `${scheme}://wx.qlogo.cn/mmhead/${digest(WECHAT, index, "base64url")}`),
    ...(!every(10, index) && { provice: every(3, index) ? "广东" : "", city: every(3, index) ? "深圳" : "" }),
    ...(every(6, index) && { language: "zh_CN" }),
    openid: openidAt(index, WECHAT),
    ...(!every(4, index) && { nick_name: nameAt(index) }),
    ...(every(5, index) && { friend_remark: `备注 "${index + 1}"` }),
  };
}

function qqFriend(index: number): WireFriend {
  return {
    user_name: nameAt(index),
    ...(!every(8, index) && { gender: 0 }),
    ...pictureUrl(index, `https://thirdqq.qlogo.cn/qqopen/${digest(QQ, index, "hex")}/`),
    openid: openidAt(index, QQ),
  };
}

/** Genders are sent, so that a client that should mask them can be seen to do it. */
function overseasFriend(index: number, channel: number): WireFriend {
  return {
    user_name: nameAt(index),
    gender: (index % 3) as 0 | 1 | 2,
    ...pictureUrl(index, `https://avatars.example/${digest(channel, index, "hex")}.jpg`),
    ...(!every(4, index) && { country: "SG", language: "en" }),
    openid: openidAt(index, channel),
  };
}

const NAMES = [
  "张伟",
  "Alice",
  "李娜🎮",
  'José "Pepe" Núñez',
  "back\\slash / C:\\games",
  "김민준",
  "line\nbreak\tand tab",
  "さくら🌸",
  "𠮷野家",
  "<b>bold</b> & co",
  "👨‍👩‍👧 family",
  "مرحبا",
  "O'Neil",
  "Σ( ̄。 ̄ノ)ノ",
  "Zoe\u0308 \u200bzero width",
];

/** Names end in their number, so that each can be found again on a page. */
function nameAt(index: number): string {
  return `${NAMES[index % NAMES.length]} ${index + 1}`;
}

/** Now and then empty (no avatar), now and then absent. */
function pictureUrl(index: number, url: string): { readonly picture_url?: string } {
  if (every(11, index)) return {};
  return { picture_url: every(7, index) ? "" : url };
}

/** 20 digits, above 2^53, distinct: the factor has no divisor in common with 8 * 10^18. */
function openidAt(index: number, channel: number): string {
  const spread =
    (BigInt(index) * 2_862_933_555_777_941_757n + BigInt(channel) * 1_000_003n) % 8_000_000_000_000_000_000n;
  return String(10_000_000_000_000_000_000n + spread);
}

function digest(channel: number, index: number, encoding: "hex" | "base64url"): string {
  return createHash("sha256").update(`${channel}/${index}`).digest(encoding).slice(0, 43);
}

/** True for the n-th, 2n-th, 3n-th, ... friend. */
function every(n: number, index: number): boolean {
  return index % n === n - 1;
}
