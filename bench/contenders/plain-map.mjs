// The map that a careful team writes by hand: one pass, no closures, every check of the contract. Whatever is odd throws.

import { maskGender } from "../../tests/twin/channels.ts";

function odd() {
  throw new Error("not as documented");
}

/** A text for display: broken surrogates are repaired, a number is its digits, null is absent. */
function text(value) {
  if (typeof value === "string") return value.toWellFormed();
  if (value === undefined || value === null) return undefined;
  return typeof value === "number" ? String(value) : odd();
}

function identifier(value) {
  if (typeof value === "string" && value !== "" && value.isWellFormed() && !value.includes("\uFFFD")) {
    return value;
  }
  return Number.isInteger(value) && value >= 0 ? String(value) : odd();
}

/** The list of a parsed answer. @throws for everything that is not a list that can be shown. */
export function friendListOf(answer, channel) {
  if (answer.ret !== 0 && answer.ret !== "0") odd();
  const lists = answer.lists ?? [];
  if (!Array.isArray(lists)) odd();
  for (const key of Object.keys(answer)) if (key !== "lists" && key.toLowerCase() === "lists") odd();

  const showsGender = maskGender(channel, 1) === 1;
  const list = {
    friends: lists.map((raw) => friendOf(raw, showsGender)),
    degraded: answer.is_lost === 1 || answer.is_lost === "1",
  };
  const seq = text(answer.seq);
  if (seq !== undefined) list.seq = seq;
  return list;
}

function friendOf(raw, showsGender) {
  if (typeof raw !== "object" || raw === null || Array.isArray(raw)) odd();
  const { gender } = raw;
  const userName = text(raw.user_name) ?? "";
  const nickName = text(raw.nick_name);
  const friend = {
    openid: identifier(raw.openid),
    userName,
    displayName: nickName || userName,
    gender: showsGender && (gender === 1 || gender === 2) ? gender : 0,
    pictureUrl: text(raw.picture_url) ?? "",
  };
  if (nickName !== undefined) friend.nickName = nickName;
  const remark = text(raw.friend_remark);
  if (remark !== undefined) friend.remark = remark;
  const country = text(raw.country);
  if (country !== undefined) friend.country = country;
  const province = text(raw.provice);
  if (province !== undefined) friend.province = province;
  const city = text(raw.city);
  if (city !== undefined) friend.city = city;
  const language = text(raw.language);
  if (language !== undefined) friend.language = language;
  return friend;
}
