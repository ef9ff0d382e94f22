// The program msdk-proxy: where its settings come from, what goes before what, and what it says of wrong ones.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { describe, test } from "node:test";
import { SETTINGS, variableOf } from "../../pkg/src/proxy/bin/settings.ts";
import { failureOf } from "../js/support/client-calls.ts";
import { PAGE } from "./support/call.ts";
import { ended, type Running, withCommand, withSurroundings } from "./support/command.ts";
import { KEY, SECRETS } from "./support/players.ts";
import { pageClient } from "./support/through.ts";

const OTHER = "marker-key-c04d";

async function assertWorks(running: Running, source = 0): Promise<void> {
  const { friends } = await (await pageClient(running.url, { source })).friendList({});
  assert.notEqual(friends.length, 0);
}

function assertSilent(text: string): void {
  for (const secret of [...SECRETS, OTHER])
    assert.equal(text.includes(secret), false, "a secret was printed");
}

describe("settings", { concurrency: 2 }, () => {
  test("of a file, and a file with the key", () =>
    withSurroundings(({ settings, sandbox }) =>
      withCommand(["--config", settings()], {}, async (running) => {
        await assertWorks(running);
        assert.equal(sandbox.requests.at(-1)?.ret, 0);
        const [line] = running.log();
        assert.deepEqual([line?.text, line?.class, line?.status], ["call", "ok", 200]);
        assertSilent(running.output());
      }),
    ));

  test("of the environment alone, keys by source among them", () =>
    withSurroundings(({ game, sandbox }) => {
      const env = {
        MSDK_PROXY_UPSTREAM: sandbox.url,
        MSDK_PROXY_GAME_ID: "12",
        MSDK_PROXY_KEY: OTHER,
        MSDK_PROXY_KEY_17: KEY,
        MSDK_PROXY_ALLOWED_ORIGINS: `https://other.example, ${PAGE}`,
        MSDK_PROXY_AUTHORIZE_URL: `${game.url}/who`,
        MSDK_PROXY_PORT: "0",
        MSDK_PROXY_OPERATIONS_PORT: "0",
        MSDK_PROXY_ALLOW_MISSING_ORIGIN: "true",
        MSDK_PROXY_BASE_PATH: "/msdk",
      };
      return withCommand([], env, async (running) => {
        await assertWorks(running, 17);
        const error = await failureOf((await pageClient(running.url)).friendList({}));
        assert.equal(error.kind, "signature", "the other key is there for the source 0");
        const url = String(running.log().find(({ text }) => text === "operations")?.url);
        assert.match(await (await fetch(`${url}/metrics`)).text(), /class="ok"\} 1\n.*class="refused"\} 1\n/);
        assertSilent(running.output());
      });
    }));

  test("of the environment go before the file's, --config before its variable, keysFile before keys", () =>
    withSurroundings(({ settings, file }) => {
      const config = settings({ gameId: "13", keysFile: undefined, playerCallsPerMinute: 1 });
      const env = {
        MSDK_PROXY_CONFIG: file("broken.json", "{"),
        MSDK_PROXY_GAME_ID: "12",
        MSDK_PROXY_KEYS_FILE: file("keys.json", JSON.stringify({ "0": KEY })),
        MSDK_PROXY_KEY: OTHER,
        // Nothing said is nothing set.
        MSDK_PROXY_BASE_PATH: "",
      };
      return withCommand(["--config", config], env, async (running) => {
        await assertWorks(running);
        const error = await failureOf((await pageClient(running.url, { maxRetries: 0 })).friendList({}));
        assert.equal(error.kind, "rate_limit", "the file's limit");
      });
    }));

  test("of the file that MSDK_PROXY_CONFIG names, and a module that says who calls", () =>
    withSurroundings(({ settings, file, directory }) => {
      const module = file(
        "who.mjs",
        'export default () => ({ openid: "9007199254740993111", token: "marker-token-51c2" });',
      );
      assert.equal(module.startsWith(directory), true);
      const env = { MSDK_PROXY_CONFIG: settings({ authorizeUrl: undefined, authorizeModule: "./who.mjs" }) };
      return withCommand([], env, assertWorks, directory);
    }));
});

