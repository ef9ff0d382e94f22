// msdk-proxy as whoever runs it starts it: a process, with settings in its environment.
import { fileURLToPath } from "node:url";
import { type Child, startChild } from "./child.ts";

export interface ProxyProcess extends Child {
  readonly url: string;
}

export const GAME = { gameId: "12", key: "scaling-fake-key" };
/** From arrival to answer, whatever Redis does. */
export const DEADLINE_MS = 1500;
export const LIMITS = { player: 50, address: 80 };

export async function startProxy(
  bin: string,
  upstream: string,
  redis: string,
  whenStoreFails: "open" | "closed",
): Promise<ProxyProcess> {
  const proxy = startChild(process.execPath, [bin], {
    MSDK_PROXY_UPSTREAM: upstream,
    MSDK_PROXY_GAME_ID: GAME.gameId,
    MSDK_PROXY_KEY: GAME.key,
    MSDK_PROXY_PORT: "0",
    MSDK_PROXY_AUTHORIZE_MODULE: fileURLToPath(new URL("authorize.mjs", import.meta.url)),
    MSDK_PROXY_ALLOW_MISSING_ORIGIN: "true",
    MSDK_PROXY_TRUSTED_PROXIES: "127.0.0.0/8",
    MSDK_PROXY_PLAYER_CALLS_PER_MINUTE: String(LIMITS.player),
    MSDK_PROXY_ADDRESS_CALLS_PER_MINUTE: String(LIMITS.address),
    MSDK_PROXY_REDIS_URL: redis,
    MSDK_PROXY_WHEN_STORE_FAILS: whenStoreFails,
    MSDK_PROXY_TIMEOUT_MS: String(DEADLINE_MS),
  });
  // The first line, whatever it is.
  const line = await proxy.line("");
  const url = /^listening on (\S+)$/.exec(line)?.[1];
  if (!url) throw new Error(`the first line of msdk-proxy is ${line}`);
  return { ...proxy, url };
}
