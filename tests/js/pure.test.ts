// The pure functions: what they refuse and how, and what they return.

import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { runInNewContext } from "node:vm";
import {
  avatarSize,
  avatarSrcset,
  avatarUrl,
  Channel,
  type Client,
  canonicalRequest,
  endpoints,
  type FriendList,
  init,
  isMsdkError,
  MsdkError,
  maskGender,
  packArkExtra,
  parseFriendList,
  shareLimits,
  sign,
} from "msdk-friends";
import { capturedClient, goodInput } from "../twin/captured.ts";
import { DESCRIBE, inChild } from "../twin/child.ts";
import * as twin from "../twin/index.ts";

before(() => init());

/** The error that a function has to throw; anything but an MsdkError fails. */
function thrown(run: () => unknown): MsdkError {
  let result: unknown;
  try {
    result = run();
  } catch (error) {
    assert.ok(isMsdkError(error), `not an MsdkError: ${error}`);
    return error;
  }
  assert.fail(`no error, but ${String(result)}`);
}

/** Whatever a caller without types may pass. */
const loose = <T>(value: unknown) => value as T;

const cycle: Record<string, unknown> = {};
cycle.self = cycle;

function show(value: unknown): string {
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value !== "object" || value === null) return String(value);
  return value === cycle ? "a cycle" : `${value.constructor?.name} ${Object.keys(value)}`;
}

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

describe("bad arguments of a client's methods reject with request, nothing sent", () => {
  const METHODS = ["friendList", "recallFriendsList", "getSopenid", "share", "arkShare"] as const;
  const NAMES = {
    friendList: "friend_list",
    recallFriendsList: "recall_friends_list",
    getSopenid: "get_sopenid",
    share: "share",
    arkShare: "ark_share",
  } as const;

  type Method = (input?: unknown, options?: unknown) => Promise<unknown>;

  for (const name of METHODS) {
    const good = goodInput(NAMES[name], Channel.QQ);

    const rejects = async (field: RegExp, input: unknown, options: unknown, what: string) => {
      const { client, sent } = await capturedClient({ channel: Channel.QQ });
      let result: Promise<unknown>;
      try {
        result = (client[name as keyof Client] as Method)(input, options);
      } catch (error) {
        assert.fail(`thrown, not rejected: ${error}`);
      }
      const error: unknown = await result.then(
        () => assert.fail(`not refused: ${what}`),
        (error) => error,
      );
      assert.ok(isMsdkError(error), String(error));
      assert.equal(error.kind, "request", `${what}: ${error.message}`);
      assert.match(error.field ?? "", field, what);
      assert.deepEqual([error.endpoint, error.attempts, error.maybeSent], [NAMES[name], 0, false], what);
      assert.deepEqual(sent, []);
    };

    test(`${name}: input`, async () => {
      for (const input of [undefined, null, 5, "x", [], 1n, cycle, { ...good, more: 1n }, () => good]) {
        await rejects(/./, input, undefined, typeof input);
      }
      for (const field of ["openid", "token"]) {
        for (const bad of [undefined, null, "", 5, 0, {}, [], true, "\ud800"]) {
          await rejects(
            new RegExp(`^${field}$`),
            { ...good, [field]: bad },
            undefined,
            `${field} ${show(bad)}`,
          );
        }
      }
    });

    test(`${name}: options`, async () => {
      for (const seq of [5, null, {}, "a b", "头", "a&b"]) await rejects(/^seq$/, good, { seq }, show(seq));
      for (const timeoutMs of [0, -1, 1.5, Number.NaN, "5", 2 ** 31, 1n]) {
        await rejects(/^timeoutMs$/, good, { timeoutMs }, show(timeoutMs));
      }
      for (const signal of [{}, 5, "x"]) await rejects(/^signal$/, good, { signal }, show(signal));
    });

    test(`${name}: options that are none`, async () => {
      await rejects(/./, good, null, "null");
    });
  }

  test("share: a text that is NaN is no absent text", async () => {
    const { client, sent } = await capturedClient({ channel: Channel.QQ });
    const input = { ...goodInput("share", Channel.QQ), title: Number.NaN };
    await assert.rejects((client.share as Method)(input), { kind: "request", field: "title" });
    assert.deepEqual(sent, []);
  });
});

