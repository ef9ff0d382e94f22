// What the Rust client takes, refuses and sends, beside the TypeScript client: addresses, options, headers, masking.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { startSandbox } from "msdk-friends/sandbox";
import { withBackend } from "./support/backend.ts";
import { type Both, comparable, type Options, openBoth, type Rust } from "./support/page.ts";

/** In the page. */
declare const rust: Rust;

const KEY = "a-fake-key-1";
const player = { openid: "9007199254740993111", token: "a-token-51c2" };
const good: Options = { baseUrl: "https://backend.example", channel: 2, gameId: "12", key: KEY };

let both: Both;
before(async () => {
  both = await openBoth();
});
after(() => both?.close());

/** What making a client throws. */
const refusal = (options: object): Promise<{ kind?: string; field?: string; attempts?: number }> =>
  both.page.evaluate((options) => {
    try {
      rust.checkOptions(options);
      return {};
    } catch (error) {
      return error as object;
    }
  }, options);

describe("addresses are judged as in TypeScript", () => {
  const addresses = [
    ...[
      "https://a.example",
      "https://a.example/",
      "https://a.example:8443/x/y//",
      "HTTPS://A.EXAMPLE",
      "https://[::1]",
    ],
    ...[
      "http://localhost:80",
      "http://x.localhost",
      "http://127.0.0.1:8080/a",
      "http://127.9.9.9",
      "http://[::1]:1/",
    ],
    ...[
      "http://a.example",
      "http://localhost.example",
      "http://127.0.0.1.example",
      "ftp://a.example",
      "//a.example",
    ],
    ...[
      "/msdk",
      "/",
      "/msdk/",
      "//msdk",
      "/a?b",
      "/a#b",
      "/a b",
      "/a\\b",
      "msdk",
      "",
      "javascript:1",
      "data:,",
    ],
    ...[
      "https://u:p@a.example",
      "https://a.example?x",
      "https://a.example#x",
      "https://a.example/\n",
      "https://",
    ],
    ...[
      "https://itop.qq.com",
      "https://hktest.itop.qq.com:443/",
      "https://sg.itopsdk.com.",
      "https://itop.qq.com.cn",
    ],
    ...["https://notitop.qq.com", "https://a.example:70000", "https://a.example:99999", "https://é.example"],
  ];
  for (const isSigned of [true, false]) {
    it(isSigned ? "where this program signs" : "where a proxy signs", async () => {
      for (const baseUrl of addresses) {
        const options = { baseUrl, channel: 2, gameId: "12", ...(isSigned && { key: KEY }) };
        const inRust = await refusal(options);
        const inTypeScript = await both.page.evaluate(
          `(async () => {
            const options = ${JSON.stringify(options)};
            const ofKey = () => msdk.keySigner("k", { dangerouslyAllowBrowser: true });
            const { key, ...rest } = options;
            const signer = key ? ofKey() : msdk.proxied();
            return msdk.createClient({ ...rest, signer }).then(() => "none", ({ kind }) => kind);
          })()`,
        );
        assert.equal(inRust.kind ?? "none", inTypeScript, baseUrl);
        if (inRust.kind) assert.equal(inRust.field, "base_url");
      }
    });
  }
});

