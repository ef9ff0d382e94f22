// What createProxy and createSignEndpoint take, checked, with the defaults filled in. All errors are `config`.

import { Channel, type Environment, type Logger, MAX_TIMEOUT_MS, query } from "../facade.ts";
import { rangeOf } from "./address.ts";
import { check, isFunction, isObject, namesOf, oneOf, pathOf, someOf, wholeNumber } from "./checks.ts";
import { DEFAULT_TIMEOUT_MS } from "./defaults.ts";
import { KeyRing, type Keys } from "./keys.ts";
import { type Limit, Limiter, type LimitOptions, type LimitStore } from "./limits.ts";
import { memoryStore } from "./memory-store.ts";
import type { Metrics } from "./metrics.ts";
import { checkNames, LIMIT, LIMITS } from "./names.ts";
import type { FetchSite, OriginRules } from "./origin.ts";
import { ERRORS_ALONE, type QuietLogger, quiet } from "./quiet.ts";
import { loggable } from "./quoting.ts";
import type { AuthorizedPlayer } from "./requests.ts";
import { Semaphore } from "./semaphore.ts";
import { fetchUpstream, isUpstream, type Upstream } from "./upstream.ts";

/**
 * Says who calls: looks at the session cookie or the Authorization header, and gives the player's openid and token, or
 * nothing where there is no such player. It gets the request without its body. What it throws becomes 503; the log has its name
 * and `code`, not its message, which may hold a secret: `authorize` logs its own errors.
 */
export type Authorize = (
  request: Request,
) => AuthorizedPlayer | null | undefined | Promise<AuthorizedPlayer | null | undefined>;

/** What guards every door. */
export interface GuardOptions {
  gameId: string;
  /** By `source`; or a function, which is asked again at each `reloadKeys()`. */
  keys: Keys;
  /** As browsers send them: "https://game.example", no path, no slash. Empty only with `allowMissingOrigin`. */
  allowedOrigins: readonly string[];
  authorize: Authorize;
  /** `["same-origin", "same-site"]` by default; a call without Sec-Fetch-Site is let through. */
  allowedFetchSites?: readonly FetchSite[] | undefined;
  /** For mini-games and native programs, which send no Origin: `authorize` is then the only gate. */
  allowMissingOrigin?: boolean | undefined;
  /** What pages may send beside content-type; `["authorization"]` by default. */
  allowedHeaders?: readonly string[] | undefined;
  /** Addresses and ranges (`10.0.0.0/8`) whose `x-forwarded-for` is believed; none by default. */
  trustedProxies?: readonly string[] | undefined;
  limits?: LimitOptions | undefined;
  /** Further query parameters that a page may send; `["cgsource"]` by default. */
  extraQuery?: readonly string[] | undefined;
  /** From arrival to answer, all included; 4500 by default, below the 5000 of a client's attempt. */
  timeoutMs?: number | undefined;
  /** 64 KiB by default. */
  maxBodyBytes?: number | undefined;
  /** By default errors alone go to `console.error`, one JSON object a line; `{}` keeps silent. */
  logger?: Partial<Logger> | undefined;
  /** Epoch milliseconds; the clock that calls are stamped with. */
  now?: (() => number) | undefined;
}

export interface ProxyOptions extends GuardOptions {
  /** Where calls go: an {@link Environment}, another https URL, or http on loopback. */
  upstream: Environment | (string & {});
  /** In front of the five paths; "/msdk" by default. */
  basePath?: string | undefined;
  /** Further request headers that go to the backend, such as `traceparent`; none by default. */
  forwardHeaders?: readonly string[] | undefined;
  /** 16 MiB by default. */
  maxResponseBytes?: number | undefined;
  /** Calls to the backend at once; 128 by default. */
  maxUpstream?: number | undefined;
  /** How many more wait for their turn; 256 by default. Beyond that 503. */
  maxQueued?: number | undefined;
  /** How the backend is reached; fetch by default. */
  transport?: Upstream | undefined;
}

export interface SignEndpointOptions extends GuardOptions {
  /** "/sign" by default. */
  path?: string | undefined;
  /** How far a request's `ts` may be from the clock; 300 by default. */
  tsWindowSeconds?: number | undefined;
}

/** {@link GuardOptions}, checked. */
export interface Guards {
  readonly gameId: string;
  readonly keys: KeyRing;
  readonly origins: OriginRules;
  readonly authorize: Authorize;
  /** How many are asked for at once. */
  readonly asking: Semaphore;
  readonly trustedProxies: readonly string[];
  readonly limiter: Limiter;
  readonly playerLimit: Limit | false;
  readonly addressLimit: Limit | false;
  readonly extraQuery: readonly string[];
  readonly timeoutMs: number;
  readonly maxBodyBytes: number;
  readonly logger: QuietLogger;
  readonly now: () => number;
}

/** {@link ProxyOptions}, checked. */
export interface Route {
  readonly upstream: string;
  readonly basePath: string;
  readonly forwardHeaders: readonly string[];
  readonly maxResponseBytes: number;
  readonly maxUpstream: number;
  readonly maxQueued: number;
  readonly transport: Upstream;
}

const MINUTE_MS = 60_000;
/** Sessions that are looked up at once, whoever asks: what stands behind `authorize` is the game's own. */
const MAX_ASKING = 512;

