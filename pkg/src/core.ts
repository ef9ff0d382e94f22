// The only file that touches the glue, and so the only one that knows there is a wasm.

import * as glue from "../wasm/msdk_friends_bg.js";
import { MsdkError, type EndpointName, type ErrorParts } from "./errors.ts";

/** What a prepared request is (src/endpoint.rs). */
export interface Prepared {
  readonly body: string;
  /** The channel whose rules the answer follows. */
  readonly channel: number;
  readonly warnings: readonly string[];
}

let ready = false;

export const isReady = (): boolean => ready;

/** Hands the instance's exports to the glue. */
export function attach(instance: WebAssembly.Instance): void {
  glue.__wbg_set_wasm(instance.exports);
  ready = true;
}

export const imports = (): WebAssembly.Imports => glue.wasmImports();

/** Runs a function of the core; what it throws becomes an {@link MsdkError}. */
function run<T>(call: () => T): T {
  if (!ready) {
    throw new MsdkError({
      kind: "config",
      message: "the wasm core is not loaded: await init() first (createClient does it by itself)",
      field: "init",
    });
  }
  try {
    return call();
  } catch (thrown) {
    if (isCoreError(thrown)) throw new MsdkError(thrown);
    throw new MsdkError({ kind: "unknown", message: "the wasm core failed", cause: thrown });
  }
}

/** The core throws its errors as plain objects (src/error.rs). */
function isCoreError(thrown: unknown): thrown is ErrorParts {
  return typeof thrown === "object" && thrown !== null && "kind" in thrown && "message" in thrown;
}

export const canonicalQuery = (query: string): string => run(() => glue.canonicalQuery(query));

export const canonicalText = (path: string, query: string, body: string): string =>
  run(() => glue.canonicalText(path, query, body));

export const sign = (path: string, query: string, body: string, key: string): string =>
  run(() => glue.sign(path, query, body, key));

export const queryBase = (options: string, proxied: boolean): string => run(() => glue.queryBase(options, proxied));

export const stampQuery = (base: string, seq: string, ts: string | undefined): string =>
  run(() => glue.stampQuery(base, seq, ts));

export const prepare = (endpoint: EndpointName, channel: number, input: string, proxied: boolean): Prepared =>
  run(() => glue.prepare(endpoint, channel, input, proxied));

export const readAnswer = <T>(endpoint: EndpointName, status: number, bytes: Uint8Array, channel: number): T =>
  run(() => glue.readAnswer(endpoint, status, bytes, channel));

export const readFriendList = <T>(status: number, bytes: Uint8Array, channel: number, useRemark: boolean): T =>
  run(() => glue.readFriendList(status, bytes, channel, useRemark));

export const avatarUrl = (channel: number, pictureUrl: string, size: number): string | undefined =>
  run(() => glue.avatarUrl(channel, pictureUrl, size));

export const avatarUrlToFit = (channel: number, url: string, css: number, ratio: number): string | undefined =>
  run(() => glue.avatarUrlToFit(channel, url, css, ratio));

export const avatarSize = (channel: number, cssPixels: number, ratio: number): number =>
  run(() => glue.avatarSize(channel, cssPixels, ratio));

export const avatarSrcset = (channel: number, pictureUrl: string): string | undefined =>
  run(() => glue.avatarSrcset(channel, pictureUrl));

export const maskGender = (channel: number, gender: number): number => run(() => glue.maskGender(channel, gender));

export const packArkExtra = (template: string): string => run(() => glue.packArkExtra(template));

export const shareLimits = <T>(): T => run(() => glue.shareLimits());

export const endpoints = <T>(): T => run(() => glue.endpoints());

/** The wait before the next attempt in milliseconds; NaN when the call has failed. */
export const retryDelay = (
  repeatable: boolean,
  attempt: number,
  maxRetries: number,
  retryAfterMs: number | undefined,
  leftMs: number,
  random: number,
): number => run(() => glue.retryDelay(repeatable, attempt, maxRetries, retryAfterMs, leftMs, random));
