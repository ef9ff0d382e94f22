// What the options are called, for programs without types: TypeScript finds a misspelled one, and keeps these lists whole.

import { MsdkError, object } from "../facade.ts";
import type { Limit, LimitOptions } from "./limits.ts";
import { nearest } from "./nearest.ts";
import type { GuardOptions, ProxyOptions, SignEndpointOptions } from "./options.ts";
import { quotable } from "./quoting.ts";

export type Names<Options> = Record<keyof Options, true>;

const GUARD = {
  gameId: true,
  keys: true,
  allowedOrigins: true,
  authorize: true,
  allowedFetchSites: true,
  allowMissingOrigin: true,
  allowedHeaders: true,
  trustedProxies: true,
  limits: true,
  extraQuery: true,
  timeoutMs: true,
  maxBodyBytes: true,
  logger: true,
  now: true,
} satisfies Names<GuardOptions>;

export const PROXY = {
  ...GUARD,
  upstream: true,
  basePath: true,
  forwardHeaders: true,
  maxResponseBytes: true,
  maxUpstream: true,
  maxQueued: true,
  transport: true,
} satisfies Names<ProxyOptions>;

export const SIGN_ENDPOINT = {
  ...GUARD,
  path: true,
  tsWindowSeconds: true,
} satisfies Names<SignEndpointOptions>;

export const LIMITS = {
  player: true,
  address: true,
  store: true,
  whenStoreFails: true,
} satisfies Names<LimitOptions>;

export const LIMIT = { calls: true, windowMs: true } satisfies Names<Limit>;

/** @param parent in front of a name: "" or "limits." @throws `config`, for a name that is not in the table */
export function checkNames(options: object, table: Readonly<Record<string, true>>, parent = ""): void {
  object(parent.slice(0, -1) || "options", options, "config");
  const unknown = Object.keys(options).find((name) => !Object.hasOwn(table, name));
  if (unknown === undefined) return;
  const names = Object.keys(table);
  const field = parent + quotable(unknown, "an option");
  const meant = nearest(unknown, names);
  const allowed = names.join(", ");
  const help = meant === undefined ? `there are ${allowed}` : `did you mean ${parent}${meant}?`;
  throw new MsdkError({
    kind: "config",
    field,
    allowed,
    message: `${field}: there is no such option; ${help}`,
  });
}
