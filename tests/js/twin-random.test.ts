// The package against the reference twin on seeded random input. A failure prints seed and case;
// TWIN_SEED=… runs that seed alone.

import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import {
  avatarSize,
  avatarSrcset,
  avatarUrl,
  canonicalRequest,
  init,
  isMsdkError,
  maskGender,
  packArkExtra,
  parseFriendList,
  sign,
} from "msdk-friends";
import { type CapturedClient, callEndpoint, capturedClient, goodInput } from "../twin/captured.ts";
import * as twin from "../twin/index.ts";
import { Chance } from "./support/chance.ts";

const SEEDS = process.env.TWIN_SEED ? [Number(process.env.TWIN_SEED)] : [1, 20251123, 0xc0ffee];

/** What a function gave or threw, in a form that can be compared. */
type Outcome = { value: unknown } | { kind: string; fields: object };

const NAMES = ["field", "ret", "msg", "platformCode", "seq"] as const;

function outcomeOf(run: () => unknown): Outcome {
  try {
    return { value: run() };
  } catch (error) {
    if (error instanceof twin.TwinError) return { kind: error.kind, fields: error.fields };
    if (!isMsdkError(error)) throw error;
    const fields = NAMES.filter((name) => error[name] !== undefined).map((name) => [name, error[name]]);
    return { kind: error.kind, fields: Object.fromEntries(fields) };
  }
}

const succeeded = (outcome: Outcome) => "value" in outcome;

interface Comparison<Case> {
  /** For each seed. */
  count: number;
  make: (chance: Chance) => Case;
  /** One on purpose good, one on purpose bad: both have to occur. */
  both?: boolean;
  compare: (one: Case) => Outcome | Promise<Outcome>;
}

/** Runs `compare`, which asserts, on many cases. */
function compared<Case>(name: string, { count, make, both = true, compare }: Comparison<Case>): void {
  for (const seed of SEEDS) {
    test(`${name}, seed ${seed}`, async () => {
      const chance = new Chance(seed);
      let good = 0;
      for (let index = 0; index < count; index++) {
        const one = make(chance);
        try {
          if (succeeded(await compare(one))) good++;
        } catch (error) {
          (error as Error).message += `\nseed ${seed}, case ${index}: ${shown(one)}`;
          throw error;
        }
      }
      // A generator whose cases all end alike proves little.
      assert.ok(good > count / 20, `only ${good} of ${count} cases succeed`);
      if (both) assert.ok(good < count - count / 400, `${good} of ${count} cases succeed`);
    });
  }
}

function shown(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    inner instanceof Uint8Array ? `base64 ${Buffer.from(inner).toString("base64")}` : inner,
  );
}

function same(ofPackage: Outcome, ofTwin: Outcome): Outcome {
  assert.deepStrictEqual(ofPackage, ofTwin);
  return ofPackage;
}

before(() => init());

// --- friend lists ---

/** Characters as a document may hold them, each already encoded for inside a JSON string. */
const CHARACTERS = [
  ..."aZ09 _-/'<&{}[]:,",
  ...[
    "头像",
    "游戏",
    "é",
    "ß",
    "α",
    "\u00a0",
    "\u2028",
    "\ufeff",
    "\ufffd",
    "\u007f",
    "\u0800",
    "\uffff",
    "\ud7ff",
  ],
  ...["😀", "👩‍👩‍👧", "🦁", "\u{10000}", "\u{10ffff}"],
  ...['\\"', "\\\\", "\\/", "\\b", "\\f", "\\n", "\\r", "\\t"],
  ...[
    "\\u0000",
    "\\u001f",
    "\\u0041",
    "\\u00e9",
    "\\u4e2d",
    "\\uFEFF",
    "\\uffff",
    "\\uD83D\\uDE00",
    "\\ud83d\\ude00",
  ],
];

/** Broken ones: halves of surrogate pairs, in every neighbourhood. */
const HALVES = [
  "\\ud83d",
  "\\uDE00",
  "\\uD800\\uD800\\uDC00",
  "\\udc00\\ud800",
  "\\ud83dx",
  "\\ud83d\\n",
  "\\ud83d\\u0041",
];

/** Bytes that are no UTF-8; they stand as `\u{fdd0}hex\u{fdd1}` until the document is encoded. */
const RAW = [
  "80",
  "bf",
  "ff",
  "c3",
  "c080",
  "e4b8",
  "eda080",
  "f09f98",
  "f0808080",
  "f4908080",
  "f8",
  "e28228",
];

