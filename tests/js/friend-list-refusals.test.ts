// Answers that parseFriendList refuses: a ret that is not 0, and what is malformed, with its place.

import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { init, parseFriendList } from "msdk-friends";
import { thrown } from "./support/bad-arguments.ts";

before(() => init());

describe("parseFriendList", () => {
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
});
