// What the pure functions refuse, and how: to work before init, and bad arguments.

import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import {
  avatarSize,
  avatarSrcset,
  avatarUrl,
  type Channel,
  canonicalRequest,
  init,
  isMsdkError,
  MsdkError,
  maskGender,
  packArkExtra,
  parseFriendList,
  sign,
} from "msdk-friends";
import { DESCRIBE, inChild } from "../twin/child.ts";
import { cycle, loose, show, thrown } from "./support/bad-arguments.ts";

before(() => init());

test("before init every pure function throws config, naming init", async () => {
  const outcomes = await inChild(`
    import * as msdk from "msdk-friends";
    ${DESCRIBE}
    const query = { a: "1" };
    const calls = {
      canonicalRequest: () => msdk.canonicalRequest({ path: "/p", query, body: "" }),
      sign: () => msdk.sign({ path: "/p", query, body: "", key: "k" }),
      parseFriendList: () => msdk.parseFriendList("{}", { channel: 1 }),
      avatarUrl: () => msdk.avatarUrl(1, "https://wx.qlogo.cn/a", { size: 46 }),
      avatarUrlToFit: () => msdk.avatarUrl(1, "https://wx.qlogo.cn/a", { cssPixels: 46 }),
      avatarSize: () => msdk.avatarSize(1, 46),
      avatarSrcset: () => msdk.avatarSrcset(1, "https://wx.qlogo.cn/a"),
      maskGender: () => msdk.maskGender(1, 1),
      packArkExtra: () => msdk.packArkExtra("{}"),
      shareLimits: () => msdk.shareLimits(),
      endpoints: () => msdk.endpoints(),
    };
    const before = {};
    for (const [name, call] of Object.entries(calls)) before[name] = await outcome(call);
    await msdk.init();
    const after = {};
    for (const [name, call] of Object.entries(calls)) after[name] = await outcome(call);
    print({ before, after });
  `);
  const { before, after } = outcomes as Record<
    "before" | "after",
    Record<string, MsdkError & { value?: unknown }>
  >;
  assert.equal(Object.keys(before).length, 11);
  for (const [name, { kind, field, message }] of Object.entries(before)) {
    assert.deepEqual([kind, field], ["config", "init"], name);
    assert.match(message, /await init\(\)/, name);
  }
  for (const [name, { kind, value }] of Object.entries(after)) {
    if (name === "parseFriendList") assert.equal(kind, "malformed_response", name);
    else assert.ok(value !== undefined, `${name}: ${kind}`);
  }
});

