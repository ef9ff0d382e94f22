// Whose address a call comes from, beside Node's own BlockList; on seeded random addresses, ranges and chains of them.
import assert from "node:assert/strict";
import { BlockList, isIP } from "node:net";
import { describe, test } from "node:test";
import { bitsOf, callerAddress, rangeOf, subscriberOf } from "../../pkg/src/proxy/address.ts";
import { Chance } from "../js/support/chance.ts";

const SEEDS = [1, 20251123, 0xc0ffee];

/** Few values, so that random ones meet. */
const BYTES = [0, 1, 10, 127, 128, 192, 254, 255];
const GROUPS = [0, 0, 0, 1, 0xdb8, 0x2001, 0xfe80, 0xffff];

type Address = { readonly family: "ipv4" | "ipv6"; readonly text: string };

const dotted = (bytes: readonly number[]): string => bytes.join(".");

function address(chance: Chance): Address {
  const bytes = Array.from({ length: 4 }, () => chance.pick(BYTES));
  if (chance.one(2)) return { family: "ipv4", text: dotted(bytes) };
  if (chance.one(3)) return { family: "ipv6", text: mapped(bytes, chance) };
  const groups = Array.from({ length: 8 }, () => chance.pick(GROUPS));
  return { family: "ipv6", text: spelled(groups, chance) };
}

/** IPv4 as IPv6 has it, in one of its spellings. */
function mapped(bytes: readonly number[], chance: Chance): string {
  const [a = 0, b = 0, c = 0, d = 0] = bytes;
  const groups = [0, 0, 0, 0, 0, 0xffff, a * 256 + b, c * 256 + d];
  return chance.one(2)
    ? `${chance.pick(["::ffff:", "0:0:0:0:0:FFFF:"])}${dotted(bytes)}`
    : spelled(groups, chance);
}

function spelled(groups: readonly number[], chance: Chance): string {
  const width = chance.pick([0, 4]);
  const parts = groups.map((group) => group.toString(16).padStart(width, "0"));
  let text = parts.join(":");
  const zeros = /(^|:)0+(:0+)+(:|$)/.exec(text);
  if (zeros && chance.one(2)) text = text.replace(zeros[0], "::");
  return chance.one(4) ? text.toUpperCase() : text;
}

interface Range {
  readonly text: string;
  readonly add: (list: BlockList) => void;
}

function range(chance: Chance): Range {
  const { family, text } = address(chance);
  if (chance.one(4)) return { text, add: (list) => list.addAddress(text, family) };
  const length = chance.below(family === "ipv4" ? 33 : 129);
  return { text: `${text}/${length}`, add: (list) => list.addSubnet(text, length, family) };
}

const isIn = (list: BlockList, text: string): boolean => list.check(text, isIP(text) === 4 ? "ipv4" : "ipv6");

/** What no address is, though some readers take it for one. */
const GARBAGE = [
  ...[
    "",
    "unknown",
    "_hidden",
    "none",
    "localhost",
    "1",
    "127.1",
    "1.2.3",
    "1.2.3.4.5",
    "256.1.1.1",
    "-1.2.3.4",
  ],
  ...["01.2.3.4", "0x7f.0.0.1", "1.2.3.4:80", "1.2.3.4/8", "1,2", "٣.1.1.1", "1.2.3.4\u00a0x", "１.2.3.4"],
  ...["[::1]", "[::1]:80", ":", ":::", "::1::", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "12345::", "g::1"],
  ...["::ffff:1.2.3", "::ffff:256.1.1.1", "::1.2.3.4.5", "1.2.3.4::", "::ffff:01.2.3.4", '"10.0.0.1"'],
  ...["for=10.0.0.1", "%", "%eth0", "..", "1..2.3", "a.b", "\0", "__proto__"],
];

