// The way to the backend.

import { answerOf, isBaseUrl } from "../facade.ts";
import { codeBehind } from "./quoting.ts";
import { Refusal } from "./refusal.ts";

/** Whether calls may be passed on there: tokens would travel in the clear elsewhere. */
export const isUpstream = (value: unknown): boolean =>
  isBaseUrl(value, false) && !String(value).startsWith("/");

export interface UpstreamRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly signal: AbortSignal;
  readonly maxBytes: number;
}

export interface UpstreamAnswer {
  readonly status: number;
  readonly retryAfter: string | null | undefined;
  /** Absent where there are more than `maxBytes`. */
  readonly bytes: Uint8Array | undefined;
}

/** Posts one request, once: it follows no redirect, repeats nothing, and rejects when no whole answer came. */
export type Upstream = (url: string, request: UpstreamRequest) => Promise<UpstreamAnswer>;

/** By fetch, which every host has. Node's own client is faster: `msdk-friends/proxy/node`. */
export const fetchUpstream: Upstream = async (url, { headers, body, signal, maxBytes }) => {
  const response = await fetch(url, { method: "POST", redirect: "manual", headers, body, signal });
  return answerOf(response, maxBytes, signal);
};

/** The answer, where it can be passed on. @throws Refusal `upstream` */
export async function passOn(
  upstream: Upstream,
  url: string,
  request: UpstreamRequest,
): Promise<UpstreamAnswer & { readonly bytes: Uint8Array }> {
  const answer = await upstream(url, request).catch((cause: unknown) => {
    // Its message may hold the address, and with it the signature.
    if (request.signal.aborted) throw request.signal.reason;
    throw new Refusal("upstream", `the backend gave no whole answer${codeBehind(cause)}`);
  });
  const { status, bytes } = answer;
  // 0 is a redirect that a host hides.
  if (status < 200 || (status >= 300 && status < 400)) {
    throw new Refusal("upstream", "the backend redirects, which is not followed: check the option upstream");
  }
  // What no answer with a body may have.
  if (status > 599 || status === 204 || status === 205) {
    throw new Refusal("upstream", "the backend's answer has a status that no answer of its kind has");
  }
  if (!bytes) throw new Refusal("upstream", "the backend's answer is larger than maxResponseBytes");
  return { ...answer, bytes };
}
