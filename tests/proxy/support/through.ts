// A proxy on a port of its own over either way to the backend, and clients of it.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Channel, type Client, createClient, type Player, type ProxiedOptions, proxied } from "msdk-friends";
import { createProxy, type ProxyHandler, type ProxyOptions } from "msdk-friends/proxy";
import { nodeListener, pooledTransport } from "msdk-friends/proxy/node";
import { PAGE } from "./call.ts";
import { KEY, playerOf } from "./players.ts";
import { OK_ANSWER, standIn } from "./stand-in.ts";

/** `fetch` is what every host has, `pooled` what Node has. */
export const TRANSPORTS = ["fetch", "pooled"] as const;
export type TransportName = (typeof TRANSPORTS)[number];

export const USUAL = {
  gameId: "12",
  keys: { "0": KEY },
  allowedOrigins: [PAGE],
  authorize: playerOf,
} satisfies Partial<ProxyOptions>;

/** What a page sends on behalf of alice. */
export const ALICE = { origin: PAGE, authorization: "Bearer alice" };

export interface Served {
  readonly url: string;
  readonly handler: ProxyHandler;
  close(): Promise<void>;
}

export async function servedOver(
  name: TransportName,
  options: Partial<ProxyOptions> & Pick<ProxyOptions, "upstream">,
): Promise<Served> {
  const pool = name === "pooled" ? pooledTransport() : undefined;
  const served = await servedBy(await createProxy({ ...USUAL, transport: pool, ...options }));
  return {
    ...served,
    async close() {
      await served.close();
      pool?.close();
    },
  };
}

export async function servedBy(handler: ProxyHandler): Promise<Served> {
  const server = createServer(nodeListener(handler));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    handler,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A page's client, on QQ. What it sends beside its own headers may be asked for at each attempt. */
export const pageClient = (
  url: string,
  { headers, ...options }: Partial<ProxiedOptions> = {},
): Promise<Client<Partial<Player>>> =>
  createClient({
    baseUrl: `${url}/msdk`,
    channel: Channel.QQ,
    signer: proxied(),
    headers: async () => ({ ...ALICE, ...(await (typeof headers === "function" ? headers() : headers)) }),
    ...options,
  });

/** The first call of a process takes many times as long as the others: before tests with short deadlines. */
export async function warmUp(): Promise<void> {
  const backend = await standIn([OK_ANSWER]);
  for (const name of TRANSPORTS) {
    const proxy = await servedOver(name, { upstream: backend.url });
    await (await pageClient(proxy.url)).friendList({});
    await proxy.close();
  }
  await backend.close();
}

/** One number of /metrics, 0 where there is none. */
export async function gauge(handler: ProxyHandler, name: string): Promise<number> {
  const text = await handler.operations(new Request("http://proxy/metrics")).text();
  const line = text.split("\n").find((one) => one.startsWith(`msdk_proxy_${name} `));
  return Number(line?.split(" ")[1] ?? 0);
}
