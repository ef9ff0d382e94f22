// The five calls of a page, beside those of a server that signs by itself: the same reaches the backend, the same comes back.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  Channel,
  type Client,
  createClient,
  keySigner,
  Os,
  type Player,
  type SignedOptions,
} from "msdk-friends";
import { type RunningProxy, startProxy } from "msdk-friends/proxy/node";
import { type Sandbox, type SandboxOptions, startSandbox } from "msdk-friends/sandbox";
import { failureOf } from "../js/support/client-calls.ts";
import { FOPENID } from "../js/support/sandbox-client.ts";
import { PAGE } from "./support/call.ts";
import { KEY, PLAYERS } from "./support/players.ts";
import { OK_ANSWER, standIn } from "./support/stand-in.ts";
import { ALICE, pageClient, servedOver, TRANSPORTS, USUAL } from "./support/through.ts";

const NOW = 1_700_000_123_456;
const { alice, bob } = PLAYERS;

interface World {
  readonly sandbox: Sandbox;
  readonly proxy: RunningProxy;
  /** Signs by itself, on a server. */
  readonly direct: Client;
  /** Knows neither key nor player. */
  readonly page: Client<Partial<Player>>;
}

async function withWorld(
  run: (world: World) => Promise<void>,
  client: Partial<Pick<SignedOptions, "channel" | "source" | "version" | "conn" | "extraQuery">> = {},
  backend: SandboxOptions = {},
): Promise<void> {
  const sandbox = await startSandbox({ key: KEY, gameId: "12", tsWindowSeconds: 0, ...backend });
  const proxy = await startProxy({ ...USUAL, upstream: sandbox.url, now: () => NOW });
  const usual = { channel: Channel.QQ, ...client };
  try {
    const signing = { gameId: "12", os: Os.Linux, signer: keySigner(KEY), now: () => NOW };
    const direct = await createClient({ baseUrl: sandbox.url, ...signing, ...usual });
    await run({ sandbox, proxy, direct, page: await pageClient(proxy.url, usual) });
  } finally {
    await proxy.close();
    await sandbox.close();
  }
}

const RECEIVER = { fopenid: FOPENID };
const OPTIONS = { seq: "page-1" };
/** The same call with and without the player. */
type Call = (client: Client, player: Player) => Promise<unknown>;

const onQQ: Record<string, Call> = {
  friendList: (client, player) => client.friendList({ ...player }, OPTIONS),
  "friendList of another channel": (client, player) =>
    client.friendList({ ...player, subChannelId: Channel.WeChat }, OPTIONS),
  recallFriendsList: (client, player) => client.recallFriendsList({ ...player, count: 7 }, OPTIONS),
  getSopenid: (client, player) => client.getSopenid({ ...player }, OPTIONS),
  share: (client, player) =>
    client.share({ ...player, ...RECEIVER, gameTag: "MSG_INVITE", title: '来玩 🎮 "a\\b" ñ' }, OPTIONS),
  "share with all that it takes": (client, player) =>
    client.share(
      {
        ...player,
        ...RECEIVER,
        gameTag: "MSG_INVITE",
        title: "t",
        desc: "d\n\u2028",
        link: "https://x.example/?a=1&b=2",
        imageUrl: "https://x.example/i.png",
        extra: '{"a":"\\u0001"}',
        channelInfo: { dst: 1001, flag: 1 },
      },
      OPTIONS,
    ),
  arkShare: (client, player) =>
    client.arkShare(
      {
        ...player,
        ...RECEIVER,
        extra: { app: "com.example", view: "游戏", n: [1, { deep: { er: "100%" } }] },
      },
      OPTIONS,
    ),
};
const onWeChat: Record<string, Call> = {
  friendList: onQQ.friendList as Call,
  recallFriendsList: (client, player) => client.recallFriendsList({ ...player, taskId: 0 }, OPTIONS),
  getSopenid: onQQ.getSopenid as Call,
};

/** What the backend was asked, but for the host and what each client says of itself. */
const asked = ({ requests }: Sandbox) => requests.map(({ path, query, body }) => ({ path, query, body }));

async function assertSame({ sandbox, direct, page }: World, call: Call): Promise<void> {
  const wanted = await call(direct, alice);
  // Without the player, whom only the proxy knows.
  assert.deepEqual(await call(page as Client, {} as Player), wanted);
  // And with an openid that the page knows: it is the same player's.
  assert.deepEqual(await call(page as Client, { openid: alice.openid } as Player), wanted);
  const [first, ...others] = asked(sandbox);
  assert.equal(others.length, 2);
  for (const other of others) assert.deepEqual(other, first, "what reaches the backend, the sig included");
  assert.equal((JSON.parse(first?.body ?? "") as Player).token, alice.token);
}

describe("a page's call is what a server's own client sends", { concurrency: 4 }, () => {
  for (const [name, call] of Object.entries(onQQ)) {
    test(`${name}, on QQ`, () => withWorld((world) => assertSame(world, call)));
  }
  for (const [name, call] of Object.entries(onWeChat)) {
    test(`${name}, on WeChat`, () =>
      withWorld((world) => assertSame(world, call), { channel: Channel.WeChat }));
  }
  test("with version, conn and cgsource", () =>
    withWorld((world) => assertSame(world, onQQ.friendList as Call), {
      version: "1.2.3",
      conn: "wifi",
      extraQuery: { cgsource: "web" },
    }));
  test("with a list of 2,000 friends", () =>
    withWorld((world) => assertSame(world, onQQ.friendList as Call), {}, { friends: 2000 }));
  test("on a channel overseas, where genders are masked", () =>
    withWorld(
      async (world) => {
        await assertSame(world, onQQ.friendList as Call);
        const { friends } = await world.page.friendList({});
        assert.deepEqual([...new Set(friends.map(({ gender }) => gender))], [0]);
      },
      { channel: Channel.Facebook },
    ));
});

