// The package's browser entries as files of a static server, in a real Chromium, with the known answers of
// tests/vectors computed inside the page.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { startSandbox } from "msdk-friends/sandbox";
import type { Browser, Page } from "playwright-core";
import type { AvatarCase, ErrorCase, FitCase, GenderCase, SigningCase } from "../hosts/program/cases.ts";
import { launchChromium, Watched } from "./support/chromium.ts";
import { type PackageServer, type PackageServerOptions, servePackage } from "./support/package-server.ts";

type Package = typeof import("msdk-friends");
/** In the page: see support/package-server.ts. */
declare const msdk: Package;

interface Hosting extends PackageServerOptions {
  name: string;
  entry: string;
}

const hostings: Hosting[] = [
  { name: "browser.js, the wasm with its own type", entry: "browser", wasmType: "application/wasm" },
  { name: "browser.js, the wasm as octet-stream", entry: "browser", wasmType: "application/octet-stream" },
  { name: "browser.js, the wasm as text", entry: "browser", wasmType: "text/plain; charset=utf-8" },
  { name: "browser.js, the wasm without a type", entry: "browser", wasmType: undefined },
  { name: "inline.js", entry: "inline", wasmType: undefined },
  { name: "wasm2js.js, where no wasm may be compiled", entry: "wasm2js", wasmType: undefined, scripts: "" },
];

const CHANNELS = { wechat: 1, qq: 2, facebook: 4 } as const;

/** The cases of one file; `count` keeps one that was cut short from passing. */
function vectors<Case>(file: string, count: number): Case[] {
  const url = new URL(`../vectors/${file}`, import.meta.url);
  const { cases } = JSON.parse(readFileSync(url, "utf8")) as { cases: Case[] };
  assert.equal(cases.length, count, file);
  return cases;
}

let browser: Browser;
before(async () => {
  browser = await launchChromium();
});
after(() => browser?.close());

async function load(server: PackageServer, entry: string): Promise<Watched> {
  const watched = await Watched.open(browser);
  await watched.page.goto(`${server.url}/${entry}.html`);
  await watched.page.waitForSelector("[data-loaded]", { state: "attached" });
  return watched;
}

for (const { name, entry, ...hosting } of hostings) {
  describe(name, () => {
    let server: PackageServer;
    let watched: Watched;
    let page: Page;
    before(async () => {
      server = await servePackage(hosting);
      watched = await load(server, entry);
      page = watched.page;
      await page.evaluate(() => msdk.init());
    });
    after(async () => {
      await watched?.context.close();
      await server?.close();
    });

    test("signing.json", async () => {
      const cases = vectors<SigningCase>("signing.json", 10);
      const found = await page.evaluate(
        (all) =>
          all.map(({ path, params, body, sigKey }) => [
            msdk.sign({ path, query: params, body, key: sigKey }),
            msdk.canonicalRequest({ path, query: params, body }).canonicalQuery,
          ]),
        cases,
      );
      assert.deepEqual(
        found,
        cases.map(({ sig, canonicalQuery }) => [sig, canonicalQuery]),
      );
    });

    test("avatar.json", async () => {
      const cases = vectors<AvatarCase>("avatar.json", 9);
      const found = await page.evaluate(
        (all) => all.map(({ channel, url, size }) => msdk.avatarUrl(channel, url, { size }) ?? null),
        cases.map(({ channel, pictureUrl, size }) => ({ channel: CHANNELS[channel], url: pictureUrl, size })),
      );
      assert.deepEqual(
        found,
        cases.map(({ expected }) => expected),
      );
    });

    test("avatar-fit.json", async () => {
      const cases = vectors<FitCase>("avatar-fit.json", 12);
      const found = await page.evaluate(
        (all) => all.map(({ channel, css, ratio }) => msdk.avatarSize(channel, css, ratio)),
        cases.map((each) => ({
          channel: CHANNELS[each.channel],
          css: each.cssPixels,
          ratio: each.devicePixelRatio,
        })),
      );
      assert.deepEqual(
        found,
        cases.map(({ expected }) => expected),
      );
    });

    test("gender.json", async () => {
      const cases = vectors<GenderCase>("gender.json", 68);
      const found = await page.evaluate(
        (all) => all.map(({ channel, gender }) => msdk.maskGender(channel, gender)),
        cases,
      );
      assert.deepEqual(
        found,
        cases.map(({ expected }) => expected),
      );
    });

    test("errors.json, through parseFriendList", async () => {
      const cases = vectors<ErrorCase>("errors.json", 20);
      const found = await page.evaluate(
        (all) =>
          all.map(({ channel, text }) => {
            try {
              return msdk.parseFriendList(text, { channel });
            } catch (error) {
              if (!msdk.isMsdkError(error)) return String(error);
              const { kind, retryable, ret, msg, platformCode = null } = error;
              return { kind, retryable, ret, msg, platformCode };
            }
          }),
        cases.map(({ channel, ret, msg }) => ({
          channel: CHANNELS[channel],
          text: JSON.stringify({ ret, msg, seq: "s" }),
        })),
      );
      assert.deepEqual(
        found,
        cases.map(({ kind, retryable, ret, msg, platformCode = null }) => ({
          kind,
          retryable,
          ret,
          msg,
          platformCode,
        })),
      );
    });

    test("a list from the sandbox", async () => {
      const sandbox = await startSandbox({ friends: 500, gameId: "12", key: "fake-key" });
      try {
        const friends = await page.evaluate(async (baseUrl) => {
          const signer = msdk.keySigner("fake-key", { dangerouslyAllowBrowser: true });
          const client = await msdk.createClient({ baseUrl, gameId: "12", channel: msdk.Channel.QQ, signer });
          return (await client.friendList({ openid: "9007199254740993111", token: "t" })).friends;
        }, sandbox.url);
        assert.equal(friends.length, 500);
        assert.equal(sandbox.requests.at(-1)?.ret, 0);
      } finally {
        await sandbox.close();
      }
    });

    test("the key of a real game is refused in a page", async () => {
      const kind = await page.evaluate(() => {
        try {
          return msdk.keySigner("some-key") && "none";
        } catch (error) {
          return msdk.isMsdkError(error) ? error.kind : String(error);
        }
      });
      assert.equal(kind, "config");
    });

    test("nothing was complained about", () => assert.deepEqual(watched.complaints, []));
  });
}

describe("where the wasm cannot be had", () => {
  const failure = async (options: PackageServerOptions, entry: string) => {
    const server = await servePackage(options);
    const watched = await load(server, entry);
    try {
      return await watched.page.evaluate(() =>
        msdk.init().then(
          () => ({ kind: "none", message: "" }),
          (error: unknown) =>
            msdk.isMsdkError(error)
              ? { kind: error.kind as string, message: error.message }
              : { kind: "another error", message: String(error) },
        ),
      );
    } finally {
      await watched.context.close();
      await server.close();
    }
  };

  for (const entry of ["browser", "inline"]) {
    test(`a policy without wasm-unsafe-eval is named, and what works there: ${entry}.js`, async () => {
      const { kind, message } = await failure({ wasmType: "application/wasm", scripts: "" }, entry);
      assert.equal(kind, "config");
      assert.match(message, /'wasm-unsafe-eval'.*msdk-friends\/wasm2js/);
    });
  }

  test("slim.js says that it has none", async () => {
    const { kind, message } = await failure({ wasmType: "application/wasm" }, "slim");
    assert.equal(kind, "config");
    assert.match(message, /init/);
  });
});
