import { createRequire } from "node:module";
import { parseArgs } from "node:util";
import { Environment, isMsdkError, type Logger } from "../../facade.ts";
import type { Limit, LimitOptions } from "../limits.ts";
import { type RunningProxy, type ServerOptions, startProxy } from "../node/index.ts";
import { nameOf } from "../quoting.ts";
import { fromModule, fromUrl } from "./authorize.ts";
import { HELP } from "./help.ts";
import { readKeys } from "./keys.ts";
import { lineLogger } from "./log.ts";
import { connectRedis } from "./redis.ts";
import { readSettings, type Settings } from "./settings.ts";

const EXIT_FAILED = 1;
const EXIT_USAGE = 2;

/** Runs the command until it is told to end. */
export async function runCommand(args: readonly string[], env: NodeJS.ProcessEnv): Promise<void> {
  try {
    const { help, version, config = env.MSDK_PROXY_CONFIG } = argumentsOf(args);
    if (help) return void process.stdout.write(HELP);
    if (version) return void process.stdout.write(`${versionOfPackage()}\n`);
    await serve(readSettings(config || undefined, env), env);
  } catch (error) {
    const isUsage = error instanceof RangeError || (isMsdkError(error) && error.kind === "config");
    const usage = isUsage ? "msdk-proxy --help lists the settings\n" : "";
    process.stderr.write(`msdk-proxy: ${(error as Error).message}\n${usage}`);
    process.exitCode = isUsage ? EXIT_USAGE : EXIT_FAILED;
  }
}

const versionOfPackage = (): string => createRequire(import.meta.url)("msdk-friends/package.json").version;

const OPTIONS = {
  config: { type: "string" },
  help: { type: "boolean", short: "h" },
  version: { type: "boolean" },
} as const;

function argumentsOf(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS }).values;
  } catch {
    // Its message quotes the argument, which may be a key.
    throw new RangeError(
      "only --config FILE, --help and --version are taken; keys come from keysFile or MSDK_PROXY_KEY",
    );
  }
}

async function serve(settings: Settings, env: NodeJS.ProcessEnv): Promise<void> {
  const logger = lineLogger();
  const { redisUrl } = settings;
  const redis = redisUrl === undefined ? undefined : await connectRedis(redisUrl, logger);
  try {
    const proxy = await startProxy(await optionsFrom(settings, env, logger, redis?.store));
    const end = () => void proxy.close().then(() => redis?.close());
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, end);
    process.on("SIGHUP", () => reload(proxy, logger));
    logger.begin(`listening on ${proxy.url}\n`);
    if (proxy.operationsUrl) logger.info("operations", { url: proxy.operationsUrl });
  } catch (error) {
    logger.begin("");
    redis?.close();
    throw error;
  }
}

function reload(proxy: RunningProxy, logger: Logger): void {
  proxy.handler.reloadKeys().then(
    () => logger.info("the keys were read again", {}),
    (error: unknown) => logger.error("the keys were not read: the old ones stay", { error: nameOf(error) }),
  );
}

async function optionsFrom(
  settings: Settings,
  env: NodeJS.ProcessEnv,
  logger: Logger,
  store: LimitOptions["store"],
): Promise<ServerOptions> {
  const { keysFile, authorizeModule, authorizeUrl, upstream = "", gameId = "", redisUrl, ...rest } = settings;
  // What is wrong with them is said here, and afterwards only that something is.
  readKeys(keysFile, env);
  const { playerCallsPerMinute, addressCallsPerMinute, whenStoreFails, allowedFetchSites, ...options } = rest;
  return {
    port: 8080,
    allowedOrigins: [],
    ...options,
    gameId,
    upstream: Object.hasOwn(Environment, upstream)
      ? Environment[upstream as keyof typeof Environment]
      : upstream,
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

function authorizeFrom(module: string | undefined, url: string | undefined) {
  if (module !== undefined && url === undefined) return fromModule(module);
  if (url !== undefined && module === undefined) return fromUrl(url);
  throw new RangeError("authorizeUrl or authorizeModule: one of the two says who the player is");
}

const perMinute = (calls: number | undefined): Limit | false | undefined =>
  calls === undefined ? undefined : calls > 0 && { calls, windowMs: 60_000 };