const raw = (hex: string) => `\u{fdd0}${hex}\u{fdd1}`;

function encodeDocument(document: string): Uint8Array {
  const parts = document.split(/\u{fdd0}([0-9a-f]*)\u{fdd1}/u);
  return new Uint8Array(
    Buffer.concat(parts.map((part, index) => Buffer.from(part, index % 2 ? "hex" : "utf8"))),
  );
}

function jsonString(chance: Chance): string {
  const pieces = chance.times(chance.one(40) ? 400 : 10, () => {
    if (chance.one(20)) return chance.pick(HALVES);
    return chance.one(25) ? raw(chance.pick(RAW)) : chance.pick(CHARACTERS);
  });
  return `"${pieces.join("")}"`;
}

function jsonValue(chance: Chance, depth: number): string {
  switch (chance.below(depth > 0 ? 8 : 5)) {
    case 0:
      return "null";
    case 1:
      return chance.pick(["true", "false"]);
    case 2:
      return chance.pick(["0", "-0", "-1", "1.5", "1e9", "9007199254740993", "1E-7"]);
    case 3:
    case 4:
      return jsonString(chance);
    case 5:
      return `[${chance.times(3, () => jsonValue(chance, depth - 1)).join(",")}]`;
    default:
      return jsonObject(
        chance,
        chance.times(3, () => [jsonString(chance), jsonValue(chance, depth - 1)]),
      );
  }
}

const blank = (chance: Chance) => chance.pick(["", "", "", "", " ", "\n", "\t", "\r\n  "]);

function jsonObject(chance: Chance, fields: readonly (readonly [string, string])[]): string {
  const members = fields.map(
    ([name, value]) => `${blank(chance)}${name}${blank(chance)}:${blank(chance)}${value}`,
  );
  return `{${members.join(",")}${blank(chance)}}`;
}

/** The name in quotes; now and then with escapes, which mean the same. */
function jsonName(chance: Chance, name: string): string {
  if (!chance.one(30)) return `"${name}"`;
  return `"${[...name].map((letter) => (chance.one(3) ? `\\u00${letter.charCodeAt(0).toString(16)}` : letter)).join("")}"`;
}

const DISPLAYED = [
  "user_name",
  "picture_url",
  "nick_name",
  "friend_remark",
  "country",
  "provice",
  "city",
  "language",
];
const OTHERS = [
  "__proto__",
  "constructor",
  "toString",
  "OpenId",
  "User_Name",
  "vip",
  "",
  "remark",
  "displayName",
];

/** A number that both sides write alike. */
const plainNumber = (chance: Chance) => String(chance.pick([0, 1, -7, 42, 12345678, 2 ** 40]));

function displayedValue(chance: Chance): string {
  switch (chance.below(12)) {
    case 0:
      return "null";
    case 1:
      return '""';
    case 2:
      return plainNumber(chance);
    case 3:
      return chance.one(60) ? chance.pick(["true", "[]", '{"a":1}']) : '"plain name"';
    default:
      return jsonString(chance);
  }
}

function openidValue(chance: Chance): string {
  if (chance.one(400))
    return chance.pick(['""', "null", "-5", "1.5", "true", "[]", '"\\ud800"', `"1${raw("ff")}"`]);
  if (chance.one(6)) return String(chance.below(2 ** 45));
  const digits = Array.from({ length: 1 + chance.below(20) }, () => chance.below(10)).join("");
  return chance.one(10) ? `"头\\u0041-${digits}😀"` : `"${digits}"`;
}

function genderValue(chance: Chance): string {
  return chance.pick([
    "0",
    "1",
    "2",
    "1",
    "2",
    "3",
    "-1",
    '"1"',
    "null",
    "true",
    "[1]",
    "1.5",
    "99999999999999999999",
  ]);
}

