// The only file that touches the glue, and so the only one that knows there is a wasm.

import * as glue from "../wasm/msdk_friends_bg.js";
import { type EndpointName, type ErrorParts, MsdkError } from "./errors.ts";
import { expectList, takeHandedOver } from "./handover.ts";
import type { ReadRow } from "./lists.ts";

/** What a prepared request is (src/endpoint.rs). */
export interface Prepared {
  readonly body: string;
  /** The channel whose rules the answer follows. */
  readonly channel: number;
  readonly warnings: readonly string[];
}

let ready = false;

export const isReady = (): boolean => ready;

/** Hands the instance's exports to the glue. @throws when it is another wasm, such as an older file from a CDN */
export function attach(instance: WebAssembly.Instance): void {
  if (typeof instance.exports.stampQuery !== "function") throw new Error("the wasm is none of this package");
  glue.__wbg_set_wasm(instance.exports);
  ready = true;
}

export const imports = (): WebAssembly.Imports => glue.wasmImports();

/** Runs a function of the core; the error that it hands over becomes an {@link MsdkError}. */
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
  } catch (cause) {
    // A trap, such as no more memory. What the wasm had allocated is lost to it, so it is not used again.
    ready = false;
    takeHandedOver();
    throw new MsdkError({ kind: "unknown", message: "the wasm core failed; init() loads it anew", cause });
  }
}

/** {@link run} for a function that may hand over an error, which is thrown, or a list. */
function askForList<T>(call: () => T, readRow?: ReadRow): { result: T; list: unknown[] | undefined } {
  expectList(readRow);
  const result = run(call);
  const { failure, list, broken } = takeHandedOver();
  if (failure !== undefined) throw new MsdkError(JSON.parse(failure) as ErrorParts);
  if (broken !== undefined)
    throw new MsdkError({ kind: "unknown", message: "the list cannot be made", cause: broken });
  return { result, list };
}

const ask = <T>(call: () => T): T => askForList(call).result;

export const canonicalQuery = (query: string): string => ask(() => glue.canonicalQuery(query));

export const canonicalText = (path: string, query: string, body: string): string =>
  ask(() => glue.canonicalText(path, query, body));

export const sign = (path: string, query: string, body: string, key: string): string =>
  ask(() => glue.sign(path, query, body, key));

export const queryBase = (options: string, proxied: boolean): string =>
  ask(() => glue.queryBase(options, proxied));

/** @param ts Unix seconds; below 0 there is none */
export const stampQuery = (base: string, seq: string, ts: number): string =>
  ask(() => glue.stampQuery(base, seq, ts));

export const prepare = (
  endpoint: EndpointName,
  channel: number,
  request: string,
  proxied: boolean,
): Prepared => JSON.parse(ask(() => glue.prepare(endpoint, channel, request, proxied)));

/** What is to be read, and by which rules. */
export interface Answer {
  readonly status: number;
  readonly bytes: Uint8Array;
  readonly channel: number;
  readonly useRemark: boolean;
  /** How an entry of the answer's list is read; absent where it has none. */
  readonly readRow?: ReadRow | undefined;
}

export function readAnswer<T>(
  endpoint: EndpointName,
  { status, bytes, channel, useRemark, readRow }: Answer,
): T {
  const { result, list } = askForList(
    () => glue.readAnswer(endpoint, status, bytes, channel, useRemark),
    readRow,
  );
  return { ...(list && { friends: list }), ...JSON.parse(result) };
}

export const avatarUrl = (channel: number, url: string, pixels: number, ratio?: number): string | undefined =>
  ask(() => glue.avatarUrl(channel, url, pixels, ratio)) || undefined;

export const avatarSize = (channel: number, cssPixels: number, ratio: number): number =>
  ask(() => glue.avatarSize(channel, cssPixels, ratio));

export const avatarSrcset = (channel: number, pictureUrl: string): string | undefined =>
  ask(() => glue.avatarSrcset(channel, pictureUrl)) || undefined;

export const maskGender = (channel: number, gender: number): number =>
  ask(() => glue.maskGender(channel, gender));

export const packArkExtra = (template: string): string => ask(() => glue.packArkExtra(template));

export const shareLimits = <T>(): T => JSON.parse(run(() => glue.shareLimits()));

export const endpoints = <T>(): T => JSON.parse(run(() => glue.endpoints()));

/** The wait before the next attempt in milliseconds; NaN when the call has failed. */
export const retryDelay = (
  repeatable: boolean,
  attempt: number,
  maxRetries: number,
  retryAfterMs: number | undefined,
  leftMs: number,
  random: number,
): number =>
  run(() => glue.retryDelay(repeatable, attempt, maxRetries, retryAfterMs ?? Number.NaN, leftMs, random));
