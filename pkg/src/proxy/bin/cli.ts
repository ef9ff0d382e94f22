import { createRequire } from "node:module";
import { parseArgs } from "node:util";
import { isMsdkError, type Logger } from "../../facade.ts";
import { type RunningProxy, startProxy } from "../node/index.ts";
import { nameOf } from "../quoting.ts";
import { HELP } from "./help.ts";
import { lineLogger } from "./log.ts";
import { checkComplete, optionsFrom } from "./options.ts";
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
    const settings = readSettings(config || undefined, env);
    checkComplete(settings, env);
    await serve(settings, env);
  } catch (error) {
    const isUsage = error instanceof RangeError || (isMsdkError(error) && error.kind === "config");
    const usage = isUsage ? "msdk-proxy --help lists the settings\n" : "";
    const lines = (error as Error).message.replaceAll("\n", "\nmsdk-proxy: ");
    process.stderr.write(`msdk-proxy: ${lines}\n${usage}`);
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
    // Its message names the setting and what is wrong, and quotes no key.
    (error: unknown) => {
      const reason = isMsdkError(error) ? error.message : nameOf(error);
      logger.error("the keys were not read: the old ones stay", { error: reason });
    },
  );
}
