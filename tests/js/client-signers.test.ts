// What a signer may return and is given, and where keySigner refuses to be one.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { isMsdkError, keySigner, type SignedOptions } from "msdk-friends";
import { BACKEND, clientFor, failureOf, outcomeOf, player } from "./support/client-calls.ts";
import { requestOf, shown } from "./support/client-options.ts";
import { good, scriptedFetch } from "./support/client-servers.ts";
import { entryInWorld } from "./support/in-world.ts";
import { KEY, PATHS, sigOf } from "./support/sandbox-client.ts";

describe("a signer", () => {
  const sig = "0123456789abcdef0123456789abcdef";
  const fine: Record<string, SignedOptions["signer"]> = {
    "a text": { sign: () => sig },
    "a promise": { sign: async () => sig },
    "upper case": { sign: () => sig.toUpperCase() },
    "a thenable": {
      // biome-ignore lint/suspicious/noThenProperty: a thenable is what is tested
      sign: () => ({ then: (resolve: (value: string) => void) => resolve(sig) }) as Promise<string>,
    },
  };
  for (const [name, signer] of Object.entries(fine)) {
    it(`may return ${name}; what is sent is lower case`, async () => {
      const { url } = await requestOf({ signer });
      assert.ok(url.endsWith(`&sig=${sig}`), url);
    });
  }

  const wrong: unknown[] = [
    undefined,
    null,
    "",
    sig.slice(1),
    `${sig}0`,
    `${sig}\n`,
    ` ${sig}`,
    sig.replace("f", "g"),
    `${sig.slice(1)}&`,
    1,
    {},
    [sig],
    { sig },
    new Uint8Array(16),
    new String(sig),
  ];
  for (const value of wrong) {
    it(`may not return ${shown(value)}`, async () => {
      const { fetch, requests } = scriptedFetch(good);
      const client = await clientFor(BACKEND, { fetch, signer: { sign: () => value as string } });
      const error = await failureOf(client.friendList(player));
      assert.deepEqual(outcomeOf(error), {
        kind: "signature",
        retryable: false,
        maybeSent: false,
        attempts: 1,
      });
      assert.match(error.message, /32 hex/);
      assert.equal(requests.length, 0);
    });
  }

  const thrown: Record<string, unknown> = {
    "an error": new Error("x"),
    nothing: undefined,
    "a text": "x",
    null: null,
    "a symbol inside": { message: Symbol("x") },
    "a bare object inside": { message: Object.create(null) },
    "a bare object": Object.create(null),
    "a hostile object": new Proxy(
      {},
      {
        get: () => {
          throw new Error("hostile");
        },
      },
    ),
  };
  for (const [name, value] of Object.entries(thrown)) {
    for (const how of ["throws", "rejects with"] as const) {
      it(`that ${how} ${name} is a signature error`, async () => {
        const sign = () => {
          if (how === "throws") throw value;
          return Promise.reject(value);
        };
        const error = await failureOf((await clientFor(BACKEND, { signer: { sign } })).friendList(player));
        assert.deepEqual(outcomeOf(error), {
          kind: "signature",
          retryable: false,
          maybeSent: false,
          attempts: 1,
        });
      });
    }
  }

  it("is given path, canonical query and body as they are sent, and is called on itself", async () => {
    let seen: unknown;
    class Remote {
      readonly #sig = sig;
      sign(input: unknown): string {
        seen = input;
        return this.#sig;
      }
    }
    const { url, body } = await requestOf({ signer: new Remote() });
    const canonicalQuery = url.slice(url.indexOf("?") + 1).replace(/&sig=.*/, "");
    assert.deepEqual(seen, { path: PATHS.friend_list, canonicalQuery, body });
  });
});

// The guard looks at globals, so each case gets a world of its own.
describe("keySigner", () => {
  const exportsIn = (globals: object) =>
    entryInWorld("msdk-friends/inline", { TextEncoder, TextDecoder, URL, ...globals });

  const requestOnly = { request: () => {} };
  const refused: Record<string, object> = {
    "a page": { window: {}, document: {} },
    "a page that simulates Node": { window: {}, document: {}, process: { versions: { node: "20.0.0" } } },
    "a web worker": { importScripts: () => {}, navigator: { userAgent: "Mozilla/5.0" } },
    "a worker with a shim of process": { importScripts: () => {}, process: { env: {}, versions: {} } },
    "a WeChat mini-game": { wx: requestOnly },
    "a QQ mini-game": { qq: requestOnly },
    "a ByteDance mini-game": { tt: requestOnly },
    "an Alipay mini-game": { my: requestOnly },
    "a Kuaishou mini-game": { ks: requestOnly },
    "a Baidu mini-game": { swan: requestOnly },
    "a quick game": { qg: requestOnly },
  };
  for (const [name, globals] of Object.entries(refused)) {
    it(`refuses ${name} and says why, unless it is told`, () => {
      const { keySigner: inPage, isMsdkError: known } = exportsIn(globals);
      assert.throws(
        () => inPage(KEY),
        (error) => {
          if (!(known(error) && isMsdkError(error))) return false;
          assert.equal(error.kind, "config");
          assert.match(error.message, /dangerouslyAllowBrowser/);
          assert.match(error.message, /key/);
          assert.equal(error.message.includes(KEY), false);
          return true;
        },
      );
      for (const answer of [false, 1, "true"]) {
        assert.throws(() => inPage(KEY, { dangerouslyAllowBrowser: answer as boolean }));
      }
      assert.equal(typeof inPage(KEY, { dangerouslyAllowBrowser: true }).sign, "function");
    });
  }

  const passes: Record<string, object> = {
    Node: { process: { versions: { node: "20.0.0" } } },
    Deno: { Deno: {}, importScripts: () => {} },
    Bun: { Bun: {} },
    "an edge worker": { navigator: { userAgent: "Cloudflare-Workers" } },
    "another edge worker": { caches: {}, Response: {}, EdgeRuntime: "edge" },
    "a program that calls something wx": { wx: "text" },
  };
  for (const [name, globals] of Object.entries(passes)) {
    it(`passes in ${name}`, () => {
      assert.equal(typeof exportsIn(globals).keySigner(KEY).sign, "function");
    });
  }

  for (const key of ["", undefined, null, 1, {}, ["key"]] as unknown[]) {
    it(`refuses ${shown(key)} as a key`, () => {
      assert.throws(() => keySigner(key as string), { kind: "config", field: "key" });
    });
  }

  it("takes null for no options", () => {
    assert.equal(typeof keySigner(KEY, null as unknown as object).sign, "function");
  });

  it("signs like the vectors' scheme", async () => {
    const input = { path: "/v2/friend/friend_list", canonicalQuery: "a=1&b=2", body: '{"名":"字"}' };
    const { signal } = new AbortController();
    assert.equal(
      await keySigner(KEY).sign(input, { signal }),
      sigOf(input.path, ["a=1", "b=2"], input.body, KEY),
    );
  });
});
