import { type ArgumentKind, expect, object } from "./arguments.ts";
import * as core from "./core.ts";
import { argumentError, typeName } from "./errors.ts";
import { areHeaders, HEADERS } from "./headers.ts";
import { hasOrigin } from "./host.ts";
import { toJson } from "./json.ts";
import { keyOf, type Signer } from "./signers.ts";
import { fetchTransport, type Transport } from "./transport.ts";
import type { ClientOptions, HeaderRecord, Hooks, Logger } from "./types.ts";

/** A client's options, checked, with the defaults filled in. */
export interface Settings extends CheckedOptions {
  /** Without a slash at its end. */
  readonly baseUrl: string;
  readonly channel: number;
  /** Absent where a proxy signs. */
  readonly signer: Signer | undefined;
  /** The signer's key, to be masked. */
  readonly key: string | undefined;
  /** The query parameters that stay the same (src/query.rs). */
  readonly queryBase: string;
  readonly transport: Transport;
}

/** The options that the table below checks. */
interface CheckedOptions {
  readonly useRemark: boolean;
  readonly timeoutMs: number;
  readonly totalTimeoutMs: number;
  readonly maxRetries: number;
  readonly maxResponseBytes: number;
  readonly fetch: typeof globalThis.fetch;
  readonly headers: HeaderRecord | (() => HeaderRecord | Promise<HeaderRecord>);
  /** "" where fetch's default holds. */
  readonly credentials: RequestCredentials | "";
  readonly now: () => number;
  readonly hooks: Hooks;
  readonly logger: Partial<Logger>;
}

/** The longest wait that a timer takes; above it fires at once. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1;
/** What the core reads at most (src/json.rs). */
const MAX_RESPONSE_BYTES = 256 * 2 ** 20;

/** @throws `config`, naming the option. */
export function checkOptions(options: ClientOptions): Settings {
  object("options", options, "config");
  const { gameId, channel, os, source, version, conn, extraQuery, signer } = options;
  const isProxied = checkSigner(signer);
  // What the core reads and judges, and nothing else: the other options may hold functions and secrets.
  const query = toJson("options", { gameId, channel, os, source, version, conn, extraQuery }, "config");
  const checked = checkByTable(options);
  return {
    ...checked,
    baseUrl: checkBaseUrl(options.baseUrl, isProxied),
    channel,
    signer: isProxied ? undefined : (signer as Signer),
    key: keyOf(signer),
    queryBase: core.queryBase(query, isProxied),
    transport: fetchTransport(checked),
  };
}

/** What a value has to be, for the program and in words. */
type Rule = readonly [isRight: (value: unknown) => boolean, allowed: string];

/** @throws `config`, naming the option. */
function checkByTable(options: ClientOptions): CheckedOptions {
  const isFunction = (value: unknown) => typeof value === "function";
  const observers: Rule = [(value) => typeof value === "object", "an object of functions"];
  // Looked up at each call, so that what patches the global one later is honoured.
  const globalFetch: unknown =
    typeof fetch === "function" ? (...request: Parameters<typeof fetch>) => fetch(...request) : undefined;
  const table: Record<keyof CheckedOptions, readonly [fallback: unknown, ...rule: Rule]> = {
    useRemark: [false, (value) => typeof value === "boolean", "true or false"],
    timeoutMs: [5000, ...timeout()],
    totalTimeoutMs: [10_000, ...timeout()],
    maxRetries: [2, ...wholeNumber(0, 100)],
    maxResponseBytes: [16 * 2 ** 20, ...wholeNumber(1, MAX_RESPONSE_BYTES)],
    fetch: [globalFetch, isFunction, "a function"],
    headers: [{}, (value) => isFunction(value) || areHeaders(value), HEADERS],
    credentials: [
      "",
      (value) => ["", "omit", "same-origin", "include"].includes(value as string),
      '"omit", "same-origin" or "include"',
    ],
    now: [Date.now, isFunction, "a function that returns epoch milliseconds"],
    hooks: [{}, ...observers],
    logger: [{}, ...observers],
  };
  const checked = Object.entries(table).map(([name, [fallback, ...rule]]) => {
    const value: unknown = options[name as keyof CheckedOptions] ?? fallback;
    return [name, checkByRule(value, name, rule, "config")];
  });
  return Object.fromEntries(checked);
}

/** A number is quoted, since none of these is a secret. */
function checkByRule(value: unknown, field: string, [isRight, allowed]: Rule, kind: ArgumentKind): unknown {
  if (isRight(value)) return value;
  throw argumentError(kind, field, allowed, typeof value === "number" ? `${value}` : typeName(value));
}

const wholeNumber = (least: number, most: number): Rule => [
  (value) => Number.isInteger(value) && (value as number) >= least && (value as number) <= most,
  `a whole number from ${least} to ${most}`,
];

const timeout = (): Rule => wholeNumber(1, MAX_TIMEOUT_MS);

/** A call's own `timeoutMs`. @throws `request` */
export const checkCallTimeout = (timeoutMs: unknown): number =>
  checkByRule(timeoutMs, "timeoutMs", timeout(), "request") as number;

/** Whether a proxy signs. */
function checkSigner(signer: ClientOptions["signer"]): boolean {
  const given = object("signer", signer, "config");
  return (
    "proxied" in given ||
    expect(
      false,
      typeof given.sign === "function",
      "signer",
      "proxied(), keySigner(key) or an object with a function sign",
      "config",
    )
  );
}

const HTTPS_OR_LOOPBACK =
  /^(https:\/\/([\w.-]+|\[[\da-f:.]+\])|http:\/\/(([\w.-]+\.)?localhost|127(\.\d{1,3}){3}|\[::1\]))(:[0-6]?\d{1,4})?(\/[^?#\\\s]*)?$/i;
const PATH = /^\/(?!\/)[^?#\\\s]*$/;
/** Every {@link Environment}, by its host: another port or path does not make it another service. */
const PLATFORM = /^https:\/\/(\w+\.)?(itop\.qq|itopsdk)\.com\b/i;

function checkBaseUrl(baseUrl: unknown, isProxied: boolean): string {
  const isText = typeof baseUrl === "string";
  const url = expect<string>(
    baseUrl,
    isText && (HTTPS_OR_LOOPBACK.test(baseUrl) || (hasOrigin() && PATH.test(baseUrl))),
    "baseUrl",
    'an Environment, an https URL, http on loopback, or in a page a path such as "/msdk"',
    "config",
  );
  if (isProxied && PLATFORM.test(url)) {
    throw argumentError(
      "config",
      "baseUrl",
      "your proxy, since the platform takes signed calls only",
      "an Environment",
    );
  }
  return url.replace(/\/+$/, "");
}
