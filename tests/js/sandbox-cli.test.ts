import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { DEFAULT_KEY, FAULTS } from "../../pkg/src/sandbox/index.ts";
import { call, KEY, send, TOKEN, withSandbox } from "./support/sandbox-client.ts";

const BIN = fileURLToPath(new URL("../../pkg/src/sandbox/bin.ts", import.meta.url));

function run(args: readonly string[], env: Record<string, string> = {}): ChildProcess {
  return spawn(process.execPath, ["--import", "tsx", BIN, ...args], {
    env: { ...process.env, MSDK_SANDBOX_KEY: "", ...env },
    stdio: ["ignore", "pipe", "pipe"],
    timeout: 10_000,
  });
}

/** Everything it printed, once it has ended. */
async function ended(
  args: readonly string[],
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = run(args);
  let stdout = "";
  let stderr = "";
  child.stdout?.on("data", (chunk) => (stdout += chunk));
  child.stderr?.on("data", (chunk) => (stderr += chunk));
  const [code] = (await once(child, "close")) as [number | null];
  return { code, stdout, stderr };
}

/** Starts it, runs the test once its first line is out, ends it by the signal; gives what it printed. */
async function served(
  args: readonly string[],
  env: Record<string, string>,
  use: (sandbox: { url: string }) => Promise<void>,
  signal: NodeJS.Signals = "SIGINT",
): Promise<{ code: number | null; output: string }> {
  const child = run(args, env);
  let output = "";
  child.stderr?.on("data", (chunk) => (output += chunk));
  try {
    if (!child.stdout) throw new Error("no stdout");
    const lines = createInterface({ input: child.stdout });
    lines.on("line", (line) => (output += `${line}\n`));
    await once(lines, "line");
    const [, url] = /^listening on (http:\/\/127\.0\.0\.1:\d+)\n/.exec(output) ?? [];
    assert.ok(url, output);
    await use({ url });
    child.kill(signal);
    const [code] = (await once(child, "close")) as [number | null];
    return { code, output };
  } finally {
    child.kill("SIGKILL");
  }
}

test("the command line", { concurrency: 2 }, async (t) => {
  await Promise.all([
    t.test("the first line says where; SIGINT ends it with 0, stalled calls or not", async () => {
      const { code, output } = await served([], {}, async (sandbox) => {
        assert.equal((await call(sandbox, { key: DEFAULT_KEY })).ret, 0);
        assert.equal((await call(sandbox, { key: DEFAULT_KEY, query: { gameid: "11" } })).ret, 1104);
        const headers = { "x-sandbox-fault": "stall-headers" };
        void send(sandbox, { key: DEFAULT_KEY, headers }).catch(() => {});
        await new Promise((resolve) => setTimeout(resolve, 50));
      });
      assert.equal(code, 0);
      assert.match(output, /game +12\n/);
      assert.ok(output.includes(DEFAULT_KEY));
      assert.ok(!output.includes(TOKEN));
    }),

    t.test("SIGTERM ends it too; the key of the environment works and is not printed", async () => {
      const args = ["--friends", "500", "--fault", "http-500,none", "--game", "any", "--ts-window", "0"];
      const use = async (sandbox: { url: string }) => {
        assert.equal((await send(sandbox)).status, 500);
        const answer = await call(sandbox, { query: { gameid: "77", ts: "5" } });
        assert.equal((answer.lists as unknown[]).length, 500);
      };
      const { code, output } = await served(args, { MSDK_SANDBOX_KEY: KEY }, use, "SIGTERM");
      assert.equal(code, 0);
      assert.match(output, /from MSDK_SANDBOX_KEY/);
      assert.match(output, /500 generated/);
      assert.match(output, /http-500, none/);
      assert.ok(!output.includes(KEY));
    }),

    t.test("--friends takes a file, --key wins over the environment", async () => {
      const directory = mkdtempSync(join(tmpdir(), "msdk sandbox "));
      try {
        const file = join(directory, "friends.json");
        const friends = [{ openid: "9007199254740993", user_name: "改名 🎮" }];
        writeFileSync(file, JSON.stringify(friends));
        const use = async (sandbox: { url: string }) => {
          assert.deepEqual((await call(sandbox, { channel: 1 })).lists, friends);
        };
        const args = ["--friends", file, "--key", KEY, "--latency", "5", "--host", "127.0.0.1"];
        const { output } = await served(args, { MSDK_SANDBOX_KEY: "another" }, use);
        assert.match(output, /from --key/);
        assert.ok(!output.includes(KEY));
      } finally {
        rmSync(directory, { recursive: true });
      }
    }),

    t.test("--help is complete", async () => {
      const { code, stdout } = await ended(["--help"]);
      assert.equal(code, 0);
      const flags = [
        "--port",
        "--host",
        "--key",
        "--game",
        "--friends",
        "--fault",
        "--latency",
        "--ts-window",
      ];
      for (const word of [...flags, ...FAULTS, "MSDK_SANDBOX_KEY", "Fake keys only"])
        assert.ok(stdout.includes(word), word);
      for (const line of stdout.split("\n")) assert.ok(line.length <= 110, line);
    }),

    ...Object.entries({
      "--prot 1": /Unknown option '--prot'/,
      "--fault fire": /unknown fault "fire"; the faults are http-500, /,
      "--port x": /--port takes a whole number, not "x"/,
      "--port 70000": /port must be a whole number from 0 to 65535/,
      "--friends nowhere.json": /cannot read "nowhere.json"/,
      surplus: /surplus/,
    }).map(([args, message]) =>
      t.test(`wrong options exit with 2: ${args}`, async () => {
        const { code, stdout, stderr } = await ended(args.split(" "));
        assert.equal(code, 2);
        assert.equal(stdout, "");
        assert.match(stderr, message);
        assert.match(stderr, /--help/);
      }),
    ),

    t.test("a taken port exits with 1 and says what to do", async () => {
      await withSandbox({}, async ({ url }) => {
        const { code, stderr } = await ended(["--port", new URL(url).port]);
        assert.equal(code, 1);
        assert.match(stderr, /taken; --port 0/);
      });
    }),
  ]);
});