function friend(chance: Chance): string {
  if (chance.one(600)) return chance.pick(["null", "7", '"friend"', "[]", "{}"]);
  const fields: [string, string][] = [];
  if (!chance.one(400)) fields.push([jsonName(chance, "openid"), openidValue(chance)]);
  for (const name of DISPLAYED)
    if (!chance.one(3)) fields.push([jsonName(chance, name), displayedValue(chance)]);
  if (!chance.one(3)) fields.push(['"gender"', genderValue(chance)]);
  for (const name of chance.times(2, () => chance.pick(OTHERS)))
    fields.push([`"${name}"`, jsonValue(chance, 3)]);
  const ordered = chance.one(2) ? fields : chance.shuffled(fields);
  if (chance.one(8)) putBefore(chance, ordered, chance.pick(DISPLAYED), jsonString(chance));
  if (chance.one(20)) putBefore(chance, ordered, "openid", `"${chance.below(1e9)}"`);
  if (chance.one(20)) putBefore(chance, ordered, "gender", chance.pick(["1", "2"]));
  return jsonObject(chance, ordered);
}

/**
 * Adds a second value for a key, before the one that is there: the last wins. It is a whole one, because the twin
 * cannot refuse what JSON.parse forgets.
 */
function putBefore(chance: Chance, fields: [string, string][], name: string, value: string): void {
  const taken = fields.findIndex(([key]) => JSON.parse(key) === name);
  fields.splice(chance.below((taken < 0 ? fields.length : taken) + 1), 0, [jsonName(chance, name), value]);
}

const REFUSALS = ["1008", "1400", '"10000"', "-10000", "-20000", "1200", "1303", "424242"];
const MESSAGES = [
  '"-6, x"',
  '"45009,y"',
  '" 42001 , z"',
  '"odd"',
  '"-1"',
  '"TIME OUT, no permission"',
  '"lack"',
];

function friendListDocument(chance: Chance): string {
  const list = () =>
    `[${blank(chance)}${chance.times(chance.one(30) ? 60 : 6, () => friend(chance)).join(",")}]`;
  const ret = () => chance.pick(chance.one(15) ? REFUSALS : ["0", "0", "0", '"0"', '"00"', "-0"]);
  const fields: [string, string][] = [];
  if (!chance.one(60)) fields.push(['"ret"', ret()]);
  if (!chance.one(3)) fields.push(['"msg"', chance.pick(["null", "5", ...MESSAGES, jsonString(chance)])]);
  if (!chance.one(10)) fields.push([jsonName(chance, "lists"), chance.one(30) ? "null" : list()]);
  if (!chance.one(3))
    fields.push([
      '"is_lost"',
      chance.pick(["0", "1", '"0"', '"1"', "null", '"\\u0031"', "true", "2", "[1]"]),
    ]);
  if (!chance.one(3)) fields.push(['"seq"', chance.pick(["null", "12345", jsonString(chance)])]);
  if (chance.one(80)) fields.push([chance.pick(['"Lists"', '"LISTS"']), "[]"]);
  for (const name of chance.times(2, () => chance.pick(OTHERS)))
    fields.push([`"${name}"`, jsonValue(chance, 4)]);
  const ordered = chance.one(2) ? fields : chance.shuffled(fields);
  if (chance.one(15)) putBefore(chance, ordered, "lists", '[{"openid":"1","city":"forgotten"}]');
  if (chance.one(20)) putBefore(chance, ordered, "ret", "1008");
  if (chance.one(20)) putBefore(chance, ordered, "is_lost", "1");
  if (chance.one(20)) putBefore(chance, ordered, "seq", '"forgotten"');
  const document = jsonObject(chance, ordered);
  return `${chance.one(20) ? "\ufeff" : ""}${blank(chance)}${document}${blank(chance)}`;
}

/**
 * Now and then one byte is dropped, doubled or changed, mostly so that the document is none any more. Not where a key
 * stands twice: the damage could hit the value that JSON.parse forgets.
 */
function damaged(chance: Chance, bytes: Uint8Array): Uint8Array {
  if (!chance.one(15) || Buffer.from(bytes).includes("forgotten")) return bytes;
  const at = chance.below(bytes.length);
  const middle = chance.pick([
    [],
    [bytes[at] as number, bytes[at] as number],
    [chance.pick([0, 0x22, 0x2c, 0x5c, 0x7b, 0x7d])],
  ]);
  return Uint8Array.from([...bytes.subarray(0, at), ...middle, ...bytes.subarray(at + 1)]);
}

const CHANNELS = [1, 2, 3, 4, 7, 11, 12, 21, 99];

