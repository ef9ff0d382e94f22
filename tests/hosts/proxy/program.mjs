// The program of a page against the service: what it gets, and what nobody gets.

import { pathToFileURL } from "node:url";

import { PAGE, PLAYER, SESSION, TIMEOUT_MS } from "./service.mjs";

/** What the steps have to give. */
export const facts = {
  list: 500,
  signedList: 500,
  foreignOrigin: "permission, 403",
  stranger: "auth, 401",
  otherPlayer: "permission, 403",
  unknownPath: 404,
  stalled: "server, 504",
  health: "200 ok",
  metrics: "no secret",
};

export const served = ["friend_list, none, 0", "friend_list, stall-headers, no ret"];

/** Loads the package of the project `app` and runs against the service at `url`. */
export async function runAgainst(url, { resolve }, { baseUrl, key, gameId }) {
  const msdk = await import(pathToFileURL(resolve("msdk-friends")).href);
  const page = pageOf(msdk, url);
  const steps = {
    list: async () => (await page.friends()).length,
    async signedList() {
      const signer = msdk.remoteSigner(`${url}/sign`);
      const client = await page.client({ baseUrl, gameId, signer, fetch: page.fetchAs({}) });
      return (await client.friendList(PLAYER)).friends.length;
    },
    foreignOrigin: () => page.failure({ headers: { origin: "https://evil.example" } }),
    stranger: () => page.failure({ headers: { authorization: "Bearer stranger" } }),
    otherPlayer: () => page.failure({ input: { ...PLAYER, openid: "1" } }),
    unknownPath: async () =>
      (await page.fetchAs({})(`${url}/msdk/v2/friend/else`, { method: "POST" })).status,
    stalled: () => within(2 * TIMEOUT_MS, page.failure({ headers: { "x-sandbox-fault": "stall-headers" } })),
    async health() {
      const response = await fetch(`${url}/healthz`);
      return `${response.status} ${(await response.text()).trim()}`;
    },
    async metrics() {
      const text = await (await fetch(`${url}/metrics`)).text();
      if (!text.includes("/v2/friend/friend_list")) return "no metrics";
      return [key, PLAYER.openid, PLAYER.token].some((secret) => text.includes(secret))
        ? "a secret"
        : "no secret";
    },
  };
  return report(steps);
}

async function report(steps) {
  const found = {};
  const failures = [];
  for (const [name, step] of Object.entries(steps)) {
    found[name] = await step().catch((error) => void failures.push(`${name}: ${error?.stack ?? error}`));
  }
  return { facts: found, vectors: {}, failures };
}

/** A client as a browser's page is one: the browser adds the origin. */
function pageOf(msdk, url) {
  const usual = { origin: PAGE, "sec-fetch-site": "same-site", authorization: SESSION };
  const fetchAs =
    (more) =>
    (address, init = {}) =>
      fetch(address, { ...init, headers: { ...init.headers, ...usual, ...more } });
  const client = (options) => msdk.createClient({ channel: msdk.Channel.WeChat, maxRetries: 0, ...options });
  const friends = async ({ headers = {}, input = {} } = {}) => {
    const options = { baseUrl: `${url}/msdk`, signer: msdk.proxied(), fetch: fetchAs(headers) };
    return (await (await client(options)).friendList(input)).friends;
  };
  const failure = (call) =>
    friends(call).then(
      () => "no error",
      ({ kind, status }) => `${kind}, ${status}`,
    );
  return { client, fetchAs, friends, failure };
}

const within = (ms, promise) =>
  Promise.race([promise, new Promise((resolve) => setTimeout(resolve, ms, `nothing in ${ms} ms`))]);
