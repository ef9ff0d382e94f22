import type { Signal } from "#host/abort.ts";
import type { HostOptions } from "#host/transport.ts";
import type { Channel, Environment, Os } from "./constants.ts";
import type { EndpointName, ErrorKind } from "./errors.ts";
import type { Proxied, Signer } from "./signers.ts";

/** A friend who plays the game (seed, 1.3). Plain data. */
export interface Friend {
  /** The MSDK openid, decimal digits as text: as a number it would lose some. */
  openid: string;
  /** What the platform chooses to return, "" when absent. */
  userName: string;
  /** The name to show: the first that is not empty of remark (only with `useRemark`), nickName, userName. */
  displayName: string;
  /** 0 not known, 1 male, 2 female; masked to 0 on QQ and every overseas channel (GDPR). */
  gender: 0 | 1 | 2;
  /** Without a size; `avatarUrl` adds it. "" when there is none. */
  pictureUrl: string;
  /** Only from WeChat, with permission. */
  nickName?: string;
  /** The player's own name for the friend. Only from WeChat, with permission; showing it needs an approved filing. */
  remark?: string;
  country?: string;
  province?: string;
  city?: string;
  language?: string;
}

export interface FriendList {
  friends: Friend[];
  /** QQ returned incomplete data (`is_lost`): do not cache it, prefer what is cached. */
  degraded: boolean;
  /** The backend's number for this call. */
  seq?: string;
}

/** A friend who does not play the game yet (seed, 2.4). */
export interface RecallFriend {
  /** The receiver of a share. */
  sopenid: string;
  nickName: string;
  /** Already ends in a size; `avatarUrl` replaces it. */
  pictureUrl: string;
}

export interface RecallFriendsList {
  /** Empty since 2021-11-05 (seed, 2.2): hide the entry point then. */
  friends: RecallFriend[];
  modelId?: number;
  /** WeChat's delivery list: strings as they are, anything else as its JSON text. */
  sendList?: string[];
  seq?: string;
}

export interface Sopenid {
  sopenid: string;
  seq?: string;
}

export interface Receipt {
  seq?: string;
}

/** The player who calls. */
export interface Player {
  openid: string;
  /** The login token. */
  token: string;
}

export interface FriendListInput {
  /** Queries another channel that is bound to the account; masking and sizing then follow that channel. */
  subChannelId?: Channel | undefined;
}

/** WeChat needs a task, QQ a count of 1 to 20. */
export type RecallFriendsListInput =
  | { /** Assigned by WeChat; 0 is a task. */ taskId: number; count?: undefined }
  | { /** 1 to 20. */ count: number; taskId?: undefined };

/** One receiver: an in-game friend or an unregistered one. An empty one counts as absent. */
export type Receiver = { fopenid: string; sopenid?: undefined } | { sopenid: string; fopenid?: undefined };

/** What a tap on the message does (seed, 4.4). What is absent is sent as the default: act 1, src 0, dst 1001, flag 1. */
export interface ChannelInfo {
  /** 1 launches the game. */
  act?: number | undefined;
  /** The game center's page, with `gamedata` for the game. */
  targetUrl?: string | undefined;
  src?: number | undefined;
  /** QQ takes only 1001. */
  dst?: number | undefined;
  /** QQ takes only 1. */
  flag?: number | undefined;
}

export type ShareInput = Receiver & {
  /** Assigned by QQ, such as `MSG_INVITE`. */
  gameTag: string;
  title?: string | undefined;
  desc?: string | undefined;
  /** QQ does not support it now. */
  link?: string | undefined;
  imageUrl?: string | undefined;
  channelInfo?: ChannelInfo | undefined;
  extra?: string | undefined;
  /** 20000 unless QQ told you otherwise. */
  type?: number | undefined;
};

export type ArkShareInput = Receiver & {
  /** QQ's template: an object, or its JSON text, comments allowed. */
  extra: object | string;
};

/** Which picture is wanted: one of the channel's sizes, or the smallest that covers so many CSS pixels. */
export type AvatarOptions = { size: number; cssPixels?: undefined } | AvatarFit;
export interface AvatarFit {
  cssPixels: number;
  /** 1 by default. */
  devicePixelRatio?: number | undefined;
  size?: undefined;
}

