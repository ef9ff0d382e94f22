// What a client refuses to be told, before anything is sent; its baseUrl is in client-base-url.test.ts.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { assertRefused, refusalOf, shown } from "./support/client-options.ts";

describe("a bad option is a config error that names it", () => {
  const bad: Record<string, unknown[]> = {
    signer: [undefined, null, "key", {}, { sign: "x" }, () => "0".repeat(32)],
    channel: [undefined, null, 0, -1, 1.5, Number.NaN, "1", "WeChat", {}, 2 ** 53],
    gameId: [undefined, null, "", "a b", "12&x=1", "游戏", {}, [], true, Number.NaN],
    os: [0, 6, 1.5, "3", "web", {}, true],
    source: ["a b", {}, true, "ü", Number.POSITIVE_INFINITY],
    version: ["1 0", "a&b", {}, true],
    conn: ["=", [], true],
    extraQuery: ["a=b", 1, true, []],
    timeoutMs: [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 31, "5000", {}, true, [], Symbol("x")],
    totalTimeoutMs: [Object.create(null), 0, -1, 0.5, Number.NaN, "1", 2 ** 31],
    maxRetries: [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, "2"],
    maxResponseBytes: [0, -1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, "1"],
    fetch: ["fetch", {}, 1, true],
    headers: ["a: b", 1, true, [["a", "b"]], new Map([["a", "b"]]), new Headers({ a: "b" })],
    now: [1, "now", {}, new Date(0), true],
    credentials: ["yes", 1, true, {}],
    hooks: ["x", 1, true],
    logger: ["x", 1, true],
    useRemark: ["no", 1, {}],
  };
  for (const [option, values] of Object.entries(bad)) {
    for (const value of values)
      it(`${option}: ${shown(value)}`, () => assertRefused({ [option]: value }, option));
  }

  const badExtra: Record<string, unknown> = {
    sig: { sig: "x" },
    ts: { ts: 1 },
    seq: { seq: "x" },
    gameid: { gameid: "13" },
    os: { os: "1" },
    channelid: { channelid: "1" },
    source: { source: "1" },
    version: { version: "" },
    conn: { conn: "" },
    "a b": { "a b": "x" },
    a: { a: "b c" },
    b: { b: null },
    c: { c: {} },
  };
  for (const [name, extraQuery] of Object.entries(badExtra)) {
    it(`extraQuery.${name}`, () => assertRefused({ extraQuery }, `extraQuery.${name}`));
  }

  for (const options of [undefined, null, 1, "options", [], () => {}]) {
    it(`options: ${shown(options)}`, async () => {
      const error = await refusalOf(options);
      assert.equal(error.kind, "config");
    });
  }
});
