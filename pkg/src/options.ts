import { boolean, object } from "./arguments.ts";
import { Environment } from "./constants.ts";
import * as core from "./core.ts";
import { configError, requestError, typeName } from "./errors.ts";
import { checkHeaderRecord } from "./headers.ts";
import { hasOrigin } from "./host.ts";
import { toJson } from "./json.ts";
import { keyOf, type Signer } from "./signers.ts";
import { fetchTransport, type Transport } from "./transport.ts";
import type { ClientOptions, HeaderRecord, Hooks, Logger } from "./types.ts";

/** A client's options, checked, with the defaults filled in. */
export interface Settings {
  /** Without a slash at its end. */
  readonly baseUrl: string;
  readonly channel: number;
  /** Absent where a proxy signs. */
  readonly signer: Signer | undefined;
  /** The query parameters that stay the same (src/query.rs). */
  readonly queryBase: string;
  readonly useRemark: boolean;
  readonly timeoutMs: number;
  readonly totalTimeoutMs: number;
  readonly maxRetries: number;
  readonly maxResponseBytes: number;
  readonly headers: () => HeaderRecord | Promise<HeaderRecord>;
  readonly transport: Transport;
  readonly now: () => number;
  readonly hooks: Hooks;
  readonly logger: Partial<Logger>;
  /** The signer's key, to be masked. */
  readonly secrets: readonly (string | undefined)[];
}

/** The longest wait that a timer takes; above it fires at once. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1;
/** What the core reads at most (src/json.rs). */
const MAX_RESPONSE_BYTES = 256 * 2 ** 20;

/** @throws `config`, naming the option. */
export function checkOptions(options: ClientOptions): Settings {
  object("options", options, configError);
  const { useRemark = false } = options;
  const isProxied = checkSigner(options.signer);
  return {
    baseUrl: checkBaseUrl(options.baseUrl, isProxied),
    channel: options.channel,
    signer: isProxied ? undefined : (options.signer as Signer),
    queryBase: core.queryBase(toJson("options", queryOptions(options), configError), isProxied),
    useRemark: boolean("useRemark", useRemark, configError),
    timeoutMs: wholeNumber(options, "timeoutMs", 5000, 1, MAX_TIMEOUT_MS),
    totalTimeoutMs: wholeNumber(options, "totalTimeoutMs", 10_000, 1, MAX_TIMEOUT_MS),
    maxRetries: wholeNumber(options, "maxRetries", 2, 0, 100),
    maxResponseBytes: wholeNumber(options, "maxResponseBytes", 16 * 2 ** 20, 1, MAX_RESPONSE_BYTES),
    headers: checkHeaders(options.headers),
    transport: fetchTransport(checkFetch(options.fetch), checkCredentials(options.credentials)),
    now: checkNow(options.now),
    hooks: checkObject("hooks", options.hooks),
    logger: checkObject("logger", options.logger),
    secrets: [keyOf(options.signer)],
  };
}

/** The options that the core reads and judges, and nothing else: the others may hold functions and secrets. */
function queryOptions({ gameId, channel, os, source, version, conn, extraQuery }: ClientOptions) {
  return { gameId, channel, os, source, version, conn, extraQuery };
}

function checkSigner(signer: ClientOptions["signer"]): boolean {
  if (typeof signer === "object" && signer !== null) {
    if ("proxied" in signer) return true;
    if (typeof signer.sign === "function") return false;
  }
  throw configError(
    "signer",
    "proxied(), keySigner(key) or an object with a function sign",
    typeName(signer),
  );
}

function checkBaseUrl(baseUrl: unknown, isProxied: boolean): string {
  const allowed = 'an Environment, an https URL, http on loopback, or in a page a path such as "/msdk"';
  const refuse = (given: string, advice?: string) => configError("baseUrl", allowed, given, advice);
  if (typeof baseUrl !== "string") throw refuse(typeName(baseUrl));
  const base = baseUrl.replace(/\/+$/, "");
  const [, scheme, host, port = "0"] =
    /^(https?):\/\/((?:[\w.-]+|\[[\da-f:.]+\])(?::(\d{1,5}))?)(?:\/[^?#\\\s]*)?$/i.exec(base) ?? [];
  if (!scheme || !host || Number(port) > 65_535) {
    if (!/^(?:\/(?!\/)[^?#\\\s]*)?$/.test(base) || baseUrl === "") throw refuse("another text");
    if (!hasOrigin()) throw refuse("a path", "Only in a page does a path say which host is meant");
    return base;
  }
  if (scheme.toLowerCase() === "http" && !isLoopback(host)) {
    throw refuse("http on another host", "Tokens would travel in the clear");
  }
  if (isProxied && isEnvironment(host)) {
    throw refuse("an Environment with proxied()", "The platform takes signed calls only: name your proxy");
  }
  return base;
}

/** By the host alone: another port, a path or the dot of the root do not make it another service. */
function isEnvironment(hostAndPort: string): boolean {
  const host = hostAndPort.toLowerCase().replace(/\.?(:\d+)?$/, "");
  return Object.values(Environment).some((address) => address === `https://${host}`);
}

function isLoopback(hostAndPort: string): boolean {
  return /^(localhost|[\w.-]+\.localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i.test(hostAndPort);
}

function wholeNumber<Name extends string>(
  options: Partial<Record<Name, number | undefined>>,
  name: Name,
  fallback: number,
  least: number,
  most: number,
  refuse = configError,
): number {
  const value: unknown = options[name] ?? fallback;
  if (typeof value === "number" && Number.isInteger(value) && value >= least && value <= most) return value;
  const given = typeof value === "number" ? String(value) : typeName(value);
  throw refuse(name, `a whole number from ${least} to ${most}`, given);
}

/** A call's own `timeoutMs`. @throws `request` */
export function checkCallTimeout(timeoutMs: number | undefined, fallback: number): number {
  return wholeNumber({ timeoutMs }, "timeoutMs", fallback, 1, MAX_TIMEOUT_MS, requestError);
}

function checkHeaders(headers: ClientOptions["headers"]): Settings["headers"] {
  if (typeof headers === "function") return headers;
  const record = checkHeaderRecord(headers ?? {});
  return () => record;
}

function checkObject<T extends object>(name: string, value: T | undefined): T | Record<string, never> {
  if (value === undefined || (typeof value === "object" && value !== null)) return value ?? {};
  throw configError(name, "an object of functions", typeName(value));
}

function checkCredentials(credentials: ClientOptions["credentials"]): ClientOptions["credentials"] {
  if (credentials === undefined || ["omit", "same-origin", "include"].includes(credentials))
    return credentials;
  throw configError("credentials", '"omit", "same-origin" or "include"', typeName(credentials));
}

function checkNow(now: ClientOptions["now"]): () => number {
  if (now === undefined || typeof now === "function") return now ?? Date.now;
  throw configError("now", "a function that returns epoch milliseconds", typeName(now));
}

function checkFetch(given: ClientOptions["fetch"]): typeof fetch {
  if (typeof given === "function") return given;
  if (given !== undefined) throw configError("fetch", "a function", typeName(given));
  if (typeof fetch !== "function") throw configError("fetch", "a function, since this host has none", "none");
  // Looked up at each call, so that what patches the global one later is honoured.
  return (...request) => fetch(...request);
}
