// The program msdk-proxy as a process, with settings of its own and nothing else in its environment.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Sandbox, startSandbox } from "msdk-friends/sandbox";
import { PAGE } from "./call.ts";
import { KEY, playerOf } from "./players.ts";
import { until } from "./until.ts";

const BIN = fileURLToPath(new URL("../../../pkg/dist/proxy/bin.js", import.meta.url));
/** Above what any of these tests takes: nothing outlives it. */
const LIMIT_MS = 15_000;

type Variables = Readonly<Record<string, string>>;

function run(args: readonly string[], env: Variables, cwd?: string): ChildProcess {
  const child = spawn(process.execPath, [BIN, ...args], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ["ignore", "pipe", "pipe"],
    timeout: LIMIT_MS,
    killSignal: "SIGKILL",
    cwd,
  });
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding("utf8");
  return child;
}

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Everything it printed, once it has ended by itself. */
export async function ended(args: readonly string[], env: Variables = {}): Promise<Ended> {
  const child = run(args, env);
  const texts = { stdout: "", stderr: "" };
  child.stdout?.on("data", (piece: string) => (texts.stdout += piece));
  child.stderr?.on("data", (piece: string) => (texts.stderr += piece));
  const [code] = (await once(child, "close")) as [number | null];
  return { code, ...texts };
}

export interface Running {
  readonly url: string;
  /** What it has printed so far, on both streams. */
  output(): string;
  /** What it has logged so far. */
  log(): Record<string, unknown>[];
  signal(name: NodeJS.Signals): void;
  /** Waits for its end; gives the exit code. */
  ended(): Promise<number | null>;
}

/** Starts it, runs the test, and ends it whatever happens. */
export async function withCommand(
  args: readonly string[],
  env: Variables,
  use: (running: Running) => Promise<void>,
  cwd?: string,
): Promise<void> {
  const child = run(args, env, cwd);
  const closed = once(child, "close") as Promise<[number | null]>;
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (piece: string) => (output += piece));
  try {
    await until(`it listens: ${args.join(" ")}`, () => {
      if (child.exitCode !== null) throw new Error(`it ended: ${output}`);
      return /^listening on .*\n/m.test(output);
    });
    const lines = () => output.split("\n").filter((line) => line.startsWith("{"));
    await use({
      url: /^listening on (\S+)/m.exec(output)?.[1] ?? "",
      output: () => output,
      log: () => lines().map((line) => JSON.parse(line) as Record<string, unknown>),
      signal: (name) => void child.kill(name),
      ended: async () => (await closed)[0],
    });
  } finally {
    child.kill("SIGKILL");
    await closed;
  }
}

export interface Surroundings {
  readonly sandbox: Sandbox;
  /** The game's own backend, which says who the player is; what it was asked. */
  readonly game: { readonly url: string; readonly asked: readonly IncomingMessage[] };
  /** Settings that do, as a file: merged over them. `undefined` drops one. */
  settings(more?: object): string;
  /** A file in a directory that goes with the test. */
  file(name: string, content: string): string;
  readonly directory: string;
}

export async function withSurroundings(use: (surroundings: Surroundings) => Promise<void>): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), "msdk proxy "));
  const sandbox = await startSandbox({ key: KEY, gameId: "12" });
  const asked: IncomingMessage[] = [];
  const game = createServer((req, res) => {
    asked.push(req);
    answerWho(req, res);
  });
  await new Promise<void>((resolve) => game.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(game.address() as AddressInfo).port}`;
  const file: Surroundings["file"] = (name, content) => {
    const path = join(directory, name);
    writeFileSync(path, content);
    return path;
  };
  try {
    await use({
      sandbox,
      game: { url, asked },
      directory,
      file,
      settings: (more) => {
        const usual = {
          upstream: sandbox.url,
          gameId: "12",
          keysFile: file("key", `${KEY}\n`),
          allowedOrigins: [PAGE],
          authorizeUrl: `${url}/who`,
          port: 0,
        };
        return file("settings.json", JSON.stringify({ ...usual, ...more }));
      },
    });
  } finally {
    game.closeAllConnections();
    await new Promise((resolve) => game.close(resolve));
    await sandbox.close();
    rmSync(directory, { recursive: true });
  }
}

/** Players by their names, and by other names what may go wrong. */
function answerWho(req: IncomingMessage, res: import("node:http").ServerResponse): void {
  const [, status] = /^Bearer status-(\d+)$/.exec(req.headers.authorization ?? "") ?? [];
  const player = playerOf({
    headers: new Headers({ authorization: req.headers.authorization ?? "" }),
  } as Request);
  if (status) res.writeHead(Number(status), { location: "/who" }).end("{}");
  else if (player) res.end(JSON.stringify(player));
  else res.end("nobody");
}
