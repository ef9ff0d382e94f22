import { createServer } from "node:http";
import {
  type Authorize,
  createProxy,
  createSignEndpoint,
  type LimitStore,
  memoryStore,
  type ProxyHandler,
  redisStore,
} from "msdk-friends/proxy";
import { nodeListener, pooledTransport, type RunningProxy, startProxy } from "msdk-friends/proxy/node";
import { startSandbox } from "msdk-friends/sandbox";

export async function address(): Promise<string> {
  const sandbox = await startSandbox({ port: 0, key: "fake" });
  await sandbox.close();
  return sandbox.url;
}

const authorize: Authorize = async (request) =>
  request.headers.get("cookie") ? { openid: "1", token: "t" } : null;

const upstream = "https://backend.example";
const guards = { gameId: "12", keys: { "0": "fake" }, allowedOrigins: ["https://game.example"], authorize };

export async function serve(): Promise<RunningProxy> {
  const store: LimitStore = memoryStore();
  const handler: ProxyHandler = await createProxy({
    ...guards,
    upstream,
    keys: async () => ({ "0": "fake", "1": "other" }),
    limits: { store, player: { calls: 50, windowMs: 60_000 }, address: false, whenStoreFails: "closed" },
    transport: pooledTransport(),
  });
  createServer(nodeListener(handler));
  createServer(nodeListener(await createSignEndpoint({ ...guards, path: "/sign" })));
  const response: Response = await handler(new Request("http://localhost/msdk"), {
    remoteAddress: "127.0.0.1",
  });
  await handler.reloadKeys({ "0": "fake" });
  const ended: boolean = await handler.close(100);
  console.log(response.status, ended, handler.operations(new Request("http://localhost/metrics")).status);
  return startProxy({ ...guards, upstream, port: 0, operationsPort: 0 });
}

/** As the npm package `redis` has it. */
export const shared = redisStore({ eval: async () => [1, 60_000] });

// @ts-expect-error: who the player is has to be said.
export const anonymous = createProxy({ ...guards, upstream, authorize: undefined });

// @ts-expect-error: a key has its source.
export const unnamed = createProxy({ ...guards, upstream, keys: "fake" });
