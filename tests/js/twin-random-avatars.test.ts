// The package against the reference twin on random avatars: their addresses and sizes; and on genders.

import assert from "node:assert/strict";
import { before, describe } from "node:test";
import { avatarSize, avatarSrcset, avatarUrl, init, maskGender } from "msdk-friends";
import * as twin from "../twin/index.ts";
import type { Chance } from "./support/chance.ts";
import { compared, outcomeOf, same } from "./support/twin-compare.ts";

before(() => init());

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