describe("parseFriendList", () => {
  const DOCUMENT = '{"ret":0,"seq":"s","lists":[{"openid":"1","user_name":"é头😀","gender":2}]}';
  const LIST: FriendList = {
    friends: [{ openid: "1", userName: "é头😀", displayName: "é头😀", gender: 2, pictureUrl: "" }],
    degraded: false,
    seq: "s",
  };
  const bytes = new TextEncoder().encode(DOCUMENT);

  function surrounded(left: number, right: number): ArrayBuffer {
    const buffer = new ArrayBuffer(left + bytes.length + right);
    new Uint8Array(buffer).fill(0x5b).set(bytes, left);
    return buffer;
  }

  test("from bytes in every wrapping, and from text", () => {
    const { length } = bytes;
    for (const [name, given] of Object.entries({
      Uint8Array: bytes,
      "subarray with offset": new Uint8Array(surrounded(5, 7)).subarray(5, 5 + length),
      ArrayBuffer: surrounded(0, 0),
      Buffer: Buffer.from(DOCUMENT),
      "Buffer of the pool": Buffer.from(`xx${DOCUMENT}xx`).subarray(2, 2 + length),
      DataView: new DataView(surrounded(3, 1), 3, length),
      SharedArrayBuffer: new Uint8Array(new SharedArrayBuffer(length))
        .fill(0)
        .map((_, at) => bytes[at] as number),
      string: DOCUMENT,
    })) {
      assert.deepEqual(parseFriendList(loose(given), { channel: 1 }), LIST, name);
    }
    assert.deepEqual(parseFriendList(`\ufeff${DOCUMENT}`, { channel: 1 }), LIST, "byte order mark");
    assert.equal(new TextDecoder().decode(bytes), DOCUMENT, "the bytes are left as they are");
  });

  test("from an ArrayBuffer of another realm", () => {
    const foreign = runInNewContext("new ArrayBuffer(length)", { length: bytes.length }) as ArrayBuffer;
    new Uint8Array(foreign).set(bytes);
    assert.deepEqual(parseFriendList(foreign, { channel: 1 }), LIST);
  });

  test("useRemark, and the display name", () => {
    const one = (fields: object, useRemark?: boolean) => {
      const answer = JSON.stringify({ ret: 0, lists: [{ openid: "1", ...fields }] });
      const options = useRemark === undefined ? { channel: 1 } : { channel: 1, useRemark };
      return parseFriendList(answer, options).friends[0]?.displayName;
    };
    const all = { user_name: "user", nick_name: "nick", friend_remark: "remark" };
    assert.equal(one(all), "nick");
    assert.equal(one(all, false), "nick");
    assert.equal(one(all, true), "remark");
    assert.equal(one({ ...all, friend_remark: "" }, true), "nick");
    assert.equal(one({ ...all, friend_remark: null, nick_name: "" }, true), "user");
    assert.equal(one({ friend_remark: "remark" }), "");
    assert.equal(one({}), "");
    // Only `true` shows a remark: it needs an approved filing.
    assert.throws(() => one(all, loose("yes")), { kind: "request", field: "useRemark" });
  });

  test("an integer openid keeps its digits", () => {
    for (const digits of [
      "9007199254740993",
      "18182179939911361117",
      "0",
      "340282366920938463463374607431768211456",
    ]) {
      const [friend] = parseFriendList(`{"ret":0,"lists":[{"openid":${digits}}]}`, { channel: 1 }).friends;
      assert.equal(friend?.openid, digits);
    }
  });

  test("names that a text of many would get wrong", () => {
    const names = [
      "\ufeff",
      "\ufeffstart",
      "a\ufeff",
      "\u0000",
      "\u0000\u0001\u001f\u007f",
      "\u0080\u00a0\u00ff",
      "\ufffd",
      "\uffff",
      "",
      " ",
      "😀".repeat(50_000),
      "x".repeat(200_000),
      "头".repeat(100_000),
      "a头".repeat(10_000),
      '"\\/\b\f\n\r\t',
      "\u2028\u2029",
      "👩‍👩‍👧‍👦",
      "\u202eabc",
    ];
    for (const order of [names, [...names].reverse()]) {
      const lists = order.map((name, index) => ({ openid: String(index), user_name: name, city: name }));
      for (const answer of [JSON.stringify({ ret: 0, lists }), escaped({ ret: 0, lists })]) {
        const { friends } = parseFriendList(answer, { channel: 1 });
        assert.deepEqual(
          friends.map(({ userName, city }) => [userName, city]),
          order.map((name) => [name, name]),
        );
      }
    }
  });

  test("each name alone and first, where a byte order mark would be lost", () => {
    for (const name of ["\ufeff", "\ufeff头", "\ufeffa", "\ufffe", "\u0000头"]) {
      const answer = JSON.stringify({ ret: 0, lists: [{ openid: `id${name}`, user_name: name }], seq: name });
      const list = parseFriendList(answer, { channel: 1 });
      assert.equal(list.friends[0]?.userName, name);
      assert.equal(list.friends[0]?.openid, `id${name}`);
      assert.equal(list.seq, name);
    }
  });

  test("10,000 friends", () => {
    const lists = Array.from({ length: 10_000 }, (_, index) => ({
      openid: `1818217993991136${index}`,
      user_name: index % 3 ? `name ${index}` : `名字😀${index}`,
      nick_name: index % 2 ? "" : `nick "${index}"`,
      gender: index % 4,
      picture_url: `https://wx.qlogo.cn/mmhead/${index}`,
      ...(index % 5 === 0 && {
        friend_remark: `备注${index}`,
        country: "CN",
        provice: "广东",
        city: "深圳",
        language: "zh",
      }),
    }));
    const answer = new TextEncoder().encode(JSON.stringify({ ret: 0, msg: "", lists, is_lost: 1, seq: "s" }));
    const list = parseFriendList(answer, { channel: 1, useRemark: true });
    assert.equal(list.friends.length, 10_000);
    assert.equal(list.friends[9999]?.openid, "18182179939911369999");
    assert.deepStrictEqual(list, twin.readFriendList(answer, 1, true));
  });

  test("ret that is not 0 throws, whatever else stands there", () => {
    for (const [answer, kind] of [
      ['{"ret":1008,"msg":"invalid sig!","seq":"s"}', "signature"],
      ['{"lists":[{"openid":null}],"ret":"11002"}', "auth"],
      ['{"ret":1400,"lists":7}', "server"],
      ['{"ret":-20000,"msg":"45009, x","is_lost":{}}', "rate_limit"],
      ['{"ret":987654321012,"Lists":[]}', "unknown"],
    ] as const) {
      const error = thrown(() => parseFriendList(answer, { channel: 1 }));
      assert.equal(error.kind, kind, answer);
      assert.equal(error.ret, Number(JSON.parse(answer).ret));
      assert.equal(error.retryable, kind === "server");
    }
  });

  test("ret that is not 0 is told even where msg or seq are no text", () => {
    for (const answer of ['{"ret":1008,"msg":["x"]}', '{"msg":{},"ret":1008}', '{"ret":1008,"seq":{}}']) {
      const error = thrown(() => parseFriendList(answer, { channel: 1 }));
      assert.deepEqual([error.kind, error.ret], ["signature", 1008], answer);
    }
  });

  describe("what is malformed is found", () => {
    /** The answer without its marks, and their places in UTF-8 bytes: ▲ alone, or from ▲ to ▼. */
    function marked(text: string): { answer: string; first: number; last: number } {
      const place = (mark: string) => Buffer.byteLength((text.split(mark)[0] ?? "").replace("▲", ""));
      assert.ok(text.includes("▲"));
      const first = place("▲");
      return { answer: text.replace(/[▲▼]/g, ""), first, last: text.includes("▼") ? place("▼") : first };
    }

    const friends = (last: string) =>
      `{"ret":0,"lists":[{"openid":"头😀"},{"openid":"é"},{"openid":"3"},${last}]}`;

    for (const [name, text, jsonPath] of [
      ["nothing", "▲", undefined],
      ["blanks", " \n▲", undefined],
      ["HTML", "▲<html>头</html>", undefined],
      ["an array", "▲[]", undefined],
      ["text after the end", '{"ret":0} ▲x', undefined],
      ["cut off", '{"ret":0,"msg":"头😀▲', undefined],
      ["a comma too many", '{"ret":0,▲}', undefined],
      ["no ret", "▲{}", "ret"],
      ["ret in capitals", '▲{"Ret":0}', "ret"],
      ["ret is no integer", '{"msg":"头","ret":▲0.5}', "ret"],
      ["ret is null", '{"ret":▲null}', "ret"],
      ["lists in capitals", '{"ret":0,"Lists":▲[]}', "Lists"],
      ["lists is no array", '{"ret":0,"lists":▲{}}', "lists"],
      ["a friend is no object", friends("▲null"), "lists[3]"],
      ["an openid is null", friends('▲{"user_name":"头","openid":▼null}'), "lists[3].openid"],
      ["an openid is empty", friends('{"openid":▲"▼"}'), "lists[3].openid"],
      ["an openid is no integer", friends('{"openid":▲1.5}'), "lists[3].openid"],
      ["an openid is negative", friends('{"openid":▲-1}'), "lists[3].openid"],
      ["an openid is an object", friends('{"openid":▲{"a":1}}'), "lists[3].openid"],
      ["an openid holds half a pair", friends('{"openid":▲"头▼\\ud83d"}'), "lists[3].openid"],
      ["an openid is absent", friends('▲{"user_name":"头"}'), "lists[3].openid"],
      ["a name is an object", friends('{"openid":"4","user_name":▲{}}'), "lists[3].user_name"],
      ["a control character", friends('{"openid":"4▲\n"}'), "lists[3].openid"],
      ["65 levels", `{"ret":0,"x":${"[".repeat(63)}▲[`, undefined],
    ] as const) {
      test(name, () => {
        const { answer, first, last } = marked(text);
        for (const given of [answer, new TextEncoder().encode(answer)]) {
          const error = thrown(() => parseFriendList(given, { channel: 1 }));
          assert.equal(error.kind, "malformed_response", error.message);
          const { offset = -1 } = error;
          assert.ok(
            offset >= first && offset <= last,
            `${offset} is not from ${first} to ${last}: ${error.message}`,
          );
          if (jsonPath !== undefined) assert.equal(error.jsonPath, jsonPath);
          if (jsonPath !== undefined) assert.ok(error.message.includes(jsonPath), error.message);
          assert.equal(error.retryable, false);
          assert.equal(error.ret, undefined);
        }
      });
    }

    test("64 levels are read", () => {
      const answer = `{"ret":0,"x":${"[".repeat(63)}${"]".repeat(63)}}`;
      assert.deepEqual(parseFriendList(answer, { channel: 1 }).friends, []);
    });

    test("bytes that are no UTF-8 in an openid", () => {
      const answer = Buffer.from('{"ret":0,"lists":[{"openid":"1?"}]}');
      const at = answer.indexOf("?");
      answer[at] = 0xff;
      const error = thrown(() => parseFriendList(answer, { channel: 1 }));
      assert.deepEqual([error.kind, error.jsonPath], ["malformed_response", "lists[0].openid"]);
      assert.ok([at - 2, at - 1, at].includes(error.offset ?? -1), String(error.offset));
    });

    test("half a pair in the openid of a text", () => {
      const answer = '{"ret":0,"lists":[{"openid":"1\ud83d"}]}';
      const error = thrown(() => parseFriendList(answer, { channel: 1 }));
      assert.deepEqual([error.kind, error.jsonPath], ["malformed_response", "lists[0].openid"]);
    });

    test("msg and seq that are no text are named", () => {
      for (const name of ["msg", "seq"]) {
        const error = thrown(() => parseFriendList(`{"ret":0,"${name}":[]}`, { channel: 1 }));
        assert.deepEqual([error.kind, error.jsonPath, error.offset], ["malformed_response", name, 15]);
      }
    });
  });

  test("of a key that stands twice the last wins, also where the first is wrong", () => {
    const city = (answer: string) => parseFriendList(answer, { channel: 1 }).friends[0]?.city;
    assert.equal(city('{"ret":0,"lists":[{"openid":"1","city":"a","city":"b"}]}'), "b");
    assert.equal(
      city('{"ret":0,"lists":[{"openid":"1","city":"a"}],"lists":[{"openid":"2","city":"b"}]}'),
      "b",
    );
    assert.equal(city('{"ret":0,"lists":[{"openid":"1","city":"a","city":null}]}'), undefined);
    assert.equal(city('{"ret":1008,"ret":0,"lists":[{"openid":"1","city":"b"}]}'), "b");
    assert.equal(city('{"ret":0,"lists":[{}],"lists":[{"openid":"1","city":"b"}]}'), "b");
  });

  test("a broken nickname does not cost the list", () => {
    const document = Buffer.from(
      '{"ret":0,"lists":[{"openid":"1","user_name":"a?b"},{"openid":"2","user_name":"\\ud83dx"}]}',
    );
    document[document.indexOf("?")] = 0x80;
    const names = parseFriendList(document, { channel: 1 }).friends.map(({ userName }) => userName);
    assert.deepEqual(names, ["a\ufffdb", "\ufffdx"]);
  });

  test("results are plain data", () => {
    const answer = `{"ret":0,"__proto__":{"polluted":1},"constructor":{"x":1},"lists":[
      {"openid":"1","__proto__":{"polluted":1,"userName":"x"},"toString":"x","hasOwnProperty":1,"gender":1,"city":"c"},
      {"openid":"2","\\u005f_proto__":null}],"seq":"__proto__"}`;
    const list = parseFriendList(answer, { channel: 1 });
    const bare = { userName: "", displayName: "", pictureUrl: "" };
    assert.deepStrictEqual(list, {
      friends: [
        { openid: "1", ...bare, gender: 1, city: "c" },
        { openid: "2", ...bare, gender: 0 },
      ],
      degraded: false,
      seq: "__proto__",
    });
    for (const object of [list, ...list.friends]) {
      assert.equal(Object.getPrototypeOf(object), Object.prototype);
      assert.equal("polluted" in object, false);
      for (const property of Object.values(Object.getOwnPropertyDescriptors(object))) {
        assert.deepEqual([property.writable, property.enumerable, property.configurable], [true, true, true]);
      }
    }
    assert.equal(Array.isArray(list.friends), true);
    assert.equal(Object.getPrototypeOf(list.friends), Array.prototype);
    assert.equal("polluted" in {}, false);
    assert.deepStrictEqual(structuredClone(list), list);
    assert.deepStrictEqual(JSON.parse(JSON.stringify(list)), list);
    assert.equal(Object.isFrozen(list), false);
    // Each call makes its own.
    const other = parseFriendList(answer, { channel: 1 });
    other.friends.pop();
    assert.equal(list.friends.length, 2);
  });

  test("absent and null are absent: no key at all", () => {
    const [friend] = parseFriendList('{"ret":0,"lists":[{"openid":"1","city":null,"nick_name":null}]}', {
      channel: 1,
    }).friends;
    assert.deepEqual(Object.keys(friend ?? {}).sort(), [
      "displayName",
      "gender",
      "openid",
      "pictureUrl",
      "userName",
    ]);
    assert.deepEqual(Object.keys(parseFriendList('{"ret":0}', { channel: 1 })).sort(), [
      "degraded",
      "friends",
    ]);
    assert.deepEqual(Object.keys(parseFriendList('{"ret":0,"seq":null}', { channel: 1 })).sort(), [
      "degraded",
      "friends",
    ]);
  });

  test("1,000 lists of 500 friends, read or refused, need the memory of a few", async () => {
    const memory = await inChild(`
      // The package hands its memory to nobody, so it is caught where the wasm is made.
      const { instantiate } = WebAssembly;
      let memory;
      WebAssembly.instantiate = async (...args) => {
        const made = await instantiate(...args);
        memory = (made.instance ?? made).exports.memory;
        return made;
      };
      const { init, parseFriendList, sign } = await import("msdk-friends");
      await init();
      const friend = (index) => ({ openid: "1818217993991136" + index, user_name: "名字" + index, nick_name: "nick " + index,
        picture_url: "https://wx.qlogo.cn/mmhead/" + "x".repeat(80) + index, gender: 1 });
      const document = JSON.stringify({ ret: 0, lists: Array.from({ length: 500 }, (_, index) => friend(index)) });
      const bytes = new TextEncoder().encode(document);
      const cut = bytes.subarray(0, bytes.length - 1);
      const round = () => {
        if (parseFriendList(bytes, { channel: 1 }).friends.length !== 500) throw new Error("wrong list");
        try { parseFriendList(cut, { channel: 1 }); } catch (error) { if (error.kind !== "malformed_response") throw error; }
        try { parseFriendList(bytes, { channel: 0 }); } catch (error) { if (error.kind !== "request") throw error; }
        sign({ path: "/p", query: { a: 1 }, body: document, key: "k" });
      };
      const first = memory.buffer.byteLength;
      round(); round(); round();
      const few = memory.buffer.byteLength;
      for (let index = 0; index < 1000; index++) round();
      print({ first, few, many: memory.buffer.byteLength, document: bytes.length });
    `);
    const { first, few, many, document } = memory as Record<"first" | "few" | "many" | "document", number>;
    assert.ok(few > first, "what is measured grows with a list");
    assert.ok(few - first < 8 * document, `${few - first} bytes for a document of ${document}`);
    assert.equal(many, few);
  });
});