describe("an address", () => {
  for (const seed of SEEDS) {
    test(`is in a range where Node's BlockList says so, seed ${seed}`, () => {
      const chance = new Chance(seed);
      let inside = 0;
      for (let round = 0; round < 4000; round++) {
        const list = new BlockList();
        const ranges = Array.from({ length: 1 + chance.below(4) }, () => range(chance));
        for (const { add } of ranges) add(list);
        const bits = ranges.map(({ text }) => rangeOf(text) ?? "unread");
        const { text } = address(chance);
        const wanted = isIn(list, text);
        if (wanted) inside++;
        const isTrusted = callerAddress(text, "203.0.113.77", bits) === "203.0.113.77";
        assert.equal(isTrusted, wanted, `${text} in ${ranges.map((one) => one.text).join(" ")}`);
      }
      assert.equal(inside > 400 && inside < 3600, true, `${inside} of 4000 were inside`);
    });

    test(`is read where Node reads it, seed ${seed}`, () => {
      const chance = new Chance(seed);
      const signs = [..."0123456789abcdefAF::::......x[]/ "];
      for (let round = 0; round < 20_000; round++) {
        const text = chance.one(2)
          ? Array.from({ length: 1 + chance.below(14) }, () => chance.pick(signs)).join("")
          : address(chance).text.replace(chance.pick(signs), chance.pick(signs));
        // Blanks around it are the list's, not the address's.
        assert.equal(bitsOf(text) !== undefined, isIP(text.trim()) !== 0, JSON.stringify(text));
      }
    });
  }

  test("is none of these", () => {
    for (const text of GARBAGE) assert.deepEqual([text, bitsOf(text)], [text, undefined]);
  });

  test("may say a zone, which is no part of it", () => {
    assert.equal(bitsOf("fe80::1%eth0"), bitsOf("fe80::1"));
  });

  test("of these ranges is none", () => {
    const wrong = [
      "10.0.0.0/33",
      "::/129",
      "10.0.0.0/",
      "10.0.0.0/-1",
      "10.0.0.0/8/8",
      "/8",
      "10/8",
      "::/1e1",
      "",
    ];
    for (const text of [...wrong, "10.0.0.0/255.0.0.0", "10.0.0.0/ 8"]) {
      assert.deepEqual([text, rangeOf(text)], [text, undefined]);
    }
  });
});

/** The caller as {@link callerAddress} is to find it, with Node's own means. */
function wantedCaller(connection: string, hops: readonly string[], list: BlockList): string {
  let caller = connection;
  for (const written of [...hops].reverse()) {
    // With a port, as some balancers write it.
    const hop = /^\[(.+)\](?::\d+)?$/.exec(written)?.[1] ?? /^([\d.]+):\d+$/.exec(written)?.[1] ?? written;
    if (!isIn(list, caller) || isIP(hop) === 0) break;
    caller = hop;
  }
  return caller;
}

describe("x-forwarded-for", () => {
  for (const seed of SEEDS) {
    test(`is followed as far as trusted proxies wrote it, seed ${seed}`, () => {
      const chance = new Chance(seed);
      let followed = 0;
      for (let round = 0; round < 4000; round++) {
        const list = new BlockList();
        const ranges = Array.from({ length: 1 + chance.below(5) }, () => range(chance));
        for (const { add } of ranges) add(list);
        const hop = () =>
          chance.one(5) ? chance.pick(GARBAGE.filter((text) => !text.includes(","))) : address(chance).text;
        const hops = chance.times(5, hop);
        const connection = address(chance).text;
        const wanted = wantedCaller(connection, hops, list);
        if (wanted !== connection) followed++;
        const header =
          hops.length > 0 || chance.one(2) ? hops.join(chance.pick([",", ", ", " ,  "])) : undefined;
        const trusted = ranges.map(({ text }) => rangeOf(text) ?? "unread");
        assert.equal(callerAddress(connection, header, trusted), wanted, `${connection} < ${header}`);
      }
      assert.equal(followed > 200, true, `${followed} of 4000 were followed`);
    });
  }

  test("may say ports", () => {
    const trusted = [rangeOf("127.0.0.1") ?? ""];
    for (const [hop, address] of [
      ["203.0.113.8:4711", "203.0.113.8"],
      ["[2001:db8::1]:4711", "2001:db8::1"],
      ["[2001:db8::1]", "2001:db8::1"],
    ]) {
      assert.equal(callerAddress("127.0.0.1", `198.51.100.1, ${hop}`, trusted), address);
    }
  });

  test("of any length and content costs little time", () => {
    const trusted = [rangeOf("::/0") ?? ""];
    for (const piece of ["10.0.0.1,", ",", "::,", " ", "1".repeat(50), "%", ":"]) {
      const header = piece.repeat(16_000 / piece.length);
      const began = performance.now();
      callerAddress("10.0.0.1", header, trusted);
      const ms = performance.now() - began;
      assert.equal(ms < 1000, true, `${JSON.stringify(piece.slice(0, 10))} took ${ms} ms`);
    }
  });
});

describe("a subscriber", () => {
  test("is one IPv4 address in all its spellings, or the network of an IPv6 one", () => {
    const same = [
      ["192.0.2.1", "::ffff:192.0.2.1", "::FFFF:C000:201", "0:0:0:0:0:ffff:c000:0201"],
      ["2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff", "2001:0DB8:0001:0002:0:0:0:9"],
    ];
    const other = ["192.0.2.2", "2001:db8:1:3::1", "::c000:201", "c000:201::"];
    for (const spellings of same) assert.equal(new Set(spellings.map(subscriberOf)).size, 1);
    assert.equal(new Set([...same.map(([first = ""]) => first), ...other].map(subscriberOf)).size, 6);
    assert.equal(subscriberOf("unknown"), subscriberOf("what is no address"));
  });
});
