// What the command's settings are as options of startProxy.

import { Environment, type Logger } from "../../facade.ts";
import type { Limit, LimitOptions } from "../limits.ts";
import type { ServerOptions } from "../node/index.ts";
import { isUpstream } from "../upstream.ts";
import { fromModule, fromUrl } from "./authorize.ts";
import { keysIn, readKeys } from "./keys.ts";
import { SETTINGS, type Settings } from "./settings.ts";

export async function optionsFrom(
  settings: Settings,
  env: NodeJS.ProcessEnv,
  logger: Logger,
  store: LimitOptions["store"],
): Promise<ServerOptions> {
  const { keysFile, authorizeModule, authorizeUrl, upstream = "", gameId = "", redisUrl, ...rest } = settings;
  const { playerCallsPerMinute, addressCallsPerMinute, whenStoreFails, allowedFetchSites, ...options } = rest;
  return {
    port: 8080,
    allowedOrigins: [],
    ...options,
    gameId,
    upstream: upstreamOf(upstream),
    keys: () => readKeys(keysFile, env),
    authorize: await authorizeFrom(authorizeModule, authorizeUrl),
    allowedFetchSites: allowedFetchSites as ServerOptions["allowedFetchSites"],
    limits: {
      player: perMinute(playerCallsPerMinute),
      address: perMinute(addressCallsPerMinute),
      store,
      whenStoreFails: whenStoreFails as LimitOptions["whenStoreFails"],
    },
    logger,
  };
}

/** All that is missing at once: whoever starts it the first time misses several. @throws RangeError, a line each */
export function checkComplete(settings: Settings, env: NodeJS.ProcessEnv): void {
  const { upstream, gameId, keysFile, authorizeUrl, authorizeModule } = settings;
  const missing = [
    upstream === undefined && `no upstream: ${SETTINGS.upstream.meaning}`,
    gameId === undefined && `no gameId: ${SETTINGS.gameId.meaning}`,
    !(settings.allowedOrigins?.length || settings.allowMissingOrigin) &&
      `no allowedOrigins: ${SETTINGS.allowedOrigins.meaning}; programs alone need allowMissingOrigin instead`,
    authorizeUrl === undefined &&
      authorizeModule === undefined &&
      "no authorizeUrl and no authorizeModule: one of the two says who the player is",
    keysFile === undefined &&
      Object.keys(keysIn(env)).length === 0 &&
      "no key: name a keysFile, or set MSDK_PROXY_KEY",
  ].filter((line) => line !== false);
  if (missing.length > 0) throw new RangeError(missing.join("\n"));
}

function upstreamOf(upstream: string): string {
  if (Object.hasOwn(Environment, upstream)) return Environment[upstream as keyof typeof Environment];
  if (isUpstream(upstream)) return upstream;
  throw new RangeError(`upstream: expected ${SETTINGS.upstream.meaning}`);
}

async function authorizeFrom(module: string | undefined, url: string | undefined) {
  if (module !== undefined && url !== undefined) {
    throw new RangeError("authorizeUrl and authorizeModule: only one of the two says who the player is");
  }
  return module === undefined ? fromUrl(url ?? "") : fromModule(module);
}

const perMinute = (calls: number | undefined): Limit | false | undefined =>
  calls === undefined ? undefined : calls > 0 && { calls, windowMs: 60_000 };
