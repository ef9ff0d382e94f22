// The known answers of what differs between channels: avatars and genders, against the reference twin and the package.

import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import {
  avatarSize,
  avatarSrcset,
  avatarUrl,
  Channel,
  init,
  maskGender,
  parseFriendList,
} from "msdk-friends";
import { capturedClient } from "../twin/captured.ts";
import * as twin from "../twin/index.ts";
import { cases, channelOf, encode, failure, load, twinFailure } from "./support/vectors.ts";

before(() => init());

describe("avatar.json", () => {
  interface Case {
    channel: string;
    pictureUrl: string;
    size: number;
    expected: string | null;
  }

  for (const { channel: name, pictureUrl, size, expected } of cases<Case>("avatar.json", 9)) {
    const channel = channelOf(name);
    const title = `${name}, ${size}, ${pictureUrl}`;
    const wanted = expected ?? undefined;

    test(`twin: ${title}`, () => {
      assert.equal(twin.avatarUrl(channel, pictureUrl, { size }), wanted);
    });

    test(`package: ${title}`, async () => {
      assert.equal(avatarUrl(channel, pictureUrl, { size }), wanted);
      const own = await capturedClient({ channel });
      assert.equal(own.client.avatarUrl(pictureUrl, { size }), wanted);
      const other = await capturedClient({ channel: Channel.Facebook });
      assert.equal(other.client.avatarUrl(pictureUrl, { size, channel }), wanted);
    });
  }

  test("a size of no channel is refused with those there are", async () => {
    for (const [channel, sizes] of [
      [Channel.WeChat, "0, 46, 64, 96, 132"],
      [Channel.QQ, "40, 100"],
    ] as const) {
      const url = "https://wx.qlogo.cn/a";
      for (const size of [-1, 1, 39.5, 41, 640, Number.NaN, Number.POSITIVE_INFINITY]) {
        const error = await failure(() => avatarUrl(channel, url, { size }));
        assert.deepEqual([error.kind, error.field], ["request", "size"], String(size));
        assert.ok(error.allowed?.includes(sizes), error.allowed);
        assert.equal(twinFailure(() => twin.avatarUrl(channel, url, { size })).fields.field, "size");
      }
    }
  });
});

describe("avatar-fit.json", () => {
  interface Case {
    channel: string;
    cssPixels: number;
    devicePixelRatio: number;
    expected: number;
  }

  for (const { channel: name, cssPixels, devicePixelRatio, expected } of cases<Case>("avatar-fit.json", 12)) {
    const channel = channelOf(name);
    const title = `${name}, ${cssPixels} x ${devicePixelRatio}`;
    const url = "https://wx.qlogo.cn/a";

    test(`twin: ${title}`, () => {
      assert.equal(twin.avatarSize(channel, cssPixels, devicePixelRatio), expected);
      assert.equal(twin.avatarUrl(channel, url, { cssPixels, devicePixelRatio }), `${url}/${expected}`);
    });

    test(`package: ${title}`, async () => {
      assert.equal(avatarSize(channel, cssPixels, devicePixelRatio), expected);
      assert.equal(avatarUrl(channel, url, { cssPixels, devicePixelRatio }), `${url}/${expected}`);
      const { client } = await capturedClient({ channel });
      assert.equal(client.avatarUrl(url, { cssPixels, devicePixelRatio }), `${url}/${expected}`);
      if (devicePixelRatio === 1) {
        assert.equal(avatarSize(channel, cssPixels), expected);
        assert.equal(avatarUrl(channel, url, { cssPixels }), `${url}/${expected}`);
      }
    });
  }
});

describe("gender.json", () => {
  interface Case {
    channel: number;
    gender: number;
    expected: number;
  }
  const all = cases<Case>("gender.json", 68);

  test("twin", () => {
    for (const { channel, gender, expected } of all) {
      assert.equal(twin.maskGender(channel, gender), expected, `${channel}, ${gender}`);
    }
  });

  test("package", () => {
    for (const { channel, gender, expected } of all) {
      assert.equal(maskGender(channel, gender), expected, `${channel}, ${gender}`);
      const answer = JSON.stringify({ ret: 0, lists: [{ openid: "1", gender }] });
      assert.equal(
        parseFriendList(answer, { channel }).friends[0]?.gender,
        expected,
        `${channel}, ${gender}, parsed`,
      );
    }
  });

  test("package, of a bound channel: the queried channel's rules", async () => {
    for (const { channel: subChannelId, gender, expected } of all) {
      const answer = encode({ ret: 0, lists: [{ openid: "1", gender }] });
      const { client } = await capturedClient({ channel: Channel.WeChat }, answer);
      const { friends } = await client.friendList({ openid: "12345678", token: "t-1234567", subChannelId });
      assert.equal(friends[0]?.gender, expected, `${subChannelId}, ${gender}`);
    }
  });
});

describe("channels.json", () => {
  interface Case {
    name: string;
    id: number;
    avatarSizes: number[];
    gender: "shown" | "masked";
  }
  const all = cases<Case>("channels.json", 16);
  const { unknownIds } = load<{ unknownIds: number[] }>("channels.json");

  test("Channel holds these ids and no other", () => {
    assert.deepEqual(Channel, Object.fromEntries(all.map(({ name, id }) => [name, id])));
  });

  const unknown = unknownIds.map((id): Case => ({ name: "unknown", id, avatarSizes: [], gender: "masked" }));
  assert.equal(unknown.length, 8);

  for (const { name, id, avatarSizes, gender } of [...all, ...unknown]) {
    test(`${name}, ${id}: gender`, () => {
      for (const arrives of [0, 1, 2, 3, -1, 1.5, Number.NaN]) {
        const seen = gender === "shown" && (arrives === 1 || arrives === 2) ? arrives : 0;
        assert.equal(twin.maskGender(id, arrives), seen);
        assert.equal(maskGender(id, arrives), seen);
      }
    });

    test(`${name}, ${id}: avatar sizes`, async () => {
      const url = "https://wx.qlogo.cn/a/b";
      assert.deepEqual(twin.avatarSizes(id), avatarSizes);
      for (const size of avatarSizes) assert.equal(avatarUrl(id, url, { size }), `${url}/${size}`);
      const widths = avatarSizes.filter((size) => size > 0);
      const srcset = widths.map((size) => `${url}/${size} ${size}w`).join(", ") || undefined;
      assert.equal(avatarSrcset(id, url), srcset);
      assert.equal(twin.avatarSrcset(id, url), srcset);
      if (avatarSizes.length > 0) return;
      assert.equal((await failure(() => avatarSize(id, 40))).field, "channel");
      assert.equal(twinFailure(() => twin.avatarSize(id, 40)).fields.field, "channel");
    });

    test(`${name}, ${id}: a client takes it`, async () => {
      const { client, sent } = await capturedClient({ channel: id });
      await client.friendList({ openid: "12345678", token: "t-1234567" });
      assert.equal(sent[0]?.url.searchParams.get("channelid"), String(id));
    });
  }
});