describe("friend lists", () => {
  interface Case {
    bytes: Uint8Array;
    channel: number;
    useRemark: boolean;
    offset: number;
  }

  compared<Case>("parseFriendList", {
    count: 4000,
    make: (chance) => ({
      bytes: damaged(chance, encodeDocument(friendListDocument(chance))),
      channel: chance.pick(CHANNELS),
      useRemark: chance.one(2),
      offset: chance.below(9),
    }),
    compare: ({ bytes, channel, useRemark, offset }) => {
      // Not at the start of its buffer: a reader that forgets the offset is found out.
      const inside = new Uint8Array(offset + bytes.length + 3).fill(0x7b);
      inside.set(bytes, offset);
      const view = inside.subarray(offset, offset + bytes.length);
      const ofPackage = outcomeOf(() => parseFriendList(view, { channel, useRemark }));
      const ofTwin = outcomeOf(() => twin.readFriendList(bytes, channel, useRemark));
      if ("kind" in ofTwin && ofTwin.kind === "malformed_response") {
        // Where it is broken only one of them can say in full; paths.test below compares those of whole documents.
        assert.equal("kind" in ofPackage && ofPackage.kind, "malformed_response");
        return ofPackage;
      }
      return same(ofPackage, ofTwin);
    },
  });

  compared<string>("parseFriendList, the path of what is wrong in a whole document", {
    count: 400,
    make: (chance) => {
      const friends = Array.from(
        { length: 1 + chance.below(20) },
        () => ({ openid: "1", user_name: "a" }) as object,
      );
      const broken = [
        { user_name: "a" },
        { openid: null },
        { openid: "" },
        { openid: "1", city: {} },
        5,
        "x",
        null,
        [],
      ];
      const at = chance.below(friends.length);
      if (!chance.one(4)) friends[at] = chance.pick(broken) as object;
      return JSON.stringify({ ret: 0, lists: friends });
    },
    compare: (document) => {
      const path = (run: () => unknown) => {
        try {
          return { value: run() };
        } catch (error) {
          if (error instanceof twin.TwinError)
            return { kind: error.kind, fields: { path: error.fields.jsonPath } };
          if (isMsdkError(error)) return { kind: error.kind, fields: { path: error.jsonPath } };
          throw error;
        }
      };
      const ofTwin = path(() => twin.readFriendList(new TextEncoder().encode(document), 1));
      return same(
        path(() => parseFriendList(document, { channel: 1 })),
        ofTwin,
      );
    },
  });
});

describe("the other answers", () => {
  interface Case {
    endpoint: "recall_friends_list" | "get_sopenid" | "share";
    bytes: Uint8Array;
  }

  const clients = new Map<string, CapturedClient["client"]>();
  let answer = new Uint8Array();

  before(async () => {
    const fetch = async () => new Response(answer);
    clients.set("client", (await capturedClient({ channel: 2, fetch })).client);
  });

  function recallFriend(chance: Chance): string {
    const fields: [string, string][] = [];
    if (!chance.one(60))
      fields.push(['"sopenid"', chance.pick(['"so-1"', '"头"', "17", '"sHlap1b2ZKIs92noWooBci31u9Y8"'])]);
    if (!chance.one(4)) fields.push(['"nick_name"', displayedValue(chance)]);
    if (!chance.one(4)) fields.push(['"head_img_url"', displayedValue(chance)]);
    if (chance.one(5)) fields.push(['"vip"', jsonValue(chance, 2)]);
    return jsonObject(chance, chance.shuffled(fields));
  }

  function result(chance: Chance): string {
    if (chance.one(8)) return "null";
    const fields: [string, string][] = [];
    if (!chance.one(5))
      fields.push([
        '"friend_list"',
        chance.one(8) ? "null" : `[${chance.times(4, () => recallFriend(chance)).join(",")}]`,
      ]);
    if (chance.one(2)) fields.push(['"model_id"', chance.pick(["0", "7", '"12"', "null", "-3", "[]"])]);
    if (chance.one(2))
      fields.push(['"send_list"', chance.pick(["null", "[]", '["a","头"]', '[1,"b",{"c":[]},null,true]'])]);
    if (chance.one(3)) fields.push(['"sopenid"', chance.pick(['"nested"', "55"])]);
    return jsonObject(chance, chance.shuffled(fields));
  }

  compared<Case>("through a client", {
    count: 1200,
    make: (chance) => {
      const fields: [string, string][] = [];
      if (!chance.one(30)) fields.push(['"ret"', chance.pick(["0", "0", "0", '"0"', "1400", "1008"])]);
      if (!chance.one(3)) fields.push(['"msg"', jsonString(chance)]);
      if (!chance.one(3)) fields.push(['"seq"', chance.pick(["null", "12345", jsonString(chance)])]);
      if (!chance.one(5)) fields.push(['"result"', result(chance)]);
      if (chance.one(2)) fields.push(['"sopenid"', chance.pick(['"top"', "77", '"头"', '"\\u0041"'])]);
      const document = jsonObject(chance, chance.shuffled(fields));
      return {
        endpoint: chance.pick(["recall_friends_list", "get_sopenid", "share"] as const),
        bytes: damaged(chance, encodeDocument(document)),
      };
    },
    compare: async ({ endpoint, bytes }) => {
      answer = Uint8Array.from(bytes);
      const client = clients.get("client");
      assert.ok(client);
      const settled = await callEndpoint(client, endpoint, goodInput(endpoint, 2)).then(
        (value) => () => value,
        (error) => () => {
          throw error;
        },
      );
      const ofPackage = outcomeOf(settled);
      const ofTwin = outcomeOf(() => {
        if (endpoint === "recall_friends_list") return twin.readRecallFriendsList(bytes);
        return endpoint === "share" ? twin.readReceipt(bytes) : twin.readSopenid(bytes);
      });
      if ("kind" in ofTwin && ofTwin.kind === "malformed_response") {
        assert.equal("kind" in ofPackage && ofPackage.kind, "malformed_response");
        return ofPackage;
      }
      return same(ofPackage, ofTwin);
    },
  });
});