/** JSON with every character beyond ASCII, and some of ASCII, as an escape. */
function escaped(value: unknown): string {
  const toEscape = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return JSON.stringify(value).replace(/[^ -~]|x/g, toEscape);
}

describe("the other results", () => {
  test("recallFriendsList: strings of send_list as they are, the rest as its JSON text", async () => {
    const answer =
      '{"ret":0,"result":{"friend_list":[],"send_list":["a","",12345678901234567890,{"b":[1]},null]}}';
    const { client } = await capturedClient({ channel: Channel.WeChat }, answer);
    const list = await client.recallFriendsList({ openid: "12345678", token: "t-1234567", taskId: 0 });
    assert.deepEqual(list, { friends: [], sendList: ["a", "", "12345678901234567890", '{"b":[1]}', "null"] });
  });

  test("what the calls resolve to is plain data", async () => {
    const answers = {
      recall_friends_list:
        '{"ret":0,"result":{"friend_list":[{"sopenid":"s","__proto__":{"polluted":1}}],"model_id":1,"send_list":["a"],"__proto__":{"polluted":1}}}',
      get_sopenid: '{"ret":0,"sopenid":"s","__proto__":{"polluted":1}}',
      share: '{"ret":0,"__proto__":{"polluted":1}}',
    };
    const expected = {
      recall_friends_list: {
        friends: [{ sopenid: "s", nickName: "", pictureUrl: "" }],
        modelId: 1,
        sendList: ["a"],
      },
      get_sopenid: { sopenid: "s" },
      share: {},
    };
    for (const endpoint of ["recall_friends_list", "get_sopenid", "share"] as const) {
      const { client } = await capturedClient({ channel: Channel.QQ }, answers[endpoint]);
      const input = goodInput(endpoint, Channel.QQ);
      const method = { recall_friends_list: "recallFriendsList", get_sopenid: "getSopenid", share: "share" }[
        endpoint
      ];
      const result = await (client[method as keyof Client] as (input: unknown) => Promise<object>)(input);
      assert.deepStrictEqual(result, expected[endpoint]);
      assert.equal(Object.getPrototypeOf(result), Object.prototype);
      assert.equal("polluted" in result, false);
      assert.deepStrictEqual(structuredClone(result), result);
    }
  });
});

