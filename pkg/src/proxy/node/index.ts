// The entry `msdk-friends/proxy/node`: what Node has of its own for the proxy. Bun and Deno have these modules too.

export { type NodeHandler, nodeListener } from "./listener.ts";
export { type RunningProxy, type ServerOptions, startProxy } from "./start.ts";
export { type PooledTransport, pooledTransport } from "./transport.ts";