// --- signing ---

const UNRESERVED = "ABCXYZabcxyz019-._~";

function queryText(chance: Chance, least: number): string {
  const text = Array.from({ length: least + chance.below(8) }, () => chance.pick([...UNRESERVED])).join("");
  return chance.one(60) ? text + chance.pick([" ", "%20", "+", "头", "&", "=", "\0", "/", "\ud800"]) : text;
}

function query(chance: Chance): Record<string, string | number> {
  const pairs = chance.times(12, (): [string, string | number] => {
    const name = chance.one(250) ? "sig" : queryText(chance, 1);
    if (chance.one(5)) return [name, chance.pick([0, 7, -3, 1.5, 1700000000, 2 ** 53, 1e21, 1e-7])];
    return [name, queryText(chance, 0)];
  });
  return Object.fromEntries(pairs);
}

/** Any text of up to 300 UTF-8 bytes, of all planes and sometimes with half a surrogate pair. */
function anyText(chance: Chance, bytes: number): string {
  let text = "";
  let left = bytes;
  while (left > 0) {
    const width = 1 + chance.below(Math.min(4, left));
    const [from, to] = [
      [0, 0x7f],
      [0x80, 0x7ff],
      [0x800, 0xffff],
      [0x10000, 0x10ffff],
    ][width - 1] as [number, number];
    text += String.fromCodePoint(from + chance.below(to - from + 1));
    left -= width;
  }
  return text;
}

describe("signing", () => {
  interface Case {
    path: string;
    query: Record<string, string | number>;
    body: string;
    key: string;
  }

  compared<Case>("canonicalRequest and sign", {
    count: 3000,
    make: (chance) => ({
      path: chance.pick(["/v2/friend/friend_list", "/", "/v2/头/x", "/a b%20c;d"]),
      query: query(chance),
      body: anyText(chance, chance.below(301)),
      key: anyText(chance, 1 + chance.below(40)),
    }),
    compare: ({ path, query, body, key }) => {
      const canonical = outcomeOf(() => canonicalRequest({ path, query, body }));
      const ofTwin = outcomeOf(() => {
        const canonicalQuery = twin.canonicalQuery(query);
        return { canonicalQuery, text: twin.canonicalText(path, canonicalQuery, body.toWellFormed()) };
      });
      const several =
        Object.keys(query).filter((name) => !/^[\w.~-]+$/.test(name) || name === "sig").length > 0;
      if (several || "kind" in ofTwin) {
        // Which of several wrong parameters is named is nobody's promise.
        assert.equal("kind" in canonical && canonical.kind, "request");
        assert.deepEqual(
          outcomeOf(() => sign({ path, query, body, key })),
          canonical,
        );
        return canonical;
      }
      same(canonical, ofTwin);
      const sig = outcomeOf(() => sign({ path, query, body, key }));
      return same(
        sig,
        outcomeOf(() => twin.sign(path, twin.canonicalQuery(query), body, key)),
      );
    },
  });

  test("every length of a body up to three md5 blocks", () => {
    for (let length = 0; length <= 200; length++) {
      for (const key of ["k", "0123456789abcdef"]) {
        const body = "x".repeat(length);
        const [path, query] = ["/p", { a: "1" }];
        assert.equal(sign({ path, query, body, key }), twin.sign(path, "a=1", body, key), String(length));
      }
    }
  });
});