describe("avatars", () => {
  test("sizing twice is sizing once, and the last size wins", () => {
    for (const end of ["", "/", "//", "/0", "/46", "/132/", "/40", "/96?x=/64#/46", "?a#b", "/100"]) {
      for (const start of [
        "https://wx.qlogo.cn",
        "http://thirdwx.qlogo.cn/mmopen/vi_32/abc",
        "//q.qlogo.cn/a",
      ]) {
        for (const [channel, sizes] of [
          [Channel.WeChat, [0, 46, 64, 96, 132]],
          [Channel.QQ, [40, 100]],
        ] as const) {
          const first = avatarUrl(channel, start + end, { size: sizes[0] }) as string;
          for (const size of sizes) {
            const once = avatarUrl(channel, start + end, { size }) as string;
            assert.match(once, new RegExp(`[^/]/${size}(?:[?#].*)?$`), once);
            assert.equal(avatarUrl(channel, once, { size }), once);
            assert.equal(avatarUrl(channel, first, { size }), once);
            assert.doesNotMatch(once, /^http:/);
          }
        }
      }
    }
  });

  test("look-alikes of qlogo.cn are left as they are, whatever the size", () => {
    for (const url of [
      "http://qlogo.cn.evil.com/a/40",
      "http://evilqlogo.cn/a/40",
      "http://qlogo.cn@evil.com/a",
      "http://q.qlogo.cn:pass@evil.com/a",
      "http://user@q.qlogo.cn/a",
      "http://q.qlogo.cn:8080/a",
      "http://evil.com\\.qlogo.cn/a",
      "http://evil.com#.qlogo.cn/a",
      "http://evil.com?.qlogo.cn/a",
      "http://evil.com/.qlogo.cn/a",
      "http://q.qlogo.cn./a",
      "http://q-qlogo.cn/a",
      "http://q.qlogo.com/a",
      "http://qlogo.cn%2eevil.com/a",
      "ftp://q.qlogo.cn/a",
      "javascript://q.qlogo.cn/%0aalert(1)",
      "q.qlogo.cn/a",
      "/a/40",
      "a",
    ]) {
      for (const options of [
        { size: 40 },
        { size: 41 },
        { size: Number.NaN },
        { cssPixels: 40 },
        { cssPixels: -1 },
      ]) {
        assert.equal(avatarUrl(Channel.QQ, url, options), url);
      }
      assert.equal(avatarSrcset(Channel.QQ, url), undefined, url);
    }
  });

  test("no picture, no URL", () => {
    assert.equal(avatarUrl(1, "", { size: 46 }), undefined);
    assert.equal(avatarUrl(1, "", { cssPixels: 46 }), undefined);
    assert.equal(avatarSrcset(1, ""), undefined);
  });

  test("srcset: ascending widths, without the original, and what a page makes of it", () => {
    assert.equal(
      avatarSrcset(Channel.QQ, "http://q.qlogo.cn/a/100"),
      "https://q.qlogo.cn/a/40 40w, https://q.qlogo.cn/a/100 100w",
    );
    assert.equal(
      avatarSrcset(Channel.WeChat, "https://wx.qlogo.cn/a/0?x"),
      "https://wx.qlogo.cn/a/46?x 46w, https://wx.qlogo.cn/a/64?x 64w, https://wx.qlogo.cn/a/96?x 96w, " +
        "https://wx.qlogo.cn/a/132?x 132w",
    );
    assert.equal(avatarSrcset(Channel.Facebook, "https://wx.qlogo.cn/a"), undefined);
  });

  test("srcset: nothing in a URL ends its candidate", () => {
    for (const inside of [" ", ",", ", https://evil.example/x 46w", "\t", "\n", "\f", "\r"]) {
      for (const url of [`https://wx.qlogo.cn/a${inside}b`, `https://wx.qlogo.cn/a?b${inside}`]) {
        const candidates = (avatarSrcset(1, url) ?? "").split(", ");
        assert.equal(candidates.length, 4);
        for (const candidate of candidates)
          assert.match(candidate, /^https:\/\/wx\.qlogo\.cn\/[^\s,]+ \d+w$/);
      }
    }
  });

  test("devicePixelRatio is 1 by default, and pixels may be infinite", () => {
    assert.equal(avatarSize(Channel.WeChat, 96), 96);
    assert.equal(avatarSize(Channel.WeChat, Number.POSITIVE_INFINITY), 0);
    assert.equal(avatarSize(Channel.QQ, Number.MIN_VALUE), 40);
    assert.equal(
      avatarUrl(2, "https://q.qlogo.cn/a", { cssPixels: 20, devicePixelRatio: 2 }),
      "https://q.qlogo.cn/a/40",
    );
  });
});