describe("options that are refused", () => {
  const wrong: Record<string, [field: string, Partial<Options>]> = {
    "no game": ["gameId", { gameId: "" }],
    "a character that no query holds": ["version", { version: "1 2" }],
    "an extra parameter that is the client's": ["extraQuery.ts", { extraQuery: { ts: "1" } }],
    "no timeout": ["timeout", { timeoutMs: 0 }],
    "a timeout that no timer takes": ["timeout", { timeoutMs: 2 ** 31 }],
    "no total timeout": ["total_timeout", { totalTimeoutMs: 0 }],
    "a thousand attempts": ["max_retries", { maxRetries: 1000 }],
    "no answer at all": ["max_response_bytes", { maxResponseBytes: 0 }],
    "an answer beyond the core's limit": ["max_response_bytes", { maxResponseBytes: 2 ** 28 + 1 }],
    "a header's name that is none": ["headers", { headers: { "a b": "c" } }],
    "a header's value with a line break": ["headers", { headers: { a: "b\r\nc: d" } }],
  };
  for (const [name, [field, options]] of Object.entries(wrong)) {
    it(name, async () => {
      const { kind, field: told, attempts } = await refusal({ ...good, ...options });
      assert.deepEqual({ kind, field: told, attempts }, { kind: "config", field, attempts: 0 });
    });
  }

  it("a key in a page, with what to do", async () => {
    const error = await both.page.evaluate((key) => {
      try {
        rust.keySigner(key);
        return undefined;
      } catch (error) {
        return error as { kind: string; display: string };
      }
    }, KEY);
    assert.equal(error?.kind, "config");
    assert.match(error?.display ?? "", /proxied\(\).*key_dangerously_allow_browser/);
    assert.equal(JSON.stringify(error).includes(KEY), false);
  });

  for (const [name, call] of Object.entries({ "a seq": { seq: "a b" }, "a timeout": { timeoutMs: 0 } })) {
    it(`${name} of a call, and nothing is sent`, () =>
      withBackend(
        () => ({ body: '{"ret":0}' }),
        async (baseUrl, received) => {
          const { error } = await both.ask("rust", { ...good, baseUrl }, "friend_list", player, call);
          const { kind, attempts, maybeSent } = error ?? {};
          assert.deepEqual({ kind, attempts, maybeSent }, { kind: "request", attempts: 0, maybeSent: false });
          assert.equal(received().length, 0);
        },
      ));
  }
});

describe("what is sent", () => {
  const answer = () => ({ body: '{"ret":0}' });

  it("the query's parameters and the caller's headers, as from TypeScript", () =>
    withBackend(answer, async (baseUrl, received) => {
      const options: Options = {
        ...{ ...good, baseUrl: `${baseUrl}/prefix/`, os: 4, source: "7", version: "2.0", conn: "c" },
        extraQuery: { cgsource: "cloudgame", zz: "" },
        headers: { "x-own": "yes", "Content-Type": "text/plain" },
      };
      await both.page.evaluate("reallyNow = Date.now; Date.now = () => 1_700_000_000_999");
      await both.ask("rust", options, "friend_list", player, { seq: "s-1" });
      await both.ask("typescript", options, "friend_list", player, { seq: "s-1" });
      await both.page.evaluate("Date.now = reallyNow");
      const [inRust, inTypeScript] = received();
      assert.equal(inRust?.target, inTypeScript?.target);
      assert.equal(inRust?.body, inTypeScript?.body);
      assert.match(inRust?.target ?? "", /^\/prefix\/v2\/friend\/friend_list\?cgsource=.*&ts=1700000000&/);
      assert.equal(inRust?.req.headers["x-own"], "yes");
      assert.equal(inRust?.req.headers["content-type"], "application/json");
    }));

  it("to a proxy, nothing of the game and nothing of the player", () =>
    withBackend(answer, async (baseUrl, received) => {
      const options = { baseUrl, channel: 2 };
      await both.ask("rust", options, "friend_list", { openid: "", token: "" });
      await both.ask("typescript", options, "friend_list", {});
      const [inRust, inTypeScript] = received();
      assert.equal(inRust?.target, "/v2/friend/friend_list?channelid=2&conn=&seq=&source=0&version=");
      assert.equal(inRust?.target, inTypeScript?.target);
      assert.equal(inRust?.body, "{}");
      assert.equal(inTypeScript?.body, "{}");
    }));

  it("what fetch is told", () =>
    withBackend(answer, async (baseUrl) => {
      await both.page.evaluate(
        "really = fetch; fetch = (url, init) => { told = init; return really(url, init); }",
      );
      await both.ask("rust", { ...good, baseUrl, credentials: "omit" }, "friend_list", player);
      const told = await both.page.evaluate(
        "({ ...told, headers: [...told.headers], signal: typeof told.signal })",
      );
      await both.page.evaluate("fetch = really");
      assert.deepEqual(told, {
        method: "POST",
        redirect: "manual",
        credentials: "omit",
        body: JSON.stringify(player),
        headers: [["content-type", "application/json"]],
        signal: "object",
      });
    }));
});

