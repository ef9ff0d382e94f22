// The known answers of tests/vectors, as the tests read them, and what both sides' errors are caught with.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { Channel, isMsdkError, type MsdkError } from "msdk-friends";
import * as twin from "../../twin/index.ts";

export const directory = new URL("../../vectors/", import.meta.url);

export function load<Vectors>(file: string): Vectors {
  return JSON.parse(readFileSync(new URL(file, directory), "utf8"));
}

/** The cases of a file; the count keeps a file that was cut short from passing. */
export function cases<Case>(file: string, count: number): Case[] {
  const vectors = load<{ cases: Case[] }>(file);
  assert.equal(vectors.cases.length, count, file);
  return vectors.cases;
}

const CHANNELS: Record<string, number> = {
  wechat: Channel.WeChat,
  qq: Channel.QQ,
  facebook: Channel.Facebook,
};

export function channelOf(name: string): number {
  const id = CHANNELS[name];
  assert.ok(id !== undefined, `channel ${name}`);
  return id;
}

/** The error of a call or function that has to fail. */
export async function failure(run: () => unknown): Promise<MsdkError> {
  let result: unknown;
  try {
    result = await run();
  } catch (error) {
    assert.ok(isMsdkError(error), `not an MsdkError: ${error}`);
    return error;
  }
  assert.fail(`no error, but ${JSON.stringify(result)}`);
}

export function twinFailure(run: () => unknown): twin.TwinError {
  let result: unknown;
  try {
    result = run();
  } catch (error) {
    assert.ok(error instanceof twin.TwinError, String(error));
    return error;
  }
  assert.fail(`no error, but ${JSON.stringify(result)}`);
}

export const ENDPOINT_NAMES = Object.keys(twin.ENDPOINTS) as twin.EndpointName[];

/** The twin's reader of an endpoint's answers. */
export const READERS: Record<
  twin.EndpointName,
  (bytes: Uint8Array, channel: number, status?: number) => unknown
> = {
  friend_list: (bytes, channel, status) => twin.readFriendList(bytes, channel, false, status),
  recall_friends_list: (bytes, _, status) => twin.readRecallFriendsList(bytes, status),
  get_sopenid: (bytes, _, status) => twin.readSopenid(bytes, status),
  share: (bytes, _, status) => twin.readReceipt(bytes, status),
  ark_share: (bytes, _, status) => twin.readReceipt(bytes, status),
};

export const encode = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
