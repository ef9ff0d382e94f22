import { fieldsOf, invalidField, requireInteger, requireText } from "./body.ts";
import type { FriendSource } from "./friends.ts";
import { Refusal, Ret } from "./refusal.ts";
import { recallSample, sopenidSample } from "./samples.ts";
import { checkArkShare, checkShare, checkSubChannel } from "./share.ts";
import { type Answer, type JsonObject, QQ, WECHAT } from "./wire.ts";

export type EndpointName = "friend_list" | "recall_friends_list" | "get_sopenid" | "share" | "ark_share";

/** One endpoint of the seed page: what it asks of a body beyond openid and token, and what it answers. */
export interface Endpoint {
  readonly name: EndpointName;
  readonly path: string;
  /** The channels that have it; absent where all do. */
  readonly channels?: readonly number[];
  check(fields: JsonObject, channel: number): void;
  /** The answer without `seq`. Called with fields that passed `check`. */
  answer(call: Call): Answer;
}

interface Call {
  readonly channel: number;
  readonly fields: JsonObject;
  readonly friendsOf: FriendSource;
}

export const ENDPOINTS: readonly Endpoint[] = [
  {
    name: "friend_list",
    path: "/v2/friend/friend_list",
    check: checkSubChannel,
    answer: friendList,
  },
  {
    name: "recall_friends_list",
    path: "/v2/friend/recall_friends_list",
    channels: [WECHAT, QQ],
    check: checkRecall,
    answer: ({ channel }) => ({ ret: 0, msg: "success", result: recallSample(channel) }),
  },
  {
    name: "get_sopenid",
    path: "/v2/profile/get_sopenid",
    channels: [WECHAT, QQ],
    check: () => {},
    answer: ({ channel }) => ({ ret: 0, msg: "success", sopenid: sopenidSample(channel) }),
  },
  {
    name: "share",
    path: "/v2/friend/share",
    channels: [QQ],
    check: checkShare,
    answer: () => ({ ret: 0, msg: "success!" }),
  },
  {
    name: "ark_share",
    path: "/v2/friend/ark_share",
    channels: [QQ],
    check: checkArkShare,
    answer: () => ({ ret: 0, msg: "success!" }),
  },
];

export function endpointAt(path: string): Endpoint | undefined {
  return ENDPOINTS.find((endpoint) => endpoint.path === path);
}

/** Checks the body of a call and returns its members. */
export function checkCall(endpoint: Endpoint, channel: number, body: Buffer): JsonObject {
  if (endpoint.channels && !endpoint.channels.includes(channel)) {
    const served = endpoint.channels.map((id) => (id === QQ ? "QQ (2)" : "WeChat (1)")).join(" and ");
    throw new Refusal(
      Ret.InvalidChannel,
      `invalid channelid: ${endpoint.name} is for ${served}, not for ${channel}`,
    );
  }
  const fields = fieldsOf(body);
  requireText(fields, "openid");
  requireText(fields, "token");
  endpoint.check(fields, channel);
  return fields;
}

/** Seed 1.3: without in-game friends there is no `lists`; `is_lost` is QQ's. */
function friendList({ channel, fields, friendsOf }: Call): Answer {
  const shown = typeof fields.sub_channelid === "number" ? fields.sub_channelid : channel;
  const friends = friendsOf(shown);
  return {
    ret: 0,
    msg: "",
    ...(friends.length > 0 && { lists: friends }),
    ...(shown === QQ && { is_lost: 0 }),
  };
}

/** Seed 2.3. */
function checkRecall(fields: JsonObject, channel: number): void {
  if (channel === WECHAT) {
    requireInteger(fields, "task_id", "WeChat needs the task id that it gave to the game");
    return;
  }
  const count = requireInteger(fields, "count", "QQ needs how many friends are wanted, 1 to 20");
  if (count < 1 || count > 20) throw invalidField("count", "must be 1 to 20");
}
