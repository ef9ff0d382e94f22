// The package against the reference twin on random answers: friend lists, and those of the other calls.

import assert from "node:assert/strict";
import { before, describe } from "node:test";
import { init, isMsdkError, parseFriendList } from "msdk-friends";
import { type CapturedClient, callEndpoint, capturedClient, goodInput } from "../twin/captured.ts";
import * as twin from "../twin/index.ts";
import type { Chance } from "./support/chance.ts";
import {
  blank,
  encodeDocument,
  jsonName,
  jsonObject,
  jsonString,
  jsonValue,
  raw,
} from "./support/random-json.ts";
import { compared, outcomeOf, same } from "./support/twin-compare.ts";

before(() => init());

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
        // Where it is broken only one of them can say in full; the test below compares the paths of whole documents.
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