/** What every call takes besides its input. */
export interface CallOptions {
  /** Ends the call at once, also during a wait or a body. */
  signal?: Signal | undefined;
  /** Replaces the client's, for each attempt, body included. */
  timeoutMs?: number | undefined;
  /** Sent as `seq`; the backend may answer with another one. */
  seq?: string | undefined;
}

/** The five calls and the avatars of one client. `Who` is what a call has to say of the player. */
export interface Client<Who = Player> {
  friendList(input: Who & FriendListInput, options?: CallOptions): Promise<FriendList>;
  recallFriendsList(input: Who & RecallFriendsListInput, options?: CallOptions): Promise<RecallFriendsList>;
  getSopenid(input: Who, options?: CallOptions): Promise<Sopenid>;
  /** Sent at most once: see `maybeSent` of the error. */
  share(input: Who & ShareInput, options?: CallOptions): Promise<Receipt>;
  /** Sent at most once: see `maybeSent` of the error. */
  arkShare(input: Who & ArkShareInput, options?: CallOptions): Promise<Receipt>;
  /** {@link avatarUrl} with the client's channel, unless another is named. */
  avatarUrl(pictureUrl: string, options: AvatarOptions & { channel?: Channel }): string | undefined;
}

/** What a hook gets: numbers and names, nothing of the player. */
export interface HookEvent {
  endpoint: EndpointName;
  /** The signed path, without the query. */
  path: string;
  /** From 1; 0 when the call failed before the first. */
  attempt: number;
  /** Since the attempt began; in `onError`, which ends the call, since the call began. */
  ms: number;
  status?: number;
  ret?: number;
  seq?: string;
  /** Size of the answer. */
  bytes?: number;
  /** The wait before the next attempt; only in `onRetry`. */
  delayMs?: number;
  /** Why; only in `onRetry` and `onError`. */
  kind?: ErrorKind;
}

/** Synchronous observers. One that throws is logged and ignored. */
export interface Hooks {
  onRequest?(event: HookEvent): void;
  onResponse?(event: HookEvent): void;
  onRetry?(event: HookEvent): void;
  /** Once for each call that fails, at its end. */
  onError?(event: HookEvent): void;
}

export type LogMethod = (text: string, details: object) => void;
export interface Logger {
  debug: LogMethod;
  info: LogMethod;
  warn: LogMethod;
  error: LogMethod;
}

export type HeaderRecord = Readonly<Record<string, string>>;

interface CommonOptions extends HostOptions {
  /** An {@link Environment}, any https URL, http on loopback, or in a page a path such as "/msdk". */
  baseUrl: Environment | (string & {});
  channel: Channel;
  /** `Os.Web` by default; `Os.Linux` where requests leave from a backend. */
  os?: Os | undefined;
  /** 0 by default; tells which of the game's keys signs. */
  source?: number | string | undefined;
  version?: string | undefined;
  conn?: string | undefined;
  /** Further query parameters, signed like the others. */
  extraQuery?: Readonly<Record<string, string | number>> | undefined;
  /** Whether a friend's remark is the display name; false by default, since it needs an approved filing. */
  useRemark?: boolean | undefined;
  /** For each attempt, body included; 5000 by default. */
  timeoutMs?: number | undefined;
  /** For a call with all its attempts and waits; 10000 by default. */
  totalTimeoutMs?: number | undefined;
  /** After the first attempt, of the three calls that may be repeated; 2 by default. */
  maxRetries?: number | undefined;
  /** 16 MiB by default. */
  maxResponseBytes?: number | undefined;
  /** Sent with every request; a function is asked before each attempt. */
  headers?: HeaderRecord | (() => HeaderRecord | Promise<HeaderRecord>) | undefined;
  /** Epoch milliseconds, for `ts`; `Date.now` by default. */
  now?: (() => number) | undefined;
  hooks?: Hooks | undefined;
  logger?: Logger | undefined;
}

/** A client that signs, or has its calls signed. */
export interface SignedOptions extends CommonOptions {
  gameId: string | number;
  signer: Signer;
}

/** A client of a signing proxy, which adds game, time and signature, and may add the player. */
export interface ProxiedOptions extends CommonOptions {
  gameId?: string | number | undefined;
  signer: Proxied;
}

/** A client of which the program decides as it runs who signs. */
export interface EitherOptions extends CommonOptions {
  gameId: string | number;
  signer: Signer | Proxied;
}

export type ClientOptions = SignedOptions | ProxiedOptions | EitherOptions;
