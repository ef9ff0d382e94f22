// The entry `msdk-friends/proxy`: signing on a server, for pages that hold no key. It runs wherever there are Request and
// Response; what only Node has is in node/.

import { init } from "../entries/node.ts";
import { pathOf, wholeNumber } from "./checks.ts";
import type { Door } from "./door.ts";
import { forwardDoor } from "./forward.ts";
import { handlerOf, type ProxyHandler } from "./handler.ts";
import { Metrics } from "./metrics.ts";
import { checkNames, PROXY, SIGN_ENDPOINT } from "./names.ts";
import {
  type GuardOptions,
  type Guards,
  guardsOf,
  type ProxyOptions,
  routeOf,
  type SignEndpointOptions,
} from "./options.ts";
import { signDoor } from "./sign.ts";

export type { ConnectionInfo, ProxyHandler } from "./handler.ts";
export type { KeyRecord, Keys } from "./keys.ts";
export type { Hits, Limit, LimitOptions, LimitStore, StoreFailure } from "./limits.ts";
export { memoryStore } from "./memory-store.ts";
export type { Authorize, GuardOptions, ProxyOptions, SignEndpointOptions } from "./options.ts";
export type { FetchSite } from "./origin.ts";
export { type RedisClient, type RedisStoreOptions, redisStore } from "./redis-store.ts";
export type { AuthorizedPlayer } from "./requests.ts";
export type { Upstream, UpstreamAnswer, UpstreamRequest } from "./upstream.ts";

/**
 * Makes the proxy of `proxied()` clients: it takes their unsigned calls, asks `authorize` who the player is, completes,
 * signs and passes them on, and returns the backend's answer. Rejects with `config`, naming the option.
 *
 * In an edge worker, which may not compile bytes, await `init(module)` of `msdk-friends` before.
 */
export async function createProxy(options: ProxyOptions): Promise<ProxyHandler> {
  checkNames(options, PROXY);
  return made(options, (guards) => forwardDoor(guards, routeOf(options)));
}

/**
 * Makes the endpoint of `remoteSigner(url)` clients: it signs one request, if it is one of the five and the player's own.
 * Rejects with `config`, naming the option.
 */
export async function createSignEndpoint(options: SignEndpointOptions): Promise<ProxyHandler> {
  checkNames(options, SIGN_ENDPOINT);
  const rules = {
    path: pathOf("path", options.path ?? "/sign"),
    tsWindowSeconds: wholeNumber("tsWindowSeconds", options.tsWindowSeconds ?? 300, 86_400),
  };
  return made(options, (guards) => signDoor(guards, rules));
}

async function made(options: GuardOptions, doorOf: (guards: Guards) => Door): Promise<ProxyHandler> {
  await init();
  const metrics = new Metrics();
  const guards = await guardsOf(options, metrics);
  // A core that failed is loaded anew: init does nothing while it works.
  return handlerOf(doorOf(guards), guards, metrics, init);
}