describe("what the page does not know", () => {
  test("key, token and openid stand in nothing that the page sends or gets", () =>
    withWorld(async ({ proxy, page }) => {
      const texts: string[] = [];
      const listen: typeof fetch = async (url, init) => {
        const response = await fetch(url, init);
        const text = await response.clone().text();
        texts.push(`${url} ${String(init?.body)} ${text} ${JSON.stringify([...response.headers])}`);
        return response;
      };
      const client = (await pageClient(proxy.url, { fetch: listen })) as Client;
      for (const call of Object.values(onQQ)) await call(client, {} as Player);
      assert.equal(texts.length, Object.keys(onQQ).length);
      for (const secret of [KEY, alice.token, alice.openid]) {
        for (const text of texts)
          assert.equal(text.includes(secret), false, "a secret on the way to the page");
      }
      assert.doesNotMatch(texts.join(), /sig=/);
      assert.equal(JSON.stringify(page).includes(KEY), false, "the client holds the key");
    }));

  test("another token of the page's is replaced, another openid refused", () =>
    withWorld(async ({ sandbox, page }) => {
      await page.friendList({ token: "an older one" });
      assert.deepEqual(JSON.parse(sandbox.requests[0]?.body ?? ""), alice);
      const error = await failureOf(page.friendList({ openid: bob.openid, token: bob.token }));
      assert.deepEqual([error.kind, error.status, sandbox.requests.length], ["permission", 403, 1]);
    }));

  test("of two players each gets their own", () =>
    withWorld(async ({ sandbox, proxy }) => {
      const clients = await Promise.all(
        ["alice", "bob"].map((name) =>
          pageClient(proxy.url, { headers: { authorization: `Bearer ${name}` } }),
        ),
      );
      await Promise.all([...clients, ...clients, ...clients].map((client) => client.getSopenid({})));
      const bodies = sandbox.requests.map(({ body }) => body).sort();
      assert.deepEqual(
        bodies,
        [alice, alice, alice, bob, bob, bob].map((player) => JSON.stringify(player)).sort(),
      );
    }));

  test("nobody's call ends in the client's `auth`", () =>
    withWorld(async ({ sandbox, proxy }) => {
      const client = await pageClient(proxy.url, { headers: { authorization: "Bearer mallory" } });
      const error = await failureOf(client.friendList({}));
      assert.deepEqual([error.kind, error.status, error.attempts], ["auth", 401, 1]);
      assert.equal(sandbox.requests.length, 0);
    }));
});

const odd: Record<string, Buffer> = {
  "blanks, escapes and a name twice": Buffer.from(
    '\n{ "ret" : 0,\t"msg":"\\u0041\\/", "msg":"b", "big": 9007199254740993111, "e": 1e2 } ',
  ),
  "what is no UTF-8": Buffer.from([0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xff, 0xfe, 0xc3, 0x28, 0x22, 0x7d]),
  "a mark of the byte order": Buffer.from('\ufeff{"ret":0}'),
  "what is no JSON": Buffer.from("ret=0&msg=\0"),
  "nothing at all": Buffer.alloc(0),
};

for (const transport of TRANSPORTS) {
  describe(`an answer goes on byte by byte, over ${transport}`, { concurrency: 4 }, () => {
    for (const [name, bytes] of Object.entries(odd)) {
      for (const status of ["200 OK", "500 Internal Server Error"]) {
        test(`${name}, with ${status}`, async () => {
          const head = `HTTP/1.1 ${status}\r\ncontent-length: ${bytes.length}\r\nconnection: close\r\n\r\n`;
          const backend = await standIn([head + bytes.toString("latin1")]);
          const proxy = await servedOver(transport, { upstream: backend.url });
          try {
            const response = await fetch(`${proxy.url}/msdk/v2/friend/friend_list?channelid=2`, {
              method: "POST",
              headers: { ...ALICE, "content-type": "application/json" },
              body: "{}",
            });
            assert.equal(response.status, Number.parseInt(status, 10));
            assert.equal(response.headers.get("access-control-allow-origin"), PAGE);
            assert.deepEqual(Buffer.from(await response.arrayBuffer()), bytes);
          } finally {
            await proxy.close();
            await backend.close();
          }
        });
      }
    }
  });
}

test("only the headers that are listed go on, under both spellings", async () => {
  const backend = await standIn([OK_ANSWER]);
  const proxy = await servedOver("pooled", { upstream: backend.url, forwardHeaders: ["TraceParent"] });
  try {
    const headers = { traceparent: "00-1", cookie: "session=1", "x-own": "1", authorization: "Bearer alice" };
    await (await pageClient(proxy.url, { headers })).friendList({});
    const names = [...(backend.seen[0] ?? "").matchAll(/^([\w-]+):/gm)].map(([, name]) =>
      name?.toLowerCase(),
    );
    assert.deepEqual(names.sort(), ["connection", "content-length", "content-type", "host", "traceparent"]);
  } finally {
    await proxy.close();
    await backend.close();
  }
});
