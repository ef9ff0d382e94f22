// Clients and calls as the client tests make them: every endpoint once, with fake credentials.
import assert from "node:assert/strict";
import {
  type CallOptions,
  Channel,
  type Client,
  createClient,
  type EndpointName,
  isMsdkError,
  keySigner,
  type MsdkError,
  Os,
  type SignedOptions,
} from "msdk-friends";
import { FOPENID, KEY, OPENID, TOKEN } from "./sandbox-client.ts";

export const ENDPOINTS = ["friend_list", "recall_friends_list", "get_sopenid", "share", "ark_share"] as const;
export const IDEMPOTENT = ["friend_list", "recall_friends_list", "get_sopenid"] as const;
export const SHARES = ["share", "ark_share"] as const;

export const isIdempotent = (endpoint: EndpointName) => (IDEMPOTENT as readonly string[]).includes(endpoint);

export const player = { openid: OPENID, token: TOKEN };

/** Where a client sends to whose fetch is scripted. */
export const BACKEND = "https://backend.example";

/** A call of each endpoint that the sandbox accepts on QQ. */
export const callOf: Record<EndpointName, (client: Client, options?: CallOptions) => Promise<unknown>> = {
  friend_list: (client, options) => client.friendList(player, options),
  recall_friends_list: (client, options) => client.recallFriendsList({ ...player, count: 20 }, options),
  get_sopenid: (client, options) => client.getSopenid(player, options),
  share: (client, options) =>
    client.share({ ...player, fopenid: FOPENID, gameTag: "MSG_INVITE", title: "来玩" }, options),
  ark_share: (client, options) =>
    client.arkShare({ ...player, fopenid: FOPENID, extra: { app: "com.example" } }, options),
};

/** The options of a client that the sandbox accepts. */
export const optionsFor = (baseUrl: string): SignedOptions => ({
  baseUrl,
  gameId: "12",
  channel: Channel.QQ,
  os: Os.Linux,
  signer: keySigner(KEY),
});

export const clientFor = (baseUrl: string, options: Partial<SignedOptions> = {}): Promise<Client> =>
  createClient({ ...optionsFor(baseUrl), ...options });

/** The error that a call rejects with: an MsdkError, or the test fails. */
export async function failureOf(call: Promise<unknown>): Promise<MsdkError> {
  const outcome = await call.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if ("value" in outcome) assert.fail("the call was expected to fail, and succeeded");
  const { error } = outcome;
  if (!isMsdkError(error))
    throw new assert.AssertionError({ message: `rejected with no MsdkError: ${error}` });
  return error;
}

/** What a call comes to, and how long it took. */
export async function timed<T>(run: () => Promise<T>): Promise<{ result: T; ms: number }> {
  const began = performance.now();
  const result = await run();
  return { result, ms: performance.now() - began };
}

/** Asserts a duration; a timer may fire a moment early, and a busy machine late. */
/** Timers count from when the event loop last looked at the clock, which is earlier where the machine is busy. */
const EARLY_MS = 10;

export function assertTook(ms: number, [least, most]: readonly [number, number]): void {
  assert.ok(
    ms >= least - EARLY_MS && ms <= most,
    `took ${Math.round(ms)} ms, expected ${least} to ${most} ms`,
  );
}

/** What a caller decides by. */
export function outcomeOf({ kind, retryable, maybeSent, attempts }: MsdkError) {
  return { kind, retryable, maybeSent, attempts };
}