describe("bad arguments throw request, naming the field", () => {
  const refuses = (field: string | RegExp, run: () => unknown, what: string) => {
    const error = thrown(run);
    assert.equal(error.kind, "request", `${what}: ${error.message}`);
    assert.match(error.field ?? "", typeof field === "string" ? new RegExp(`^${field}$`) : field, what);
    assert.ok(error instanceof MsdkError);
    assert.equal(error.attempts, 0);
    assert.equal(error.retryable, false);
    assert.equal(error.endpoint, undefined);
  };

  const NO_CHANNELS = [
    undefined,
    null,
    0,
    -1,
    1.5,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    2 ** 32,
    "wechat",
    {},
    [],
  ];

  for (const [name, call] of Object.entries({
    avatarUrl: (channel: Channel) => avatarUrl(channel, "https://wx.qlogo.cn/a", { size: 46 }),
    "avatarUrl of another host": (channel: Channel) =>
      avatarUrl(channel, "https://example.com/a", { cssPixels: 4 }),
    avatarSize: (channel: Channel) => avatarSize(channel, 46),
    avatarSrcset: (channel: Channel) => avatarSrcset(channel, "https://wx.qlogo.cn/a"),
    maskGender: (channel: Channel) => maskGender(channel, 1),
    parseFriendList: (channel: Channel) => parseFriendList('{"ret":0}', { channel }),
  })) {
    test(`${name}: channel`, () => {
      for (const channel of NO_CHANNELS) refuses("channel", () => call(loose(channel)), show(channel));
    });

    test(`${name}: a channel that is no number, whether it turns into one or not`, () => {
      for (const channel of [1n, Symbol("1"), Object.create(null), "1", true, [1], { valueOf: () => 1 }]) {
        refuses("channel", () => call(loose(channel)), typeof channel);
      }
    });
  }

  const url = "https://wx.qlogo.cn/a";

  test("avatarUrl: pictureUrl, options", () => {
    for (const bad of [undefined, null, 5, {}, [], 1n, Symbol("x"), new URL(url)]) {
      refuses("pictureUrl", () => avatarUrl(1, loose(bad), { size: 46 }), typeof bad);
      refuses("pictureUrl", () => avatarSrcset(1, loose(bad)), typeof bad);
    }
    for (const bad of [undefined, null, 5, "x", 1n]) {
      refuses("options", () => avatarUrl(1, url, loose(bad)), show(bad));
    }
  });

  test("avatarUrl: size, pixels, ratio", () => {
    for (const size of [41, -46, 46.5, Number.NaN, Number.POSITIVE_INFINITY, "big", {}]) {
      refuses("size", () => avatarUrl(1, url, loose({ size })), show(size));
    }
    for (const bad of [0, -1, Number.NaN, Number.NEGATIVE_INFINITY, "wide", {}]) {
      refuses("cssPixels", () => avatarUrl(1, url, loose({ cssPixels: bad })), show(bad));
      refuses("cssPixels", () => avatarSize(1, loose(bad)), show(bad));
      refuses(
        "devicePixelRatio",
        () => avatarUrl(1, url, loose({ cssPixels: 40, devicePixelRatio: bad })),
        show(bad),
      );
      refuses("devicePixelRatio", () => avatarSize(1, 40, loose(bad)), show(bad));
    }
    refuses("cssPixels", () => avatarUrl(1, url, loose({})), "neither");
    refuses("cssPixels", () => avatarSize(1, loose(undefined)), "undefined");
  });

  test("avatarUrl: a size or pixels that do not turn into a number", () => {
    for (const bad of [46n, Symbol("46")]) {
      refuses("size", () => avatarUrl(1, url, loose({ size: bad })), typeof bad);
      refuses("cssPixels", () => avatarUrl(1, url, loose({ cssPixels: bad })), typeof bad);
      refuses("cssPixels", () => avatarSize(1, loose(bad)), typeof bad);
      refuses("devicePixelRatio", () => avatarSize(1, 40, loose(bad)), typeof bad);
    }
  });

  test("avatarUrl: a size or pixels that are no number but turn into one; null is not the original", () => {
    for (const bad of [null, "", "46", [46], true, false]) {
      refuses("size", () => avatarUrl(1, url, loose({ size: bad })), show(bad));
    }
    for (const bad of ["46", [46], true]) {
      refuses("cssPixels", () => avatarUrl(1, url, loose({ cssPixels: bad })), show(bad));
      refuses("cssPixels", () => avatarSize(1, loose(bad)), show(bad));
    }
  });

  test("the message names the sizes there are", () => {
    assert.match(
      thrown(() => avatarUrl(1, url, { size: 40 })).message,
      /^size: expected one of 0, 46, 64, 96, 132\b/,
    );
    assert.match(thrown(() => avatarUrl(2, url, { size: 46 })).message, /^size: expected one of 40, 100\b/);
  });

  test("maskGender: a number that is not 1 or 2 is 0", () => {
    for (const gender of [Number.NaN, 3, -1, 1.5, 2 ** 32 + 1, 2 ** 53, Number.POSITIVE_INFINITY]) {
      assert.equal(maskGender(1, gender), 0, String(gender));
    }
  });

  test("maskGender: what is no number is 0 or refused, and never shown", () => {
    for (const gender of [
      undefined,
      null,
      {},
      "male",
      "1",
      true,
      [2],
      1n,
      Symbol("1"),
      { valueOf: () => 1 },
    ]) {
      try {
        assert.equal(maskGender(1, loose(gender)), 0, typeof gender);
      } catch (error) {
        assert.ok(isMsdkError(error), String(error));
        assert.deepEqual([error.kind, error.field], ["request", "gender"]);
      }
    }
  });

  test("parseFriendList: answer, options", () => {
    for (const bad of [undefined, null, 5, true, {}, [], 1n, Symbol("x"), () => "", new Blob(["{}"])]) {
      refuses("answer", () => parseFriendList(loose(bad), { channel: 1 }), typeof bad);
    }
    for (const bad of [undefined, null, 5, "x", 1n]) {
      refuses("options", () => parseFriendList('{"ret":0}', loose(bad)), show(bad));
    }
  });

  test("parseFriendList: a buffer that was given away", () => {
    const view = new TextEncoder().encode('{"ret":0}');
    structuredClone(view.buffer, { transfer: [view.buffer] });
    for (const given of [view, view.buffer]) {
      const { kind } = thrown(() => parseFriendList(given, { channel: 1 }));
      assert.ok(["request", "malformed_response"].includes(kind), kind);
    }
  });

  test("packArkExtra", () => {
    const deep = `${'{"a":'.repeat(65)}1${"}".repeat(65)}`;
    const throws = {
      toJSON: () => {
        throw new TypeError("no");
      },
    };
    const bad = [
      undefined,
      null,
      5,
      Number.NaN,
      true,
      [],
      [{}],
      1n,
      { a: 1n },
      cycle,
      throws,
      Symbol("x"),
      () => ({}),
    ];
    const texts = [
      "",
      " ",
      "x",
      "[1]",
      "5",
      '"a"',
      "null",
      "{",
      '{"a":1,}',
      "{'a':1}",
      '{"a":1}}',
      "{/*}",
      deep,
    ];
    const encoded = ["%7B%7D", " %7B%7D", encodeURIComponent('{"a":1}'), "\ufeff%7B%7D"];
    const broken = ['{"a":"\ud800"}', '{"\udc00":1}'];
    for (const given of [...bad, ...texts, ...encoded, ...broken, new Date(0), new String("x")]) {
      refuses("extra", () => packArkExtra(loose(given)), typeof given === "string" ? given : typeof given);
    }
    refuses("extra", () => packArkExtra(JSON.parse(deep)), "deep object");
  });

  test("packArkExtra names line and column", () => {
    for (const [template, line, column] of [
      ["", 1, 1],
      ["{\n  x}", 2, 3],
      ['{"头像": 😀}', 1, 8],
      ['// 注释\r\n/* 头\n*/ {"a":1,\n\t}', 4, 2],
      ['{"a":"\t"}', 1, 7],
      ["[]", 1, 1],
      ["{} x", 1, 4],
    ] as const) {
      const { message } = thrown(() => packArkExtra(template));
      assert.match(message, new RegExp(`line ${line}, column ${column}\\b`), template);
    }
  });

  const good = { path: "/v2/x", query: { a: "1" }, body: "{}", key: "k" };

  test("canonicalRequest, sign: path, body, key", () => {
    const both = (field: string, change: object) => {
      refuses(field, () => sign(loose({ ...good, ...change })), show(Object.values(change)[0]));
      refuses(field, () => canonicalRequest(loose({ ...good, ...change })), show(Object.values(change)[0]));
    };
    for (const path of [undefined, null, 5, "", "v2/x", "/v2?a", "/v2#a", {}, 1n]) both("path", { path });
    for (const body of [undefined, null, 5, {}, [], 1n, new Uint8Array(2)]) both("body", { body });
    for (const key of [undefined, null, "", 5, {}, 1n]) {
      refuses("key", () => sign(loose({ ...good, key })), show(key));
    }
  });

  test("canonicalRequest, sign: query", () => {
    const cases: [field: string, query: unknown][] = [
      ...[undefined, null, 5, "a=1", [], true, cycle, { a: 1n }].map((query): [string, unknown] => [
        "query",
        query,
      ]),
      ...[
        Number.NaN,
        Number.POSITIVE_INFINITY,
        null,
        true,
        {},
        [],
        " ",
        "头",
        "a+b",
        "%20",
        "a&b",
        "a=b",
        "\ud800",
      ].map((a): [string, unknown] => ["a", { b: "1", a }]),
      ["sig", { sig: "0" }],
      ["sig", { sig: "" }],
      ["", { "": "1" }],
      ["a b", { "a b": "1" }],
      ["头", { 头: "1" }],
    ];
    for (const [field, query] of cases) {
      refuses(field, () => canonicalRequest(loose({ ...good, query })), show(query));
      refuses(field, () => sign(loose({ ...good, query })), show(query));
    }
  });

  test("canonicalRequest, sign: a query that JSON would make an empty object of", () => {
    const pairs: [string, string][] = [["a", "1"]];
    for (const query of [new Map(pairs), new URLSearchParams(pairs), new Headers(pairs), pairs]) {
      refuses("query", () => canonicalRequest(loose({ ...good, query })), show(query));
      refuses("query", () => sign(loose({ ...good, query })), show(query));
    }
  });

  test("canonicalRequest, sign: no argument", () => {
    for (const bad of [undefined, null, 5, "x"]) {
      refuses(/./, () => canonicalRequest(loose(bad)), show(bad));
      refuses(/./, () => sign(loose(bad)), show(bad));
    }
  });

  test("no message shows the key, the body or an answer", () => {
    const key = "marker-key-93b1";
    for (const change of [{ path: "x" }, { query: { a: " " } }, { query: { sig: "" } }, { body: 5 }]) {
      const error = thrown(() => sign(loose({ ...good, body: "marker-body-1c77", key, ...change })));
      assert.doesNotMatch(JSON.stringify(error) + error.message + error.stack, /marker-(key|body)/);
    }
    const error = thrown(() =>
      parseFriendList('{"ret":0,"lists":[{"user_name":"marker-name-20f5"}]}', { channel: 1 }),
    );
    assert.doesNotMatch(JSON.stringify(error) + error.message, /marker-name/);
  });
});
