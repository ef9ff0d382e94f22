// What parseFriendList reads, from what, and the list that it makes.

import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { runInNewContext } from "node:vm";
import { type FriendList, init, parseFriendList } from "msdk-friends";
import { inChild } from "../twin/child.ts";
import * as twin from "../twin/index.ts";
import { loose } from "./support/bad-arguments.ts";

before(() => init());

/** JSON with every character beyond ASCII, and some of ASCII, as an escape. */
function escaped(value: unknown): string {
  const toEscape = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return JSON.stringify(value).replace(/[^ -~]|x/g, toEscape);
}

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
    const shared = new Uint8Array(new SharedArrayBuffer(length));
    shared.set(bytes);
    for (const [name, given] of Object.entries({
      Uint8Array: bytes,
      "subarray with offset": new Uint8Array(surrounded(5, 7)).subarray(5, 5 + length),
      ArrayBuffer: surrounded(0, 0),
      Buffer: Buffer.from(DOCUMENT),
      "Buffer of the pool": Buffer.from(`xx${DOCUMENT}xx`).subarray(2, 2 + length),
      DataView: new DataView(surrounded(3, 1), 3, length),
      SharedArrayBuffer: shared,
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
