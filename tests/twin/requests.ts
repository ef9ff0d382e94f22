// Request bodies (seed, 1.2 to 5.4; design.md, "Client methods").
//
// Which of several faults is named is nobody's promise, so all of them are listed.

import { packArkExtra } from "./ark.ts";
import { QQ, WECHAT } from "./channels.ts";

export type EndpointName = "friend_list" | "recall_friends_list" | "get_sopenid" | "share" | "ark_share";

type Input = Readonly<Record<string, unknown>>;
type Fields = Record<string, unknown>;

export const ENDPOINTS: Readonly<
  Record<EndpointName, { path: string; idempotent: boolean; channels: readonly number[] }>
> = {
  friend_list: { path: "/v2/friend/friend_list", idempotent: true, channels: [] },
  recall_friends_list: { path: "/v2/friend/recall_friends_list", idempotent: true, channels: [WECHAT, QQ] },
  get_sopenid: { path: "/v2/profile/get_sopenid", idempotent: true, channels: [WECHAT, QQ] },
  share: { path: "/v2/friend/share", idempotent: false, channels: [QQ] },
  ark_share: { path: "/v2/friend/ark_share", idempotent: false, channels: [QQ] },
};

/** The body, or the fields that are wrong. */
export type Prepared = { body: Fields } | { faults: string[] };

/** Collects a body and what is wrong with it. Wire names of undefined values are absent. */
class Draft {
  readonly body: Fields = {};
  readonly faults: string[] = [];

  constructor(
    private readonly input: Input,
    private readonly parent = "",
  ) {}

  put(wire: string, value: unknown): void {
    if (value !== undefined) this.body[wire] = value;
  }

  fault(name: string): undefined {
    this.faults.push(this.parent + name);
    return undefined;
  }

  /** A string that is not empty; undefined where it is absent, empty or wrong. */
  identifier(name: string): string | undefined {
    const value = this.input[name];
    if (value === undefined || value === "") return undefined;
    return typeof value === "string" && value.isWellFormed() ? value : this.fault(name);
  }

  text(name: string): string | undefined {
    const value = this.input[name];
    if (value === undefined || value === null) return undefined;
    return typeof value === "string" && value.isWellFormed() ? value : this.fault(name);
  }

  integer(name: string): number | undefined {
    const value = this.input[name];
    if (value === undefined) return undefined;
    return Number.isSafeInteger(value) ? (value as number) + 0 : this.fault(name);
  }

  require(name: string, wire = name): void {
    const value = this.identifier(name);
    if (value === undefined) this.fault(name);
    this.put(wire, value);
  }

  receiver(): void {
    const [fopenid, sopenid] = [this.identifier("fopenid"), this.identifier("sopenid")];
    if (fopenid === undefined && sopenid === undefined) {
      this.fault("fopenid");
      if (this.input.sopenid !== undefined) this.fault("sopenid");
    }
    if (fopenid !== undefined && sopenid !== undefined) this.fault("sopenid");
    this.put("fopenid", fopenid);
    this.put("sopenid", sopenid);
  }
}

export function prepare(endpoint: EndpointName, channel: number, input: Input): Prepared {
  const draft = new Draft(input);
  const { channels } = ENDPOINTS[endpoint];
  if (channels.length > 0 && !channels.includes(channel)) draft.fault("channel");
  draft.require("openid");
  draft.require("token");
  FIELDS[endpoint](draft, channel, input);
  return draft.faults.length > 0 ? { faults: draft.faults } : { body: draft.body };
}

const FIELDS: Record<EndpointName, (draft: Draft, channel: number, input: Input) => void> = {
  friend_list(draft) {
    const subChannel = draft.integer("subChannelId");
    if (subChannel !== undefined && (subChannel < 1 || subChannel > 0xffffffff)) draft.fault("subChannelId");
    draft.put("sub_channelid", subChannel);
  },

  recall_friends_list(draft, channel, input) {
    const [taskId, count] = [draft.integer("taskId"), draft.integer("count")];
    const wanted = channel === QQ ? "count" : "taskId";
    const other = channel === QQ ? "taskId" : "count";
    if (input[wanted] === undefined || input[other] !== undefined) draft.fault(wanted);
    if (input[other] !== undefined) draft.fault(other);
    if (channel === QQ && count !== undefined && (count < 1 || count > 20)) draft.fault("count");
    draft.put(channel === QQ ? "count" : "task_id", channel === QQ ? count : taskId);
  },

  get_sopenid() {},

  share(draft, _, input) {
    draft.put("type", draft.integer("type") ?? 20000);
    draft.receiver();
    draft.put("title", draft.text("title"));
    draft.put("desc", draft.text("desc"));
    draft.put("link", draft.text("link"));
    draft.put("image_url", draft.text("imageUrl"));
    draft.require("gameTag", "game_tag");
    draft.put("extra", draft.text("extra"));
    if (input.channelInfo !== undefined && input.channelInfo !== null) {
      if (typeof input.channelInfo !== "object" || Array.isArray(input.channelInfo)) {
        draft.fault("channelInfo");
        return;
      }
      const info = new Draft(input.channelInfo as Input, "channelInfo.");
      info.put("act", info.integer("act") ?? 1);
      info.put("target_url", info.text("targetUrl"));
      info.put("src", info.integer("src") ?? 0);
      info.put("dst", info.integer("dst") ?? 1001);
      info.put("flag", info.integer("flag") ?? 1);
      draft.faults.push(...info.faults);
      draft.put("channel_info", info.body);
    }
  },

  ark_share(draft, _, { extra }) {
    draft.receiver();
    try {
      draft.put("extra", packArkExtra(extra));
    } catch {
      draft.fault("extra");
    }
  },
};
