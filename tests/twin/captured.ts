// A client of the package whose requests go nowhere: they are kept, and answered with given bytes.

import { type Client, createClient, keySigner, type SignedOptions } from "msdk-friends";
import type { EndpointName } from "./index.ts";
import { METHODS } from "./methods.ts";

export const KEY = "itopsigkey123456";

export interface Captured {
  url: URL;
  /** The exact text that was sent. */
  body: string;
}

export interface CapturedClient {
  client: Client;
  /** What was sent, oldest first. */
  sent: Captured[];
}

/** What a client answers when a test does not care. */
const EMPTY = '{"ret":0,"sopenid":"s"}';

export async function capturedClient(
  options: Partial<SignedOptions> & Pick<SignedOptions, "channel">,
  answer: string | Uint8Array<ArrayBuffer> = EMPTY,
  status = 200,
): Promise<CapturedClient> {
  const sent: Captured[] = [];
  const client = await createClient({
    baseUrl: "https://captured.example",
    gameId: "12",
    signer: keySigner(KEY),
    maxRetries: 0,
    fetch: async (url, init) => {
      sent.push({ url: new URL(String(url)), body: String(init?.body) });
      return new Response(answer, { status });
    },
    ...options,
  });
  return { client, sent };
}

/** Calls the method of an endpoint with whatever a test makes up, right or wrong. */
export function callEndpoint(
  client: Client,
  endpoint: EndpointName,
  input: unknown,
  options?: object,
): Promise<unknown> {
  const method = client[METHODS[endpoint]] as (input: unknown, options?: object) => Promise<unknown>;
  return method(input, options);
}

/** An input that passes on the channel. */
export function goodInput(endpoint: EndpointName, channel: number): Record<string, unknown> {
  const player = { openid: "marker-openid-4724195171999796436", token: "marker-token-27A50B44430AAD6B" };
  switch (endpoint) {
    case "friend_list":
    case "get_sopenid":
      return player;
    case "recall_friends_list":
      return { ...player, ...(channel === 2 ? { count: 20 } : { taskId: 0 }) };
    case "share":
      return { ...player, fopenid: "marker-fopenid-41241577784", gameTag: "MSG_INVITE" };
    case "ark_share":
      return { ...player, fopenid: "marker-fopenid-41241577784", extra: { app: "a b" } };
  }
}
