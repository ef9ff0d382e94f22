// Which pages may call: browsers say in Origin and Sec-Fetch-Site where a request comes from, and no page can change that.

import type { Incoming } from "./exchange.ts";
import { badRequest, Refusal } from "./refusal.ts";

/** How a page stands to the proxy, as browsers put it. */
export type FetchSite = "same-origin" | "same-site" | "cross-site";

export interface OriginRules {
  /** Exactly as browsers send them. */
  readonly allowedOrigins: readonly string[];
  readonly allowedFetchSites: readonly FetchSite[];
  /** Whether programs that are no browsers may call: `authorize` is then the only gate. */
  readonly allowMissingOrigin: boolean;
  /** What pages of other origins may send, in lower case. */
  readonly allowedHeaders: readonly string[];
}

/** Headers by which some servers let a POST be another method. */
const OVERRIDES = ["x-http-method-override", "x-http-method", "x-method-override"];

export function checkMethod({ method, header }: Incoming): void {
  if (method !== "POST") throw new Refusal("method", "the five calls take POST");
  if (OVERRIDES.some((name) => header(name) !== undefined)) {
    throw badRequest("a header that overrides the method is not allowed");
  }
}

/** @throws Refusal, saying which option would let the call through */
export function checkOrigin({ header }: Incoming, rules: OriginRules): void {
  const origin = header("origin");
  const site = header("sec-fetch-site");
  if (origin === undefined && !rules.allowMissingOrigin) {
    throw new Refusal("origin", "the header Origin is missing (option allowMissingOrigin is for programs)");
  }
  if (origin !== undefined && !rules.allowedOrigins.includes(origin)) {
    throw new Refusal("origin", "this Origin is not one of allowedOrigins");
  }
  if (site !== undefined && !(rules.allowedFetchSites as readonly string[]).includes(site)) {
    throw new Refusal("origin", "this Sec-Fetch-Site is not one of allowedFetchSites");
  }
}

/** What lets a page of another origin read the answer. */
export function crossOriginHeaders({ header }: Incoming, rules: OriginRules): Record<string, string> {
  const origin = header("origin");
  if (origin === undefined || !rules.allowedOrigins.includes(origin)) return { vary: "Origin" };
  return {
    vary: "Origin",
    "access-control-allow-origin": origin,
    "access-control-allow-credentials": "true",
    "access-control-expose-headers": "Retry-After",
  };
}

/** What the OPTIONS request that a browser sends ahead is answered with. */
export const preflightHeaders = ({ allowedHeaders }: OriginRules): Record<string, string> => ({
  "access-control-allow-methods": "POST",
  "access-control-allow-headers": allowedHeaders.join(", "),
  "access-control-max-age": "600",
});
