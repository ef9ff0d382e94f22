// Odd keys, clocks, hosts and options, each of which once did harm or nearly did.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Channel, createClient, isMsdkError, keySigner, parseFriendList, type Signer } from "msdk-friends";

const player = { openid: "4724195171999796436", token: "27A50B44430AAD6BFFBE09BA875E48BB" };

/** A client whose backend answers with these texts, one after the other, and the last one from then on. */
async function clientOf(answers: (string | Response)[], options: object = {}) {
  const urls: string[] = [];
  const client = await createClient({
    baseUrl: "http://127.0.0.1",
    gameId: "12",
    channel: Channel.QQ,
    signer: keySigner("not-a-real-key"),
    fetch: async (url) => {
      urls.push(String(url));
      const answer = (answers.length > 1 ? answers.shift() : answers[0]) as string | Response;
      return typeof answer === "string" ? new Response(answer) : answer.clone();
    },
    ...options,
  });
  return { client, urls };
}

const failure = async (call: Promise<unknown>) => {
  const error = await call.then(
    () => assert.fail("no error"),
    (thrown) => thrown,
  );
  assert.equal(isMsdkError(error), true, String(error));
  return error;
};

test("a token of any length is masked, and its call goes well", async () => {
  for (const length of [5_000, 6_000, 200_000]) {
    const token = "aZ0_-".repeat(length / 5);
    const good = await clientOf(['{"ret":0,"seq":"s1"}']);
    assert.equal((await good.client.friendList({ ...player, token })).seq, "s1");
    const { client } = await clientOf([JSON.stringify({ ret: 1, msg: `no ${token}`, seq: token })]);
    const error = await failure(client.friendList({ ...player, token }));
    assert.deepEqual([error.msg, error.seq], ["no ***", "***"]);
    assert.equal(error.responseText.includes("aZ0_-aZ0_-"), false);
  }
});

test("a secret across the end of what an error keeps is not shown in part", async () => {
  for (const before of [65_520, 65_530, 65_535]) {
    const { client } = await clientOf([`${"x".repeat(before)}${player.token}`]);
    const { responseText } = await failure(client.share({ ...player, fopenid: "1", gameTag: "g" }));
    assert.equal(responseText.includes(player.token.slice(0, 6)), false, responseText.slice(-40));
  }
});

test("nor where so much is masked before it that the end moves into what is kept", async () => {
  const body = `--------${`${player.token},`.repeat(3000)}`;
  for (const shift of [0, 1, 7, 20, 31]) {
    const { client } = await clientOf([new Response("-".repeat(shift) + body, { status: 404 })]);
    const { responseText } = await failure(client.share({ ...player, fopenid: "1", gameTag: "g" }));
    assert.match(responseText, /^-+(\*\*\*,)+(\*{0,3})$/);
  }
});

test("a time that is none signs nothing", async () => {
  for (const now of [() => 1e20, () => Number.NaN, () => -1, () => "5"]) {
    const { client, urls } = await clientOf(['{"ret":0}'], { now });
    const error = await failure(client.friendList(player));
    assert.deepEqual([error.kind, error.field, urls.length], ["config", "now", 0], String(now));
  }
});

test("a clock that fails later does not cost the backend's answer", async () => {
  let calls = 0;
  const now = () => {
    if (calls++ > 0) throw new Error("no clock");
    return 1_700_000_000_000;
  };
  const headers = { "retry-after": "Wed, 21 Oct 2065 07:28:00 GMT" };
  const { client } = await clientOf([new Response("", { status: 503, headers })], { now, maxRetries: 0 });
  const error = await failure(client.friendList(player));
  assert.deepEqual([error.kind, error.status], ["server", 503]);
});

test("an encoder without encodeInto does too", async () => {
  const { encodeInto } = TextEncoder.prototype;
  try {
    (TextEncoder.prototype as { encodeInto?: unknown }).encodeInto = undefined;
    const { client, urls } = await clientOf(['{"ret":0,"seq":"s"}']);
    assert.deepEqual(
      await client.share({ ...player, fopenid: "1", gameTag: "g", title: "一起".repeat(200) }),
      { seq: "s" },
    );
    assert.equal(urls.length, 1);
  } finally {
    TextEncoder.prototype.encodeInto = encodeInto;
  }
});

test("proxied: false is a signer's own affair", async () => {
  const signer = { proxied: false, sign: () => "0123456789abcdef0123456789abcdef" } as Signer;
  const { client, urls } = await clientOf(['{"ret":0}'], { signer });
  await client.friendList(player);
  assert.match(urls[0] as string, /&sig=0123456789abcdef0123456789abcdef$/);
});

test("a key in other capitals is found however it is spelled", () => {
  for (const key of ["Lists", "\\u004cists", "list\\u0053"]) {
    const answer = `{"ret":0,"${key}":[{"openid":"1"}]}`;
    assert.throws(() => parseFriendList(answer, { channel: 1 }), { kind: "malformed_response" }, key);
  }
  assert.equal(parseFriendList('{"ret":0,"\\u006cists":[{"openid":"1"}]}', { channel: 1 }).friends.length, 1);
});
