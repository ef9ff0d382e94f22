// The only file that touches the glue: what the core's functions are called, and what they take.

import * as glue from "../wasm/msdk_friends_bg.js";
import { attachMemory, put } from "./boundary.ts";
import { type EndpointName, type ErrorParts, MsdkError } from "./errors.ts";
import { clear, handedOver } from "./handover.ts";
import type { ReadRow } from "./lists.ts";

// The functions of the core; src/wasm.rs has the same numbers and says what each takes.
const CANONICAL_TEXT = 0;
const SIGN = 1;
const SIGN_PARAMETERS = 2;
const QUERY = 3;
const PREPARE = 4;
const READ_ANSWER = 5;
const AVATAR_URL = 6;
const AVATAR_URL_TO_FIT = 7;
const AVATAR_SIZE = 8;
const AVATAR_SRCSET = 9;
const MASK_GENDER = 10;
const PACK_ARK_EXTRA = 11;
const SHARE_LIMITS = 12;
const ENDPOINTS = 13;
const RETRY_DELAY = 14;

let ready = false;
/** Why it is not ready any more. */
let trap: MsdkError | undefined;

export const isReady = (): boolean => ready;

/** What is used of a `WebAssembly.Instance`: hosts may have no such thing. */
export interface Instance {
  readonly exports: Readonly<Record<string, unknown>>;
}

/** Functions by module and name: what the wasm imports. */
export type Imports = Record<string, Record<string, () => unknown>>;

/** Hands the instance's exports to the glue. @throws when it is another wasm, such as an older file from a CDN */
export function attach(instance: Instance): void {
  const { exports } = instance;
  if (typeof exports.run !== "function") throw new Error("the wasm is not this package's");
  glue.__wbg_set_wasm(exports);
  attachMemory(exports as never);
  ready = true;
}

export const imports = (): Imports => glue.wasmImports();

interface Answer {
  /** What the function returned; NaN where it failed. */
  readonly number: number;
  readonly texts: readonly string[];
  readonly list: unknown[];
}

/** Calls the core. */
function guarded(call: () => number): number {
  if (!ready) {
    const message = "the wasm core is not loaded: await init() first (createClient does it by itself)";
    throw trap ?? new MsdkError({ kind: "config", message, field: "init" });
  }
  try {
    return call();
  } catch (cause) {
    // A trap, such as no more memory: what the wasm was doing is lost to it, so it is not used again.
    ready = false;
    clear();
    trap = new MsdkError({ kind: "unknown", message: "the wasm core failed; init() reloads it", cause });
    throw trap;
  }
}

/** Runs a function of the core; the error that it hands over becomes an {@link MsdkError}. */
function run(
  which: number,
  texts: readonly string[],
  numbers: readonly number[] = [],
  bytes?: Uint8Array,
  readRow?: ReadRow,
): Answer {
  clear(readRow);
  const [x = 0, y = 0, z = 0] = numbers;
  const number = guarded(() => {
    const [a = 0, b = 0, c = 0, d = 0] = put(texts, bytes);
    return glue.run(which, a, b, c, d, x, y, z);
  });
  const { failure, ...answer } = handedOver();
  if (failure !== undefined) throw new MsdkError(JSON.parse(failure) as ErrorParts);
  return { number, ...answer };
}

/** {@link run} for a function that answers with a text, or with none. */
const ask = (which: number, texts: readonly string[], ...numbers: number[]): string | undefined =>
  run(which, texts, numbers).texts[0];

export const canonicalText = (path: string, query: string, body: string): string =>
  ask(CANONICAL_TEXT, [path, query, body]) as string;

/** @param query canonical */
export const sign = (path: string, query: string, body: string, key: string): string =>
  ask(SIGN, [path, query, body, key]) as string;

/** @param query the JSON of its parameters */
export const signParameters = (path: string, query: string, body: string, key: string): string =>
  ask(SIGN_PARAMETERS, [path, query, body, key]) as string;

/**
 * The query of one attempt.
 *
 * @param options a client's, as JSON
 * @param ts Unix seconds; undefined where a proxy sets it, and with it os and gameid
 */
export const query = (options: string, seq: string, ts?: number): string =>
  ask(QUERY, [options, seq], Number(ts === undefined), ts ?? 0) as string;

/** What a prepared request is (src/endpoint.rs). */
export interface Prepared {
  readonly body: string;
  /** The channel whose rules the answer follows. */
  readonly channel: number;
  readonly warnings: readonly string[];
}

export function prepare(
  endpoint: EndpointName,
  channel: number,
  request: string,
  proxied: boolean,
): Prepared {
  const { number, texts } = run(PREPARE, [endpoint, request], [channel, Number(proxied)]);
  const [body = "", ...warnings] = texts;
  return { body, channel: number, warnings };
}

/** What is to be read, and by which rules. */
export interface Reading {
  readonly status: number;
  readonly bytes: Uint8Array;
  readonly channel: number;
  readonly useRemark: boolean;
  /** How an entry of the answer's list is read; absent where it has none. */
  readonly readRow?: ReadRow | undefined;
}

export function readAnswer<T>(endpoint: EndpointName, reading: Reading): T {
  const { status, bytes, channel, useRemark, readRow } = reading;
  const { texts, list } = run(READ_ANSWER, [endpoint], [status, channel, Number(useRemark)], bytes, readRow);
  const answer = JSON.parse(texts[0] as string);
  if (readRow) answer.friends = list;
  return answer;
}

/** @param ratio where the pixels are CSS pixels */
export const avatarUrl = (
  channel: number,
  url: string,
  pixels: number,
  ratio?: number,
): string | undefined =>
  ratio === undefined
    ? ask(AVATAR_URL, [url], channel, pixels)
    : ask(AVATAR_URL_TO_FIT, [url], channel, pixels, ratio);

export const avatarSize = (channel: number, cssPixels: number, ratio: number): number =>
  run(AVATAR_SIZE, [], [channel, cssPixels, ratio]).number;

export const avatarSrcset = (channel: number, pictureUrl: string): string | undefined =>
  ask(AVATAR_SRCSET, [pictureUrl], channel);

export const maskGender = (channel: number, gender: number): number =>
  run(MASK_GENDER, [], [channel, gender]).number;

export const packArkExtra = (template: string): string => ask(PACK_ARK_EXTRA, [template]) as string;

export const shareLimits = <T>(): T => JSON.parse(ask(SHARE_LIMITS, []) as string);

/** A line for each endpoint. */
export const endpoints = (): readonly string[] => run(ENDPOINTS, []).texts;

/** The wait before the next attempt in milliseconds; NaN when the call has failed. */
export const retryDelay = (
  repeatable: boolean,
  attempt: number,
  maxRetries: number,
  retryAfterMs: number | undefined,
  leftMs: number,
  random: number,
): number =>
  guarded(() => {
    const wait = retryAfterMs ?? Number.NaN;
    return glue.run(RETRY_DELAY, attempt, maxRetries, Number(repeatable), 0, wait, leftMs, random);
  });
