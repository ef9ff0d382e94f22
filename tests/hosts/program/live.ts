// The small program: what a game does with the package, against a sandbox that is reached as this host reaches a server.

import type { Package, Surroundings } from "./surroundings.ts";

const player = { openid: "9007199254740993111", token: "hosts-token" };
const wrongKey = "hosts-wrong-key";

/** Each step gives a fact; the runner knows what it has to be. */
export const steps: Record<string, (msdk: Package, surroundings: Surroundings) => Promise<unknown>> = {
  async list(msdk, surroundings) {
    const { client } = await clientOf(msdk, surroundings);
    const { friends, degraded } = await client.friendList(player);
    // Among them what takes two, three and four bytes in UTF-8, and a join of several.
    const names = [0, 2, 3, 10].map((index) => friends[index]?.displayName);
    return { count: friends.length, degraded, names, openid: friends[1]?.openid };
  },

  async avatar(msdk, surroundings) {
    const { client } = await clientOf(msdk, surroundings);
    const [first] = (await client.friendList(player)).friends;
    return client.avatarUrl(first?.pictureUrl ?? "", { cssPixels: 40, devicePixelRatio: 2 });
  },

  async wrongInput(msdk, surroundings) {
    const made = await clientOf(msdk, surroundings);
    const input = { ...player, openid: Number(player.openid) } as never;
    return failure(msdk, made, () => made.client.friendList(input));
  },

  async wrongKey(msdk, surroundings) {
    const made = await clientOf(msdk, { ...surroundings, key: wrongKey });
    return failure(msdk, made, () => made.client.friendList(player));
  },

  async serverError(msdk, surroundings) {
    const made = await clientOf(msdk, surroundings, { maxRetries: 1, ...fault("http-500") });
    return failure(msdk, made, () => made.client.friendList(player));
  },

  async connectionReset(msdk, surroundings) {
    const made = await clientOf(msdk, surroundings, fault("reset"));
    return failure(msdk, made, () => made.client.friendList(player));
  },

  async timeout(msdk, surroundings) {
    const made = await clientOf(msdk, surroundings, { timeoutMs: 300, ...fault("stall-headers") });
    return failure(msdk, made, () => made.client.friendList(player));
  },

  /** Half of an answer has come when the caller gives up. */
  async abort(msdk, surroundings) {
    const { signal, abort } = createAbort(msdk, surroundings);
    const made = await clientOf(msdk, surroundings, fault("stall-body"));
    return failure(msdk, made, () => {
      const call = made.client.friendList(player, { signal });
      setTimeout(abort, 300);
      return call;
    });
  },
};

const fault = (name: string) => ({ headers: { "x-sandbox-fault": name } });

function createAbort(msdk: Package, surroundings: Surroundings) {
  const create = msdk.createAbort ?? surroundings.createAbort;
  if (!create) throw new Error("neither the host nor the package has a way to abort");
  const { signal, abort } = create();
  return { signal, abort: () => abort() };
}

/** A client, and how many requests it has begun. */
async function clientOf(msdk: Package, { baseUrl, key, gameId, options }: Surroundings, more: object = {}) {
  let begun = 0;
  const client = await msdk.createClient({
    baseUrl,
    gameId,
    channel: msdk.Channel.WeChat,
    signer: msdk.keySigner(key, { dangerouslyAllowBrowser: true }),
    maxRetries: 0,
    hooks: { onRequest: () => void begun++ },
    ...options,
    ...more,
  });
  return { client, begun: () => begun };
}

/** What the error of a call says, the requests that were begun, and nothing where there is no error. */
async function failure(msdk: Package, { begun }: { begun: () => number }, call: () => Promise<unknown>) {
  try {
    await call();
  } catch (error) {
    if (!msdk.isMsdkError(error)) throw error;
    const { kind, field = "", ret = 0, status = 0, retryable, maybeSent } = error;
    return { kind, field, ret, status, retryable, maybeSent, requests: begun() };
  }
  return "no error";
}
