// What the other calls resolve to, and what shareLimits and endpoints say: plain data, the caller's own.

import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { Channel, type Client, endpoints, init, shareLimits } from "msdk-friends";
import { capturedClient, goodInput } from "../twin/captured.ts";

before(() => init());

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
