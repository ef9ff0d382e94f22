// Addresses of avatars: sized, for an srcset, or left alone where the host is another.

import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { avatarSize, avatarSrcset, avatarUrl, Channel, init } from "msdk-friends";

before(() => init());

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