export async function guardsOf(options: GuardOptions, metrics: Metrics): Promise<Guards> {
  const { now = Date.now } = options;
  const limits = options.limits ?? {};
  checkNames(limits, LIMITS, "limits.");
  const logger = quiet(check(options.logger ?? ERRORS_ALONE, isObject, "logger", "an object of functions"));
  // The core says what a game's id may be.
  query(JSON.stringify({ gameId: options.gameId, channel: Channel.WeChat }), "", 0);
  return {
    gameId: String(options.gameId),
    keys: await KeyRing.of(options.keys),
    origins: originsOf(options),
    authorize: check(options.authorize, isFunction, "authorize", "a function that says who the player is"),
    asking: new Semaphore(MAX_ASKING, 0),
    trustedProxies: namesOf("trustedProxies", options.trustedProxies ?? [], ADDRESS, rangeOf),
    limiter: new Limiter(
      check(limits.store ?? memoryStore(), isStore, "limits.store", "an object with hit()"),
      oneOf("limits.whenStoreFails", limits.whenStoreFails ?? "open", ["open", "closed"] as const),
      (error, isTold) => {
        metrics.storeFailed();
        if (isTold) logger.error("the store of the rate limits fails", loggable(error));
      },
    ),
    playerLimit: limitOf("limits.player", limits.player, { calls: 60, windowMs: MINUTE_MS }),
    addressLimit: limitOf("limits.address", limits.address, { calls: 600, windowMs: MINUTE_MS }),
    extraQuery: namesOf("extraQuery", options.extraQuery ?? ["cgsource"], "a parameter's name", plainName),
    timeoutMs: wholeNumber("timeoutMs", options.timeoutMs ?? DEFAULT_TIMEOUT_MS, MAX_TIMEOUT_MS),
    maxBodyBytes: wholeNumber("maxBodyBytes", options.maxBodyBytes ?? 64 * 2 ** 10, 2 ** 24),
    logger,
    now: check(now, isFunction, "now", "a function that returns epoch milliseconds"),
  };
}

export function routeOf(options: ProxyOptions): Route {
  const { upstream, transport = fetchUpstream } = options;
  check(
    upstream,
    isUpstream,
    "upstream",
    "an Environment such as Environment.China, another https URL, or http on loopback",
  );
  return {
    upstream: upstream.replace(/\/+$/, ""),
    basePath: pathOf("basePath", options.basePath ?? "/msdk"),
    forwardHeaders: namesOf(
      "forwardHeaders",
      options.forwardHeaders ?? [],
      "a header's name that is no part of the connection's",
      forwardable,
    ),
    maxResponseBytes: wholeNumber("maxResponseBytes", options.maxResponseBytes ?? 16 * 2 ** 20, 2 ** 28),
    maxUpstream: wholeNumber("maxUpstream", options.maxUpstream ?? 128, 100_000),
    maxQueued: wholeNumber("maxQueued", options.maxQueued ?? 256, 100_000, 0),
    transport: check(transport, isFunction, "transport", "a function"),
  };
}

const ADDRESS = "an address, or a range such as 10.0.0.0/8";

const isStore = (value: unknown): boolean => isObject(value) && isFunction((value as LimitStore).hit);

function originsOf(options: GuardOptions): OriginRules {
  const { allowedOrigins, allowedFetchSites = ["same-origin", "same-site"], allowedHeaders } = options;
  const allowMissingOrigin = oneOf("allowMissingOrigin", options.allowMissingOrigin ?? false, [true, false]);
  check(
    allowedOrigins,
    (origins) => allowMissingOrigin || !Array.isArray(origins) || origins.length > 0,
    "allowedOrigins",
    "an origin at least, or allowMissingOrigin for programs",
  );
  return {
    allowedOrigins: namesOf(
      "allowedOrigins",
      allowedOrigins,
      'an origin such as "https://game.example", without a path or a slash at its end',
      originOf,
    ),
    allowedFetchSites: someOf("allowedFetchSites", allowedFetchSites, [
      "same-origin",
      "same-site",
      "cross-site",
    ]),
    allowMissingOrigin,
    allowedHeaders: [
      "content-type",
      ...namesOf("allowedHeaders", allowedHeaders ?? ["authorization"], "a header's name", headerName),
    ],
  };
}

/** An origin as browsers send it, which has no wildcard. Of a name that looks like another one they send the `xn--` form. */
function originOf(text: string): string | undefined {
  try {
    const { origin, protocol } = new URL(text);
    return origin === text && /^https?:$/.test(protocol) && !text.includes("*") ? text : undefined;
  } catch {
    return undefined;
  }
}

const plainName = (name: string): string | undefined =>
  /^[A-Za-z0-9._~-]+$/.test(name) && !/^(channelid|conn|gameid|os|seq|sig|source|ts|version)$/i.test(name)
    ? name
    : undefined;

const headerName = (name: string): string | undefined =>
  /^[\w!#$%&'*+.^`|~-]+$/.test(name) ? name.toLowerCase() : undefined;

/** What belongs to one connection, to this proxy, or to the page's own session, or asks for another answer than a whole one. */
const OWN_HEADERS =
  /^(accept-encoding|connection|content-.*|cookie|expect|forwarded|host|if-.*|keep-alive|origin|proxy-.*|range|referer|sec-.*|te|trailer|transfer-encoding|upgrade|via|x-forwarded-.*)$/;

function forwardable(name: string): string | undefined {
  const lower = headerName(name);
  return lower !== undefined && !OWN_HEADERS.test(lower) ? lower : undefined;
}

function limitOf(field: string, limit: Limit | false | undefined, fallback: Limit): Limit | false {
  if (limit === false) return false;
  checkNames(limit ?? fallback, LIMIT, `${field}.`);
  const { calls, windowMs } = limit ?? fallback;
  return {
    calls: wholeNumber(`${field}.calls`, calls, 2 ** 31),
    windowMs: wholeNumber(`${field}.windowMs`, windowMs, MAX_TIMEOUT_MS),
  };
}