describe("secrets are masked in errors as in TypeScript", () => {
  const percent = (text: string) => encodeURIComponent(text);
  const json = (text: string) => JSON.stringify(text).slice(1, -1);
  const units = (text: string) =>
    text.replace(/[\s\S]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
  const spellings: Record<string, (text: string) => string> = {
    "as they are": (text) => text,
    "in capitals": (text) => text.toUpperCase(),
    "as JSON": json,
    "as JSON in JSON": (text) => json(json(text)),
    "as escapes": units,
    "in a URL": percent,
    "in a URL twice": (text) => percent(percent(text)),
    "in a form": (text) => new URLSearchParams({ a: text }).toString().slice(2),
    "as JSON in a URL": (text) => percent(json(text)),
  };
  const tokens = [
    "61_nTO2IrYUm4KTM58tuZYZR8wZMbjyDJWndI",
    "a+b/c==+d/e",
    'quo"te\\"and\nline',
    "abc def ghi",
    "nbsp\u00a0sep\u2028mark\ufeffend",
    "头号玩家😀ok",
    "100%41%zz",
    "ab\\name\\nu0041",
    "1",
  ];
  for (const [name, spell] of Object.entries(spellings)) {
    it(name, async () => {
      for (const token of tokens) {
        const input = { ...player, token };
        const msg = `<${spell(token)}> of ${spell(player.openid)}, ${KEY}, 1008 %ff%C3(`;
        await withBackend(
          ({ target }) => {
            const sig = target.split("sig=")[1];
            return { body: JSON.stringify({ ret: 1007, msg: `${msg} ${sig}`, seq: player.openid }) };
          },
          async (baseUrl) => {
            const outcome = await both.ask("rust", { ...good, baseUrl }, "friend_list", input);
            const inTypeScript = await both.ask("typescript", { ...good, baseUrl }, "friend_list", input);
            assert.deepEqual(comparable(outcome), comparable(inTypeScript), token);
            assert.equal(outcome.error?.kind, "request");
            for (const secret of [player.openid, KEY, ...(token.length > 1 ? [token, spell(token)] : [])]) {
              assert.equal(outcome.printed?.includes(secret), false, secret);
              assert.equal(JSON.stringify(outcome).includes(secret), false, secret);
            }
          },
        );
      }
    });
  }

  it("and none is shown in part at the end of what is kept of a long text", async () => {
    for (const shift of [0, 1, 7, 20]) {
      const msg = "-".repeat(shift) + `${player.token},`.repeat(8000);
      await withBackend(
        () => ({ body: JSON.stringify({ ret: 1007, msg }) }),
        async (baseUrl) => {
          const { error } = await both.ask("rust", { ...good, baseUrl }, "friend_list", player);
          assert.match(String(error?.msg), /^-*(\*\*\*,)+\*{0,3}$/);
        },
      );
    }
  });

  it("of a receiver too", () =>
    withBackend(
      ({ body }) => ({ body: JSON.stringify({ ret: 1007, msg: body }) }),
      async (baseUrl) => {
        const receivers = [{ fopenid: "9007199254740993222" }, { sopenid: "sopenid-of-somebody" }];
        for (const receiver of receivers) {
          const input = { ...player, ...receiver, gameTag: "MSG_INVITE" };
          const outcome = await both.ask("rust", { ...good, baseUrl }, "share", input);
          assert.equal(JSON.stringify(outcome).includes(Object.values(receiver)[0] as string), false);
          assert.match(outcome.error?.message ?? "", /MSG_INVITE/);
        }
      },
    ));
});

it("in a worker, with its own fetch and timers, and without the key", async () => {
  const sandbox = await startSandbox({ key: KEY, gameId: "12", friends: 30, fault: "http-500,none" });
  try {
    const options = { ...good, baseUrl: sandbox.url };
    const outcome = (await both.page.evaluate(`new Promise((resolve, reject) => {
      const worker = new Worker("./worker.js", { type: "module" });
      worker.onerror = ({ message }) => reject(new Error(message));
      worker.onmessage = ({ data }) => resolve(data);
      worker.postMessage(${JSON.stringify({ options, key: KEY })});
    })`)) as { list?: { friends: unknown[] }; error?: { kind: string } };
    assert.equal(outcome.list?.friends.length, 30);
    assert.equal(outcome.error?.kind, "config");
  } finally {
    await sandbox.close();
  }
});
