import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { startSandbox, type WireFriend } from "../../pkg/src/sandbox/index.ts";
import { call, KEY, send, withSandbox } from "./support/sandbox-client.ts";

interface ResponseCase {
  name: string;
  endpoint: "friend_list" | "recall_friends_list" | "get_sopenid" | "share" | "ark_share";
  channel: string;
  response: Record<string, unknown>;
}

const file = new URL("../vectors/responses.json", import.meta.url);
const { cases } = JSON.parse(readFileSync(file, "utf8")) as { cases: ResponseCase[] };
const seedCases = cases.filter(({ name }) => name.startsWith("seed: "));

test("the seed's samples are the default data of WeChat and QQ", async () => {
  assert.ok(seedCases.length >= 6);
  await withSandbox({}, async (sandbox) => {
    for (const { name, endpoint, channel, response } of seedCases) {
      const answer = await call(sandbox, { endpoint, channel: channel === "wechat" ? 1 : 2 });
      const { seq: _made, ...rest } = answer;
      const { seq: _sample, ...expected } = response;
      assert.deepEqual(thinnedTo(expected, rest), expected, name);
    }
  });
});

/** The served answer, its recall list thinned to the rows that the vector keeps of the seed's longer one. */
function thinnedTo(
  expected: Record<string, unknown>,
  served: Record<string, unknown>,
): Record<string, unknown> {
  const { result: kept } = expected as { result?: Recall };
  const { result } = served as { result?: Recall };
  if (!kept || !result) return served;
  const sopenids = new Set(kept.friend_list.map(({ sopenid }) => sopenid));
  return {
    ...served,
    result: { ...result, friend_list: result.friend_list.filter((row) => sopenids.has(row.sopenid)) },
  };
}

interface Recall {
  friend_list: { sopenid: string }[];
}

test("sub_channelid chooses whose friends are shown; only QQ sends is_lost", async () => {
  await withSandbox({}, async (sandbox) => {
    const wechat = await call(sandbox, { channel: 1 });
    const qq = await call(sandbox, { channel: 2 });
    const other = await call(sandbox, { channel: 4 });
    assert.deepEqual((await call(sandbox, { channel: 1, fields: { sub_channelid: 2 } })).lists, qq.lists);
    assert.deepEqual((await call(sandbox, { channel: 2, fields: { sub_channelid: 1 } })).lists, wechat.lists);
    assert.deepEqual([wechat.is_lost, qq.is_lost, other.is_lost], [undefined, 0, undefined]);
    const genders = (other.lists as WireFriend[]).map(({ gender }) => gender);
    assert.deepEqual(genders, [1, 2], "an overseas channel sends what a client must mask");
    assert.deepEqual((await call(sandbox, { channel: 99 })).lists, other.lists);
  });
});

test("generated friends are always the same, distinct, and hold what breaks careless readers", async () => {
  const first = await generated(1, 500);
  assert.equal(first.text, (await generated(1, 500)).text);
  const { friends, text } = first;
  assert.equal(friends.length, 500);
  assert.equal(new Set(friends.map(({ openid }) => openid)).size, 500);
  assert.equal(new Set(friends.map(({ user_name }) => user_name)).size, 500);
  for (const { openid } of friends)
    assert.ok(/^\d{20}$/.test(openid ?? "") && BigInt(openid ?? "") > 2n ** 53n);
  const names = friends.map(({ user_name }) => user_name).join("");
  for (const part of ["张", "🎮", '"', "\\", "\n", "\t", "𠮷", "<b>"]) assert.ok(names.includes(part), part);
  assert.match(text, /\\ud83c\\udfae|\\ud83c\\udf38/, "a surrogate pair in escapes");
  assert.match(text, /https:\\\/\\\//, "escaped slashes");
  assert.match(text, /张伟/, "and plain UTF-8 as well");
  assert.ok(friends.some(({ picture_url }) => picture_url === ""));
  assert.ok(friends.some((friend) => !("picture_url" in friend)));
  assert.ok(
    friends.some((friend) => !("nick_name" in friend)) && friends.some((friend) => "nick_name" in friend),
  );
  assert.ok(
    friends.some((friend) => "friend_remark" in friend) && friends.some((friend) => !("city" in friend)),
  );
  assert.ok(
    friends.every((friend) => !("gender" in friend) && !("country" in friend)),
    "WeChat sends neither",
  );
  assert.ok(
    friends.every(({ picture_url: url }) => !url || /^https?:\/\/wx\.qlogo\.cn\/mmhead\/[\w-]+$/.test(url)),
  );
});

test("generated friends have the shape of their channel", async () => {
  const qq = (await generated(2, 50)).friends;
  assert.ok(
    qq.every(({ picture_url: url }) => !url || /^https:\/\/thirdqq\.qlogo\.cn\/qqopen\/\w+\/$/.test(url)),
  );
  assert.ok(qq.every((friend) => !("nick_name" in friend) && (friend.gender ?? 0) === 0));
  const other = (await generated(4, 50)).friends;
  assert.deepEqual([...new Set(other.map(({ gender }) => gender))].sort(), [0, 1, 2]);
  assert.notEqual(qq[0]?.openid, other[0]?.openid);
});

test("no friends means no lists", async () => {
  for (const friends of [0, []]) {
    await withSandbox({ friends }, async (sandbox) =>
      assert.ok(!("lists" in (await call(sandbox, { channel: 1 })))),
    );
  }
});

test("own rows are served as they are, on every channel", async () => {
  const friends = [
    { openid: "9007199254740993", user_name: "改名 🎮", picture_url: "", extra_field: [1, null] },
    { openid: "9007199254740994" },
    { openid: "9007199254740995", nick_name: "𠮷 / \\ \u0000" },
  ];
  await withSandbox({ friends }, async (sandbox) => {
    for (const channel of [1, 2, 4]) assert.deepEqual((await call(sandbox, { channel })).lists, friends);
  });
});

test("share receipts echo nothing but seq", async () => {
  await withSandbox({}, async (sandbox) => {
    for (const endpoint of ["share", "ark_share"] as const) {
      const answer = await call(sandbox, { endpoint, query: { seq: "123" } });
      assert.deepEqual(answer, { ret: 0, msg: "success!", seq: "123" });
    }
    const sample = {
      fopenid: undefined,
      sopenid: "s",
      type: 20005,
      game_tag: "",
      channel_info: { dst: 1001, src: 0 },
    };
    assert.equal((await call(sandbox, { endpoint: "share", fields: sample })).ret, 0);
  });
});

async function generated(channel: number, count: number): Promise<{ friends: WireFriend[]; text: string }> {
  const sandbox = await startSandbox({ key: KEY, friends: count });
  try {
    const { text } = await send(sandbox, { channel, query: { seq: "1" } });
    return { friends: (JSON.parse(text) as { lists: WireFriend[] }).lists, text };
  } finally {
    await sandbox.close();
  }
}