// --- avatars ---

const HOSTS = [
  "wx.qlogo.cn",
  "thirdqq.qlogo.cn",
  "q.qlogo.cn",
  "qlogo.cn",
  "QLOGO.cn",
  "a.b.qlogo.CN",
  ".qlogo.cn",
];
const LOOK_ALIKES = [
  "qlogo.cn.evil.com",
  "evilqlogo.cn",
  "a@qlogo.cn",
  "qlogo.cn:80",
  "u:p@q.qlogo.cn",
  "",
  "example.com",
  "q.qlogo.cn.",
  "qlogo.cn\\.evil.com",
];

function pictureUrl(chance: Chance): string {
  if (chance.one(40)) return "";
  const scheme = chance.pick(["https:", "https:", "http:", "http:", "HTTP:", "", "ftp:", "javascript:"]);
  const host = chance.one(4) ? chance.pick(LOOK_ALIKES) : chance.pick(HOSTS);
  const segments = chance.times(7, () =>
    chance.pick([
      "/",
      "/",
      "//",
      "0",
      "40",
      "46",
      "64",
      "96",
      "100",
      "132",
      "a",
      "头😀",
      "%2F",
      "\\",
      ".",
      " ",
      ",",
      "040",
      "\n",
    ]),
  );
  const rest = chance.pick(["", "", "", "?", "?x=/96", "#", "#/40", "?a//b, c#d/", "?x#y?z"]);
  return `${scheme}${chance.pick(["//", "//", "//", "/", ""])}${host}${segments.join("")}${rest}`;
}

const PIXELS = [
  1,
  20,
  39.9,
  40,
  40.1,
  46,
  50,
  64,
  66,
  96,
  100,
  101,
  132,
  132.5,
  5000,
  Number.POSITIVE_INFINITY,
  5e-324,
];
const NO_PIXELS = [0, -1, Number.NaN, Number.NEGATIVE_INFINITY];

function pixels(chance: Chance): number {
  return chance.one(30) ? chance.pick(NO_PIXELS) : chance.pick(PIXELS);
}

describe("avatars", () => {
  interface Case {
    channel: number;
    url: string;
    wanted: twin.Wanted;
  }

  function wanted(chance: Chance, channel: number): twin.Wanted {
    if (chance.one(2)) {
      const cssPixels = pixels(chance);
      return chance.one(3)
        ? { cssPixels }
        : { cssPixels, devicePixelRatio: chance.one(40) ? 0 : chance.pick([0.5, 1, 1.5, 2, 3]) };
    }
    const sizes = chance.one(12) ? [] : twin.avatarSizes(channel);
    return {
      size: sizes.length > 0 ? chance.pick(sizes) : chance.pick([-1, 0, 1, 40, 96, 40.5, Number.NaN]),
    };
  }

  compared<Case>("avatarUrl", {
    count: 8000,
    make: (chance) => {
      const channel = chance.pick([1, 1, 1, 2, 2, 2, 3, 99]);
      return { channel, url: pictureUrl(chance), wanted: wanted(chance, channel) };
    },
    compare: ({ channel, url, wanted }) => {
      const ofPackage = outcomeOf(() => avatarUrl(channel, url, wanted as { size: number }));
      same(
        ofPackage,
        outcomeOf(() => twin.avatarUrl(channel, url, wanted)),
      );
      const sized = "value" in ofPackage ? ofPackage.value : undefined;
      if (typeof sized === "string")
        assert.equal(avatarUrl(channel, sized, wanted as { size: number }), sized, "again");
      return ofPackage;
    },
  });

  compared<[channel: number, url: string]>("avatarSrcset", {
    count: 3000,
    make: (chance) => [chance.pick([1, 2, 1, 2, 3]), pictureUrl(chance)],
    both: false,
    compare: ([channel, url]) =>
      same(
        outcomeOf(() => avatarSrcset(channel, url)),
        outcomeOf(() => twin.avatarSrcset(channel, url)),
      ),
  });

  compared<[channel: number, cssPixels: number, ratio: number]>("avatarSize", {
    count: 3000,
    make: (chance) => [chance.pick([1, 2, 1, 2, 3]), pixels(chance), chance.one(2) ? 1 : chance.next() * 4],
    compare: ([channel, cssPixels, ratio]) =>
      same(
        outcomeOf(() => avatarSize(channel, cssPixels, ratio)),
        outcomeOf(() => twin.avatarSize(channel, cssPixels, ratio)),
      ),
  });

  compared<[channel: number, gender: number]>("maskGender", {
    count: 2000,
    make: (chance) => [
      1 + chance.below(30),
      chance.pick([0, 1, 2, 1, 2, 3, -1, 1.5, 2 ** 32 + 1, 2 ** 53, Number.NaN]),
    ],
    both: false,
    compare: ([channel, gender]) =>
      same(
        outcomeOf(() => maskGender(channel, gender)),
        outcomeOf(() => twin.maskGender(channel, gender)),
      ),
  });
});

