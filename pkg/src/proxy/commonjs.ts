// The entry for `require`: making a handler is asynchronous anyway, so the one copy that is published is enough.
import type { ProxyHandler } from "./handler.ts";
import type { ProxyOptions, SignEndpointOptions } from "./options.ts";

export { memoryStore } from "./memory-store.ts";
export { redisStore } from "./redis-store.ts";

export async function createProxy(options: ProxyOptions): Promise<ProxyHandler> {
  const library = await import("./index.ts");
  return library.createProxy(options);
}

export async function createSignEndpoint(options: SignEndpointOptions): Promise<ProxyHandler> {
  const library = await import("./index.ts");
  return library.createSignEndpoint(options);
}