/** What is wrong, and the words by which whoever starts it finds it. */
const wrong: Record<string, [more: object, said: RegExp]> = {
  "no upstream": [{ upstream: undefined }, /: no upstream: Test, China, Singapore, SiliconValley, another/],
  "an Environment that is none": [
    { upstream: "Chine" },
    /upstream: expected Test, China, Singapore, SiliconValley, another https URL/,
  ],
  "an upstream in the clear": [{ upstream: "http://itop.example" }, /upstream: .*https/],
  "no game": [{ gameId: undefined }, /: no gameId: the game's id/],
  "a game that is a number": [{ gameId: 12 }, /settings\.json: gameId: a string is wanted/],
  "no file of keys where one is named": [
    { keysFile: "/nowhere" },
    /keysFile: that file cannot be read \(ENOENT\)/,
  ],
  "a key where its file is to be named": [{ keysFile: KEY }, /keysFile: that file cannot be read \(ENOENT\)/],
  "no key at all": [{ keysFile: undefined }, /: no key: name a keysFile, or set MSDK_PROXY_KEY\n/],
  "a key among the settings": [{ key: KEY }, /keys do not belong in it; name their file in keysFile/],
  "keys among the settings": [{ keys: { "0": KEY } }, /keys do not belong in it/],
  "nobody who says who calls": [{ authorizeUrl: undefined }, /: no authorizeUrl and no authorizeModule: one/],
  "two who say who calls": [{ authorizeModule: "./who.mjs" }, /authorizeUrl and authorizeModule: only one/],
  "an authorizeUrl that is none": [{ authorizeUrl: "localhost:80" }, /authorizeUrl: /],
  "a module that is not there": [
    { authorizeUrl: undefined, authorizeModule: "/nowhere.mjs" },
    /authorizeModule: Cannot find module '\/nowhere\.mjs'/,
  ],
  "origins that are no list": [{ allowedOrigins: PAGE }, /allowedOrigins: an array of strings is wanted/],
  "an origin with a slash": [
    { allowedOrigins: [`${PAGE}/`] },
    /allowedOrigins\[0\]: expected an origin .*without a path or a slash at its end/,
  ],
  "a port that is a text": [{ port: "8080" }, /port: a whole number is wanted/],
  "a port that is none": [{ port: 65_536 }, /port: expected a whole number from 0 to 65535/],
  "another port that is none": [{ operationsPort: 65_536 }, /operationsPort: /],
  "no host": [{ host: "" }, /host: /],
  "a flag that is a text": [{ allowMissingOrigin: "yes" }, /allowMissingOrigin: true or false is wanted/],
  "a limit below nothing": [{ playerCallsPerMinute: -1 }, /playerCallsPerMinute: a whole number is wanted/],
  "a deadline of nothing": [{ timeoutMs: 0 }, /timeoutMs: expected a whole number from 1/],
  "a grace without end": [{ graceMs: 2 ** 31 }, /graceMs: /],
  "an address that is none": [
    { trustedProxies: ["10.0.0.0/33"] },
    /trustedProxies\[0\]: expected an address/,
  ],
  "a way to fail that is none": [{ whenStoreFails: "ajar" }, /whenStoreFails: expected open or closed/],
  "a Redis that is none": [{ redisUrl: "localhost:6379" }, /redisUrl: /],
  "a setting that nobody knows": [
    { allowedOrigin: [PAGE] },
    /there is no setting allowedOrigin; did you mean allowedOrigins\?\n/,
  ],
  "a setting like no other": [{ cors: true }, /there is no setting cors\n/],
  "no origins": [
    { allowedOrigins: undefined },
    /: no allowedOrigins: the pages' origins, .* allowMissingOrigin/,
  ],
  "a list without an origin": [{ allowedOrigins: [] }, /: no allowedOrigins: /],
};

const wrongKeys: Record<string, [content: string, said: RegExp]> = {
  "nothing in it": [" \n", /keys: .* got an empty key for the source 0\n/],
  "JSON that is broken": [
    `{"0": "${KEY}"`,
    /keysFile: what is in that file is neither a key nor JSON of keys by source\n/,
  ],
  "a key that is a list": [`{"0": ["${KEY}"]}`, /keys: .* got a value of type object for the source 0\n/],
  "a source that is none": [`{"0 1": "${KEY}"}`, /keys: .* each source a whole number, got another source\n/],
};

function assertRefused({ code, stdout, stderr }: Awaited<ReturnType<typeof ended>>, said: RegExp): void {
  assert.match(stderr, said);
  assert.equal(code, 2);
  assert.equal(stdout, "");
  assert.match(stderr, /^msdk-proxy: .*\nmsdk-proxy --help lists the settings\n$/);
  assertSilent(stderr);
}

describe("exit code 2 and the setting's name", { concurrency: 2 }, () => {
  for (const [name, [more, said]] of Object.entries(wrong)) {
    test(`for ${name}`, () =>
      withSurroundings(async ({ settings }) => {
        assertRefused(await ended(["--config", settings(more)]), said);
      }));
  }

  for (const [name, [content, said]] of Object.entries(wrongKeys)) {
    test(`for a file of keys with ${name}`, () =>
      withSurroundings(async ({ settings, file }) => {
        const keysFile = file("wrong keys", content);
        assertRefused(await ended(["--config", settings({ keysFile })]), said);
      }));
  }

  test("for a file of settings that is not there, is no JSON, or no object", () =>
    withSurroundings(async ({ file }) => {
      assertRefused(await ended(["--config", "/nowhere.json"]), /cannot read \/nowhere\.json: ENOENT/);
      assertRefused(await ended(["--config", file("broken", `{"key":"${KEY}"`)]), /broken: it is not JSON/);
      assertRefused(await ended(["--config", file("list", "[]")]), /list: an object of settings is wanted/);
    }));

  test("for variables, by their own names", () =>
    withSurroundings(async ({ settings }) => {
      const config = settings();
      const variables: [string, string][] = [
        ["MSDK_PROXY_PORT", "80a"],
        ["MSDK_PROXY_ALLOW_MISSING_ORIGIN", "1"],
      ];
      for (const [name, value] of variables) {
        assertRefused(await ended(["--config", config], { [name]: value }), new RegExp(`${name}: `));
      }
    }));

  test("for a variable that nobody knows, before it is set and does nothing", () =>
    withSurroundings(async ({ settings }) => {
      const config = settings();
      const variables: [string, RegExp][] = [
        [
          "MSDK_PROXY_TIMEOUT",
          /there is no variable MSDK_PROXY_TIMEOUT; did you mean MSDK_PROXY_TIMEOUT_MS\?\n/,
        ],
        ["MSDK_PROXY_ALLOWED_ORIGIN", /did you mean MSDK_PROXY_ALLOWED_ORIGINS\?\n/],
        ["MSDK_PROXY_CORS", /there is no variable MSDK_PROXY_CORS\n/],
        [`MSDK_PROXY_KEY_${KEY}`, /MSDK_PROXY_KEY_<source>: the source is a whole number/],
        ["MSDK_PROXY_KEY_FILE", /MSDK_PROXY_KEY_<source>: .* MSDK_PROXY_KEYS_FILE\n/],
      ];
      for (const [name, said] of variables) {
        assertRefused(await ended(["--config", config], { [name]: "5" }), said);
      }
      // Nothing said is nothing set.
      assertRefused(await ended([], { MSDK_PROXY_CORS: "", MSDK_PROXY_PORT: "x" }), /MSDK_PROXY_PORT: /);
    }));

  test("for all that is missing at once, a line each", async () => {
    const { code, stdout, stderr } = await ended([]);
    assert.deepEqual([code, stdout], [2, ""]);
    const lines = stderr.trimEnd().split("\n");
    const said = lines.map((line) => /^msdk-proxy: no (\w+)|^msdk-proxy --help/.exec(line)?.[1]);
    assert.deepEqual(said, ["upstream", "gameId", "allowedOrigins", "authorizeUrl", "key", undefined]);
  });

  test("for a key on the command line, which is not quoted", async () => {
    for (const args of [["--key", KEY], [`--key=${KEY}`], [KEY], ["-k", KEY], [`--${KEY}`], ["--config"]]) {
      assertRefused(
        await ended(args),
        /only --config FILE, --help and --version are taken; keys come from keysFile/,
      );
    }
  });
});

test("a taken port ends it with 1, and it says which", () =>
  withSurroundings(async ({ settings }) => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, "127.0.0.1", resolve));
    const { port } = taken.address() as AddressInfo;
    try {
      for (const more of [{ port }, { operationsPort: port }]) {
        const { code, stdout, stderr } = await ended(["--config", settings(more)]);
        assert.deepEqual([code, stdout], [1, ""]);
        const [option] = Object.keys(more);
        const said = `port ${port} of 127.0.0.1 is taken; ${option} 0 takes any free one`;
        assert.equal(stderr, `msdk-proxy: EADDRINUSE: ${said}\n`);
      }
    } finally {
      await new Promise((resolve) => taken.close(resolve));
    }
  }));

test("--help names every setting and its variable, within the width of a terminal", async () => {
  const { code, stdout, stderr } = await ended(["--help"], { MSDK_PROXY_CONFIG: "/nowhere.json" });
  assert.deepEqual([code, stderr], [0, ""]);
  for (const name of Object.keys(SETTINGS)) {
    assert.match(stdout, new RegExp(`^ +${name} .*\n +${variableOf(name)}$`, "m"));
  }
  for (const word of [
    "--config",
    "--version",
    "MSDK_PROXY_CONFIG",
    "MSDK_PROXY_KEY_<source>",
    "SIGHUP",
    '{"openid": "…", "token": "…"}',
    "Exit codes",
  ]) {
    assert.equal(stdout.includes(word), true, word);
  }
  for (const line of stdout.split("\n")) assert.equal(line.length <= 120, true, line);
  assert.equal((await ended(["-h"])).stdout, stdout);
});

test("--version is the package's", async () => {
  const manifest = new URL("../../pkg/package.json", import.meta.url);
  const { version } = JSON.parse(readFileSync(manifest, "utf8")) as { version: string };
  assert.deepEqual(await ended(["--version"]), { code: 0, stdout: `${version}\n`, stderr: "" });
});
