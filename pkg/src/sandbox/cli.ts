import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { faultSteps } from "./faults.ts";
import { HELP } from "./help.ts";
import { startSandbox } from "./index.ts";
import { DEFAULT_KEY, type SandboxOptions, type Settings, settingsFrom } from "./options.ts";
import type { WireFriend } from "./wire.ts";

const EXIT_FAILED = 1;
const EXIT_USAGE = 2;

/** What the command line asks for. */
interface Command {
  readonly settings: Settings;
  /** What to print about each setting; the key itself is printed only where it is the built-in one. */
  readonly keyFrom: string;
  readonly friendsFrom: string;
}

/** Runs `msdk-sandbox` until a signal ends it. Sets the exit code and leaves ending to Node. */
export async function runCommand(args: readonly string[], env: NodeJS.ProcessEnv): Promise<void> {
  const command = commandFrom(args, env);
  if (command === "help") return void process.stdout.write(HELP);
  if (command instanceof Error) {
    process.stderr.write(`msdk-sandbox: ${command.message}\nmsdk-sandbox --help lists the options\n`);
    process.exitCode = EXIT_USAGE;
    return;
  }
  await serve(command);
}

function commandFrom(args: readonly string[], env: NodeJS.ProcessEnv): Command | "help" | Error {
  try {
    return readArguments(args, env);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function readArguments(args: readonly string[], env: NodeJS.ProcessEnv): Command | "help" {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: "string" },
      host: { type: "string" },
      key: { type: "string" },
      game: { type: "string", default: "12" },
      friends: { type: "string" },
      fault: { type: "string", default: "none" },
      latency: { type: "string" },
      "ts-window": { type: "string" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) return "help";
  const key = keyFrom(values.key, env.MSDK_SANDBOX_KEY);
  const friends = values.friends === undefined ? undefined : friendsFrom(values.friends);
  const options: SandboxOptions = {
    port: wholeNumber("--port", values.port),
    host: values.host,
    key: key.value,
    gameId: values.game === "any" ? undefined : values.game,
    friends: friends?.value,
    fault: faultSteps(values.fault),
    latencyMs: wholeNumber("--latency", values.latency),
    tsWindowSeconds: wholeNumber("--ts-window", values["ts-window"]),
  };
  return {
    settings: settingsFrom(options),
    keyFrom: key.from,
    friendsFrom: friends?.from ?? "the seed's samples",
  };
}

function wholeNumber(flag: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d+$/.test(text)) throw new RangeError(`${flag} takes a whole number, not ${JSON.stringify(text)}`);
  return Number(text);
}

function keyFrom(flag: string | undefined, variable: string | undefined): { value: string; from: string } {
  if (flag !== undefined) return { value: flag, from: "from --key" };
  if (variable) return { value: variable, from: "from MSDK_SANDBOX_KEY" };
  return { value: DEFAULT_KEY, from: `${DEFAULT_KEY} (built in)` };
}

function friendsFrom(text: string): { value: number | readonly WireFriend[]; from: string } {
  if (/^\d+$/.test(text)) return { value: Number(text), from: `${Number(text)} generated` };
  try {
    // settingsFrom checks what the file holds.
    return { value: JSON.parse(readFileSync(text, "utf8")) as readonly WireFriend[], from: `from ${text}` };
  } catch (error) {
    const reason = error instanceof SyntaxError ? "it is not JSON" : (error as Error).message;
    throw new RangeError(
      `--friends takes a number or a JSON file; cannot read ${JSON.stringify(text)}: ${reason}`,
    );
  }
}

async function serve({ settings, keyFrom, friendsFrom }: Command): Promise<void> {
  try {
    const sandbox = await startSandbox(settings);
    // Before the first line: whoever reads it may signal at once.
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void sandbox.close());
    // A parent that has gone away must not turn a line of text into a crash.
    process.stdout.on("error", () => {});
    process.stdout.write(
      `listening on ${sandbox.url}\n` +
        `  game     ${settings.gameId ?? "any"}\n` +
        `  key      ${keyFrom}\n` +
        `  friends  ${friendsFrom}\n` +
        `  fault    ${settings.fault.join(", ")} (per request: header x-sandbox-fault)\n` +
        "  Ctrl-C ends it\n",
    );
  } catch (error) {
    process.stderr.write(`msdk-sandbox: ${startFailure(error, settings)}\n`);
    process.exitCode = EXIT_FAILED;
  }
}

function startFailure(error: unknown, { host, port }: Settings): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === "EADDRINUSE") return `port ${port} of ${host} is taken; --port 0 takes any free one`;
  if (code === "EACCES") return `port ${port} of ${host} is not allowed to you; --port 0 takes any free one`;
  return `cannot listen on port ${port} of ${host}: ${message}`;
}
