// The core's functions as they are: synchronous, usable after `await init()`.

import { boolean, number, object, text } from "./arguments.ts";
import { bytesOf } from "./bytes.ts";
import type { Channel } from "./constants.ts";
import * as core from "./core.ts";
import { type EndpointName, requestError, typeName } from "./errors.ts";
import { toJson } from "./json.ts";
import { readFriend } from "./lists.ts";
import type { FriendList } from "./types.ts";

/** A request as it is signed: every query parameter but `sig`, and the exact text that is sent. */
export interface CanonicalInput {
  path: string;
  query: Readonly<Record<string, string | number>>;
  body: string;
}

export interface CanonicalRequest {
  /** `name=value` joined by `&`, sorted by name in ascending byte order. */
  canonicalQuery: string;
  /** `path + "?" + canonicalQuery + body`; the key never in it. */
  text: string;
}

/** @throws `request`, naming the parameter. */
export function canonicalRequest(input: CanonicalInput): CanonicalRequest {
  const { path, query, body } = object("the argument", input);
  const whole = core.canonicalText(text("path", path), toJson("query", query), text("body", body));
  return { canonicalQuery: whole.slice(path.length + 1, whole.length - body.length), text: whole };
}

/** The signature, 32 lower-case hex digits. @throws `request`, naming the parameter. */
export function sign(input: CanonicalInput & { key: string }): string {
  const { path, query, body, key } = object("the argument", input);
  return core.signParameters(
    text("path", path),
    toJson("query", query),
    text("body", body),
    text("key", key),
  );
}

export interface ParseOptions {
  channel: Channel;
  /** As in the client's options. */
  useRemark?: boolean;
}

/** Reads an answer of friend_list. @throws whatever the backend refused, or `malformed_response`. */
export function parseFriendList(
  answer: Uint8Array | ArrayBuffer | string,
  options: ParseOptions,
): FriendList {
  const { useRemark = false, ...rest } = object("options", options);
  const channel = number("channel", rest.channel);
  const bytes = bytesOf(answer);
  if (!bytes) throw requestError("answer", "bytes or a string", typeName(answer));
  return core.readAnswer("friend_list", {
    status: 200,
    bytes,
    channel,
    useRemark: boolean("useRemark", useRemark),
    readRow: readFriend,
  });
}

/** The gender that may be shown of one that arrived: 0 on QQ and every overseas channel, and for what is not 1 or 2. */
export function maskGender(channel: Channel, gender: number): 0 | 1 | 2 {
  return core.maskGender(number("channel", channel), number("gender", gender)) as 0 | 1 | 2;
}

/** QQ's template as `extra` carries it: without comments and blanks, percent-encoded once. @throws `request` */
export function packArkExtra(template: object | string): string {
  return core.packArkExtra(toJson("extra", { extra: template }));
}

/** The platform's limits on sharing (seed, 4.3 and 5.3): its own to count and to change. */
export interface ShareLimits {
  structured: {
    pairPerDay: number;
    receiverPerDay: number;
    receiverPerWeek: number;
    senderPerDay: number;
    senderPerWeek: number;
  };
  ark: {
    receiverPerDay: number;
    receiverPerDayFromOneSender: number;
    senderPerDay: number;
    senderPerWeek: number;
  };
  /** Delivered at these times of the platform's day. */
  publicAccount: { receiverPerDay: number; deliveredAt: string[] };
  /** Longer texts, in UTF-8 bytes, may be cut. */
  textHints: { titleBytes: number; summaryBytes: number; targetUrlBytes: number };
}

export function shareLimits(): ShareLimits {
  return core.shareLimits();
}

export interface EndpointInfo {
  name: EndpointName;
  /** What is signed, and appended to the base URL. */
  path: string;
  /** Whether a call may be sent twice, and so whether it is retried. */
  idempotent: boolean;
  /** Empty where it serves all. */
  channels: Channel[];
  /** The fields that identify somebody, or prove who it is: masked in errors. */
  secrets: string[];
  /** Its chapter of the platform's page. */
  seed: string;
}

export function endpoints(): EndpointInfo[] {
  return core.endpoints().map((line) => {
    const [name, path = "", seed = "", idempotent, secrets = "", channels = ""] = line.split(" ");
    const items = (list: string) => list.split(",").filter((item) => item !== "");
    return {
      name: name as EndpointName,
      path,
      idempotent: idempotent === "1",
      channels: items(channels).map(Number),
      secrets: items(secrets),
      seed,
    };
  });
}
