import { transportOf } from "#host/transport.ts";
import { expect, object } from "./arguments.ts";
import { isBaseUrl, orPath } from "./base-url.ts";
import * as core from "./core.ts";
import { areHeaders, HEADERS } from "./headers.ts";
import { toJson } from "./json.ts";
import type { Proxied, Signer } from "./signers.ts";
import type { Transport } from "./transport.ts";
import type { ClientOptions, HeaderRecord, Hooks, Logger } from "./types.ts";
import { MAX_TIMEOUT_MS } from "./within.ts";

/** A client's options, checked, with the defaults filled in. */
export interface Settings {
  /** Without a slash at its end. */
  readonly baseUrl: string;
  readonly channel: number;
  /** Absent where a proxy signs. */
  readonly signer: Signer | undefined;
  /** The options that every query is made of, as JSON (src/query.rs). */
  readonly queryOptions: string;
  readonly useRemark: boolean;
  readonly timeoutMs: number;
  readonly totalTimeoutMs: number;
  readonly maxRetries: number;
  readonly maxResponseBytes: number;
  readonly headers: HeaderRecord | (() => HeaderRecord | Promise<HeaderRecord>);
  readonly transport: Transport;
  readonly now: () => number;
  readonly hooks: Hooks;
  readonly logger: Partial<Logger>;
}

/** What the core reads at most (src/json.rs). */
const MAX_RESPONSE_BYTES = 256 * 2 ** 20;

const isA = (type: string) => (value: unknown) => typeof value === type;

export const isWholeNumber = (value: unknown, least: number, most: number): boolean =>
  Number.isInteger(value) && (value as number) >= least && (value as number) <= most;

/** A call's own `timeoutMs`. @throws `request` */
export const checkCallTimeout = (timeoutMs: unknown): number =>
  expect(
    timeoutMs,
    isWholeNumber(timeoutMs, 1, MAX_TIMEOUT_MS),
    "timeoutMs",
    `a whole number from 1 to ${MAX_TIMEOUT_MS}`,
  );

/** @throws `config`, naming the option. */
export function checkOptions(options: ClientOptions): Settings {
  object("options", options, "config");
  const { gameId, channel, os, source, version, conn, extraQuery } = options;

  /** The option, or its default. */
  function option<T>(
    name: keyof ClientOptions,
    fallback: T,
    isRight: (value: unknown) => boolean,
    allowed: string,
  ): T {
    const value = options[name] ?? fallback;
    return expect(value, isRight(value), name, allowed, "config");
  }
  const wholeNumber = (name: keyof ClientOptions, fallback: number, least: number, most: number) =>
    option(
      name,
      fallback,
      (value) => isWholeNumber(value, least, most),
      `a whole number from ${least} to ${most}`,
    );

  const signer = option(
    "signer",
    options.signer,
    isSigner,
    "proxied(), remoteSigner(url), keySigner(key) or an object with sign()",
  );
  const isProxied = isProxiedSigner(signer);
  const baseUrl = option(
    "baseUrl",
    "",
    (value) => isBaseUrl(value, isProxied),
    `an https URL without query (of your proxy with proxied()), http on loopback${orPath("/msdk")}`,
  );
  // What the core reads and judges, and nothing else: the other options may hold functions and secrets.
  const queryOptions = toJson(
    "options",
    { gameId, channel, os, source, version, conn, extraQuery },
    "config",
  );
  core.query(queryOptions, "", isProxied ? undefined : 0);

  return {
    baseUrl: baseUrl.replace(/\/+$/, ""),
    channel,
    signer: isProxied ? undefined : signer,
    queryOptions,
    useRemark: option("useRemark", false, isA("boolean"), "true or false"),
    timeoutMs: wholeNumber("timeoutMs", 5000, 1, MAX_TIMEOUT_MS),
    totalTimeoutMs: wholeNumber("totalTimeoutMs", 10_000, 1, MAX_TIMEOUT_MS),
    maxRetries: wholeNumber("maxRetries", 2, 0, 100),
    maxResponseBytes: wholeNumber("maxResponseBytes", 16 * 2 ** 20, 1, MAX_RESPONSE_BYTES),
    transport: transportOf(options, option),
    headers: option<Settings["headers"]>(
      "headers",
      {},
      (value) => typeof value === "function" || areHeaders(value),
      HEADERS,
    ),
    now: option("now", Date.now, isA("function"), "a function that returns epoch milliseconds"),
    hooks: option("hooks", {}, isA("object"), "an object of functions"),
    logger: option("logger", {}, isA("object"), "an object of functions"),
  };
}

const isProxiedSigner = (signer: object): signer is Proxied => (signer as Partial<Proxied>).proxied === true;

function isSigner(value: unknown): boolean {
  return (
    typeof value === "object" &&
    value !== null &&
    (isProxiedSigner(value) || typeof (value as Partial<Signer>).sign === "function")
  );
}