describe("data", () => {
  test("shareLimits are the seed's", () => {
    assert.deepStrictEqual(shareLimits(), {
      structured: {
        pairPerDay: 1,
        receiverPerDay: 5,
        receiverPerWeek: 20,
        senderPerDay: 10,
        senderPerWeek: 40,
      },
      ark: { receiverPerDay: 5, receiverPerDayFromOneSender: 3, senderPerDay: 30, senderPerWeek: 100 },
      publicAccount: { receiverPerDay: 3, deliveredAt: ["12:00", "20:00", "22:00"] },
      textHints: { titleBytes: 45, summaryBytes: 45, targetUrlBytes: 512 },
    });
  });

  test("endpoints are the seed's", () => {
    const both = [Channel.WeChat, Channel.QQ];
    const player = ["openid", "token"];
    const shared = { idempotent: false, channels: [Channel.QQ], secrets: [...player, "fopenid", "sopenid"] };
    const read = { idempotent: true, channels: both, secrets: player };
    assert.deepStrictEqual(endpoints(), [
      { ...read, name: "friend_list", path: "/v2/friend/friend_list", channels: [], seed: "I" },
      { ...read, name: "recall_friends_list", path: "/v2/friend/recall_friends_list", seed: "II" },
      { ...read, name: "get_sopenid", path: "/v2/profile/get_sopenid", seed: "III" },
      { ...shared, name: "share", path: "/v2/friend/share", seed: "IV" },
      { ...shared, name: "ark_share", path: "/v2/friend/ark_share", seed: "V" },
    ]);
  });

  test("each call gives data of its own", () => {
    for (const make of [shareLimits, endpoints] as (() => object)[]) {
      const one = make();
      assert.deepStrictEqual(structuredClone(one), one);
      for (const key of Object.keys(one)) delete (one as Record<string, unknown>)[key];
      assert.notDeepEqual(make(), one);
    }
  });
});