// --- ARK templates ---

describe("ARK templates", () => {
  const filler = (chance: Chance) =>
    chance
      .times(2, () =>
        chance.pick([
          " ",
          "\n",
          "\t",
          "\r\n",
          '// 注释 "{\n',
          "// CR,\r",
          "/* a */",
          "/**/",
          "/* 头 // \n */",
          "/***/",
        ]),
      )
      .join("");

  /** A string of a template; unlike an answer's it holds no raw bytes. */
  function text(chance: Chance): string {
    const more = ["//", "/*", "*/", "\\\\", '\\"', "%7B", "+", "!~*'()"];
    return `"${chance.times(8, () => (chance.one(3) ? chance.pick(more) : chance.pick(CHARACTERS))).join("")}"`;
  }

  function value(chance: Chance, depth: number): string {
    switch (chance.below(depth > 0 ? 6 : 4)) {
      case 0:
        return chance.pick(["null", "true", "false"]);
      case 1:
        return chance.pick(["0", "1.50", "-0", "1e+9", "12345678901234567890", "0.0"]);
      case 2:
      case 3:
        return text(chance);
      case 4:
        return `[${filler(chance)}${chance.times(3, () => value(chance, depth - 1) + filler(chance)).join(",")}]`;
      default:
        return object(chance, depth - 1);
    }
  }

  function object(chance: Chance, depth: number): string {
    const members = chance.times(4, () =>
      [
        filler(chance),
        text(chance),
        filler(chance),
        ":",
        filler(chance),
        value(chance, depth),
        filler(chance),
      ].join(""),
    );
    return `{${filler(chance)}${members.join(",")}}`;
  }

  compared<string>("packArkExtra of a text", {
    count: 4000,
    make: (chance) => {
      let template = `${chance.one(20) ? "\ufeff" : ""}${filler(chance)}${object(chance, 4)}${filler(chance)}`;
      if (chance.one(10)) {
        // One character more or less, mostly so that it is no template any more.
        const characters = [...template];
        const extra = chance.pick(["", "/", "*", "#", ",", "}", '"', "\\", "1", "\u00a0", "%"]);
        characters.splice(chance.below(characters.length), chance.below(2), extra);
        template = characters.join("");
      }
      return chance.one(60) ? encodeURIComponent(template) : template;
    },
    compare: (template) =>
      same(
        outcomeOf(() => packArkExtra(template)),
        outcomeOf(() => twin.packArkExtra(template)),
      ),
  });

  compared<unknown>("packArkExtra of an object", {
    count: 1500,
    make: (chance) => {
      const template = JSON.parse(
        value(chance, 5).replace(/"[^"\\]*(?:\\.[^"\\]*)*"|\/\/[^\n\r]*|\/\*[\s\S]*?\*\//g, (found) =>
          found.startsWith("/") ? " " : found,
        ),
      );
      return typeof template === "string" ? [template] : template;
    },
    compare: (template) =>
      same(
        outcomeOf(() => packArkExtra(template as object)),
        outcomeOf(() => twin.packArkExtra(template)),
      ),
  });
});

// --- requests ---

describe("requests", () => {
  interface Case {
    endpoint: twin.EndpointName;
    channel: number;
    input: Record<string, unknown>;
  }

  const clients = new Map<number, CapturedClient>();

  before(async () => {
    for (const channel of [1, 2, 4]) clients.set(channel, await capturedClient({ channel }));
  });

  const WRONG = [null, "", 0, -1, 1.5, true, [], {}, "\ud83d", 1e300];
  const FIELDS = [
    "openid",
    "token",
    "fopenid",
    "sopenid",
    "taskId",
    "count",
    "subChannelId",
    "gameTag",
    "title",
    "desc",
    "link",
    "imageUrl",
    "channelInfo",
    "extra",
    "type",
    "unknown",
  ];

  function good(chance: Chance, field: string): unknown {
    if (["taskId", "type"].includes(field)) return chance.pick([0, 7, 20005, -0, 2 ** 53 - 1]);
    if (["count", "subChannelId"].includes(field)) return 1 + chance.below(20);
    if (field === "channelInfo") {
      return {
        act: chance.below(3),
        targetUrl: anyText(chance, 20).toWellFormed(),
        ...(chance.one(2) && { dst: 1001 }),
        unknown: 1,
      };
    }
    return anyText(chance, 1 + chance.below(30)).toWellFormed();
  }

  const NEEDS: Record<twin.EndpointName, readonly string[]> = {
    friend_list: [],
    recall_friends_list: [],
    get_sopenid: [],
    share: ["gameTag"],
    ark_share: ["extra"],
  };

  compared<Case>("the body that is sent, or the field that is refused", {
    count: 3000,
    make: (chance) => {
      const endpoint = chance.pick(Object.keys(twin.ENDPOINTS) as twin.EndpointName[]);
      const { channels } = twin.ENDPOINTS[endpoint];
      const channel =
        chance.one(10) || channels.length === 0 ? chance.pick([1, 2, 4]) : chance.pick(channels);
      const names = new Set([
        "openid",
        "token",
        ...NEEDS[endpoint],
        ...chance.times(3, () => chance.pick(FIELDS.slice(6))),
      ]);
      if (endpoint === "recall_friends_list") {
        names.delete(channel === 2 ? "taskId" : "count");
        names.add(channel === 2 ? "count" : "taskId");
      }
      if (endpoint.endsWith("share")) names.add(chance.pick(["fopenid", "sopenid"]));
      if (chance.one(12)) names.add(chance.pick(FIELDS));
      if (chance.one(12)) names.delete(chance.pick([...names]));
      const input = Object.fromEntries([...names].map((name) => [name, good(chance, name)]));
      if (endpoint === "ark_share" && "extra" in input)
        input.extra = chance.one(2) ? { a: input.extra } : `{"a":1} // ${chance.below(9)}`;
      if (chance.one(8)) input[chance.pick([...names])] = chance.pick(WRONG);
      if (chance.one(30))
        input.channelInfo = chance.pick([{ act: "1" }, { flag: null }, { targetUrl: 5 }, { src: 0.5 }]);
      return { endpoint, channel, input };
    },
    compare: async ({ endpoint, channel, input }) => {
      const { client, sent } = clients.get(channel) as CapturedClient;
      sent.length = 0;
      const prepared = twin.prepare(endpoint, channel, input);
      try {
        await callEndpoint(client, endpoint, input);
      } catch (error) {
        assert.ok(isMsdkError(error), String(error));
        assert.equal(error.kind, "request", error.message);
        assert.ok("faults" in prepared, `refused: ${error.message}`);
        assert.ok(
          prepared.faults.includes(error.field ?? ""),
          `${error.field} is none of ${prepared.faults}`,
        );
        assert.deepEqual(sent, []);
        return { kind: error.kind, fields: {} };
      }
      const [request] = sent;
      assert.ok(request && sent.length === 1);
      assert.deepStrictEqual({ body: JSON.parse(request.body) as unknown }, prepared);

      // And what was signed is what was sent.
      const { sig, ...params } = Object.fromEntries(request.url.searchParams);
      const canonical = twin.canonicalQuery(params);
      assert.equal(sig, twin.sign(request.url.pathname, canonical, request.body, "itopsigkey123456"));
      assert.equal(request.url.search, `?${canonical}&sig=${sig}`);
      return { value: request.body };
    },
  });
});
