// The UTF-8 codec of ./mini, against the one of the Encoding Standard.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { decode, encode, encodeInto } from "../../pkg/src/mini/codec.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** The same every time, so that a failure can be looked at. */
function randomNumbers(seed: number) {
  let state = seed;
  return (below: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const TEXTS = [
  "",
  "a",
  "é",
  "头像",
  "😀",
  "\ud83d",
  "\ude00x",
  "a\ud83d\ud83d\ude00",
  "\ufeffname",
  "\u0000\u007f\u0080\u07ff\u0800\uffff",
];

describe("encode", () => {
  it("is TextEncoder's", () => {
    for (const text of TEXTS) assert.deepEqual(encode(text), encoder.encode(text), JSON.stringify(text));
  });

  it("is TextEncoder's for random code units, surrogates alone and in pairs", () => {
    const below = randomNumbers(1);
    for (let count = 0; count < 3000; count++) {
      const units = Array.from({ length: below(12) }, () =>
        below(2) ? 0xd7f0 + below(0x900) : [below(0x80), below(0x800), below(0x10000)][below(3)],
      );
      const text = String.fromCharCode(...(units as number[]));
      assert.deepEqual(encode(text), encoder.encode(text), JSON.stringify(text));
    }
  });

  it("writes at the beginning of what it is given, and gives the length", () => {
    const into = new Uint8Array(8).fill(255);
    assert.equal(encodeInto("é", into), 2);
    assert.deepEqual([...into], [0xc3, 0xa9, 255, 255, 255, 255, 255, 255]);
  });
});

describe("decode", () => {
  it("is TextDecoder's for what encode makes", () => {
    for (const text of TEXTS) assert.equal(decode(encode(text)), decoder.decode(encoder.encode(text)));
  });

  it("is TextDecoder's for every pair of bytes, and each with a tail", () => {
    for (let first = 0; first < 256; first++) {
      for (let second = 0; second < 256; second++) {
        for (const tail of [[], [0x80], [0x80, 0x80], [0x41]]) {
          const bytes = Uint8Array.from([first, second, ...tail]);
          if (decode(bytes) !== decoder.decode(bytes))
            assert.equal(decode(bytes), decoder.decode(bytes), `${bytes}`);
        }
      }
    }
  });

  it("is TextDecoder's for random broken text", () => {
    const below = randomNumbers(2);
    const leads = [0xc2, 0xe0, 0xe4, 0xed, 0xef, 0xf0, 0xf1, 0xf4, 0xf5, 0x41];
    for (let count = 0; count < 5000; count++) {
      const bytes = Uint8Array.from({ length: below(10) }, () =>
        below(2) ? 0x80 + below(0x40) : (leads[below(leads.length)] as number),
      );
      assert.equal(decode(bytes), decoder.decode(bytes), `${bytes}`);
    }
  });

  it("takes texts longer than one call's arguments", () => {
    const text = "头😀a".repeat(30_000);
    assert.equal(decode(encode(text)), text);
  });

  it("takes nothing for an empty text", () => assert.equal(decode(undefined), ""));
});
