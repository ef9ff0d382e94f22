// Reads answers as one does by hand: decode, JSON.parse, look.
//
// Where the contract asks for more than JSON.parse can give, the twin differs, and the tests keep away from it:
// - an integer literal above 2^53 in an identifier has lost digits before the twin sees it;
// - a number that is written in another way than as plain digits (1.0, 1e2, -0) is the same as the plain one here;
// - JSON.parse knows no limit of depth (64) and does not say where a document is broken;
// - of a key that stands twice the first value is gone, so that the twin cannot refuse it;
// - a U+FFFD in an identifier may have been there, or may stand for broken UTF-8: the twin takes it for the latter.

import { maskGender } from "./channels.ts";
import { errorOfRet, errorOfStatus, malformed } from "./errors.ts";

declare global {
  // ES2024, in Node since 20.
  interface String {
    isWellFormed(): boolean;
    toWellFormed(): string;
  }
}

const decoder = new TextDecoder();

type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(decoder.decode(bytes));
  } catch {
    return undefined;
  }
}

function integer(value: unknown): number | undefined {
  const number = typeof value === "string" && /^-?\d+$/.test(value) ? Number(value) : value;
  return Number.isInteger(number) ? (number as number) : undefined;
}

/** A text for display: what is broken in it becomes U+FFFD, a number its digits, null is absent. */
function display(value: unknown, path: () => string): string | undefined {
  if (typeof value === "string") return value.toWellFormed();
  if (value === undefined || value === null) return undefined;
  if (typeof value === "number") return String(value);
  throw malformed(path());
}

function identifier(value: unknown, path: () => string): string {
  if (typeof value === "string" && value !== "" && value.isWellFormed() && !value.includes("\uFFFD"))
    return value;
  if (typeof value === "number" && Number.isInteger(value) && value >= 0) return String(value);
  throw malformed(path());
}

/** The answer, once `ret` is known to be 0. */
function open(bytes: Uint8Array, status: number): { answer: Json; seq: string | undefined } {
  const answer = parse(bytes);
  const ret = isObject(answer) ? integer(answer.ret) : undefined;
  const seq = isObject(answer) ? display(answer.seq, () => "seq") : undefined;
  if (isObject(answer) && ret) {
    throw errorOfRet(ret, display(answer.msg, () => "msg") ?? "", seq);
  }
  if (status < 200 || status > 299) throw errorOfStatus(status);
  if (!isObject(answer)) throw malformed();
  if (ret === undefined) throw malformed("ret");
  return { answer, seq };
}

export interface Friend {
  openid: string;
  userName: string;
  displayName: string;
  gender: 0 | 1 | 2;
  pictureUrl: string;
  nickName?: string;
  remark?: string;
  country?: string;
  province?: string;
  city?: string;
  language?: string;
}

export interface FriendList {
  friends: Friend[];
  degraded: boolean;
  seq?: string;
}

const isMiscasedLists = (key: string) => key !== "lists" && key.toLowerCase() === "lists";

export function readFriendList(
  bytes: Uint8Array,
  channel: number,
  useRemark = false,
  status = 200,
): FriendList {
  const { answer, seq } = open(bytes, status);
  const lists = answer.lists ?? [];
  if (!Array.isArray(lists)) throw malformed("lists");
  const miscased = Object.keys(answer).find(isMiscasedLists);
  if (miscased !== undefined) throw malformed(miscased);

  const friends = lists.map((friend, index) => readFriend(friend, index, channel, useRemark));
  const list: FriendList = { friends, degraded: answer.is_lost === 1 || answer.is_lost === "1" };
  if (seq !== undefined) list.seq = seq;
  return list;
}

function readFriend(raw: unknown, index: number, channel: number, useRemark: boolean): Friend {
  if (!isObject(raw)) throw malformed(`lists[${index}]`);
  const openid = identifier(raw.openid, () => `lists[${index}].openid`);
  const text = (name: string) => display(raw[name], () => `lists[${index}].${name}`);
  const userName = text("user_name") ?? "";
  const nickName = text("nick_name");
  const remark = text("friend_remark");
  const friend: Friend = {
    openid,
    userName,
    displayName: (useRemark && remark) || nickName || userName,
    gender: maskGender(channel, raw.gender),
    pictureUrl: text("picture_url") ?? "",
  };
  if (nickName !== undefined) friend.nickName = nickName;
  if (remark !== undefined) friend.remark = remark;
  const country = text("country");
  if (country !== undefined) friend.country = country;
  const province = text("provice");
  if (province !== undefined) friend.province = province;
  const city = text("city");
  if (city !== undefined) friend.city = city;
  const language = text("language");
  if (language !== undefined) friend.language = language;
  return friend;
}

export interface RecallFriendsList {
  friends: { sopenid: string; nickName: string; pictureUrl: string }[];
  modelId?: number;
  sendList?: string[];
  seq?: string;
}

export function readRecallFriendsList(bytes: Uint8Array, status = 200): RecallFriendsList {
  const { answer, seq } = open(bytes, status);
  const result = answer.result ?? {};
  if (!isObject(result)) throw malformed("result");
  const list: RecallFriendsList = {
    friends: array(result.friend_list ?? [], "result.friend_list").map(readRecallFriend),
  };
  if (result.model_id !== undefined && result.model_id !== null) {
    const modelId = integer(result.model_id);
    if (modelId === undefined) throw malformed("result.model_id");
    list.modelId = modelId;
  }
  if (result.send_list !== undefined && result.send_list !== null) {
    list.sendList = array(result.send_list, "result.send_list").map((entry) =>
      typeof entry === "string" ? entry : JSON.stringify(entry),
    );
  }
  if (seq !== undefined) list.seq = seq;
  return list;
}

function array(value: unknown, path: string): unknown[] {
  if (Array.isArray(value)) return value;
  throw malformed(path);
}

function readRecallFriend(raw: unknown, index: number) {
  const path = `result.friend_list[${index}]`;
  if (!isObject(raw)) throw malformed(path);
  return {
    sopenid: identifier(raw.sopenid, () => `${path}.sopenid`),
    nickName: display(raw.nick_name, () => `${path}.nick_name`) ?? "",
    pictureUrl: display(raw.head_img_url, () => `${path}.head_img_url`) ?? "",
  };
}

/** At the top, as the seed's sample has it, or inside `result`, as its table says. */
export function readSopenid(bytes: Uint8Array, status = 200): { sopenid: string; seq?: string } {
  const { answer, seq } = open(bytes, status);
  const nested = isObject(answer.result) ? answer.result.sopenid : undefined;
  const sopenid =
    answer.sopenid === undefined && nested !== undefined
      ? identifier(nested, () => "result.sopenid")
      : identifier(answer.sopenid, () => "sopenid");
  return { sopenid, ...(seq !== undefined && { seq }) };
}

/** What share and ark_share return. */
export function readReceipt(bytes: Uint8Array, status = 200): { seq?: string } {
  const { seq } = open(bytes, status);
  return seq === undefined ? {} : { seq };
}
