// From nothing to the first friend with the stack that a team would otherwise pick: ky, zod and js-md5.

import { md5 } from "js-md5";
import ky from "ky";
import { canonicalQuery } from "../contenders/canonical.mjs";
import { friendListOf } from "../contenders/plain-map.mjs";
import { answerSchema } from "../contenders/schema.mjs";

const WECHAT = 1;

const { backend, player, key, ready } = globalThis.cold;

const client = ky.create({
  prefixUrl: "https://backend.example",
  fetch: backend,
  timeout: 5_000,
  retry: { limit: 2, methods: ["post"] },
  headers: { "content-type": "application/json" },
});

async function friendList(input) {
  const path = "/v2/friend/friend_list";
  const body = JSON.stringify(input);
  const query = canonicalQuery({
    channelid: WECHAT,
    conn: "",
    gameid: "12",
    os: 5,
    seq: crypto.randomUUID(),
    source: 0,
    ts: Math.floor(Date.now() / 1000),
    version: "",
  });
  const sig = md5(`${path}?${query}${body}${key}`);
  const answer = await client.post(path.slice(1), { searchParams: `${query}&sig=${sig}`, body }).json();
  return friendListOf(answerSchema.parse(answer), WECHAT);
}

const { friends } = await friendList(player);
ready(friends);
