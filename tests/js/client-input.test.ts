// What the methods of a client refuse as their input and options: by a rejection, and nothing is sent.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Channel, type Client, isMsdkError } from "msdk-friends";
import { capturedClient, goodInput } from "../twin/captured.ts";
import { cycle, show } from "./support/bad-arguments.ts";
import { BACKEND, callOf, clientFor, failureOf, outcomeOf, player } from "./support/client-calls.ts";
import { shown } from "./support/client-options.ts";
import { good, scriptedFetch } from "./support/client-servers.ts";
import { OPENID, TOKEN } from "./support/sandbox-client.ts";

describe("bad arguments of a client's methods reject with request, nothing sent", () => {
  const METHODS = ["friendList", "recallFriendsList", "getSopenid", "share", "arkShare"] as const;
  const NAMES = {
    friendList: "friend_list",
    recallFriendsList: "recall_friends_list",
    getSopenid: "get_sopenid",
    share: "share",
    arkShare: "ark_share",
  } as const;

  type Method = (input?: unknown, options?: unknown) => Promise<unknown>;

  for (const name of METHODS) {
    const good = goodInput(NAMES[name], Channel.QQ);

    const rejects = async (field: RegExp, input: unknown, options: unknown, what: string) => {
      const { client, sent } = await capturedClient({ channel: Channel.QQ });
      let result: Promise<unknown>;
      try {
        result = (client[name as keyof Client] as Method)(input, options);
      } catch (error) {
        assert.fail(`thrown, not rejected: ${error}`);
      }
      const error: unknown = await result.then(
        () => assert.fail(`not refused: ${what}`),
        (error) => error,
      );
      assert.ok(isMsdkError(error), String(error));
      assert.equal(error.kind, "request", `${what}: ${error.message}`);
      assert.match(error.field ?? "", field, what);
      assert.deepEqual([error.endpoint, error.attempts, error.maybeSent], [NAMES[name], 0, false], what);
      assert.deepEqual(sent, []);
    };

    it(`${name}: input`, async () => {
      for (const input of [undefined, null, 5, "x", [], 1n, cycle, { ...good, more: 1n }, () => good]) {
        await rejects(/./, input, undefined, typeof input);
      }
      for (const field of ["openid", "token"]) {
        for (const bad of [undefined, null, "", 5, 0, {}, [], true, "\ud800"]) {
          await rejects(
            new RegExp(`^${field}$`),
            { ...good, [field]: bad },
            undefined,
            `${field} ${show(bad)}`,
          );
        }
      }
    });

    it(`${name}: options`, async () => {
      for (const seq of [5, null, {}, "a b", "头", "a&b"]) await rejects(/^seq$/, good, { seq }, show(seq));
      for (const timeoutMs of [0, -1, 1.5, Number.NaN, "5", 2 ** 31, 1n]) {
        await rejects(/^timeoutMs$/, good, { timeoutMs }, show(timeoutMs));
      }
      for (const signal of [{}, 5, "x"]) await rejects(/^signal$/, good, { signal }, show(signal));
    });

    it(`${name}: options that are none`, async () => {
      await rejects(/./, good, null, "null");
    });
  }

  it("share: a text that is NaN is no absent text", async () => {
    const { client, sent } = await capturedClient({ channel: Channel.QQ });
    const input = { ...goodInput("share", Channel.QQ), title: Number.NaN };
    await assert.rejects((client.share as Method)(input), { kind: "request", field: "title" });
    assert.deepEqual(sent, []);
  });
});

describe("a call's own timeoutMs", () => {
  for (const timeoutMs of [
    Object.create(null),
    0,
    -1,
    1.5,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    2 ** 31,
    "5",
    {},
    true,
  ] as unknown[]) {
    it(`may not be ${typeof timeoutMs === "number" ? timeoutMs : shown(timeoutMs)}`, async () => {
      const { fetch, requests } = scriptedFetch(good);
      const call = (await clientFor(BACKEND, { fetch })).friendList(player, {
        timeoutMs: timeoutMs as number,
      });
      const error = await failureOf(call);
      assert.deepEqual(outcomeOf(error), {
        kind: "request",
        retryable: false,
        maybeSent: false,
        attempts: 0,
      });
      assert.equal(error.field, "timeoutMs");
      assert.equal(requests.length, 0);
    });
  }
});

describe("bad input", () => {
  const wrong: Record<string, [channel: Channel, call: (client: Client) => Promise<unknown>, field: string]> =
    {
      "an empty openid": [Channel.QQ, (c) => c.friendList({ openid: "", token: TOKEN }), "openid"],
      "an empty token": [Channel.QQ, (c) => c.getSopenid({ openid: OPENID, token: "" }), "token"],
      "no openid": [Channel.QQ, (c) => c.friendList({ token: TOKEN } as never), "openid"],
      "an openid that is a number": [
        Channel.QQ,
        (c) => c.friendList({ openid: 1, token: TOKEN } as never),
        "openid",
      ],
      "share on WeChat": [Channel.WeChat, (c) => callOf.share(c), "channel"],
      "ark_share on WeChat": [Channel.WeChat, (c) => callOf.ark_share(c), "channel"],
      "recall on Guest": [Channel.Guest, (c) => c.recallFriendsList({ ...player, count: 1 }), "channel"],
      "get_sopenid on an unknown channel": [4711, (c) => c.getSopenid(player), "channel"],
      "taskId and count": [
        Channel.QQ,
        (c) => c.recallFriendsList({ ...player, count: 1, taskId: 1 } as never),
        "taskId|count",
      ],
      "neither count nor taskId on QQ": [
        Channel.QQ,
        (c) => c.recallFriendsList({ ...player } as never),
        "count",
      ],
      "neither on WeChat": [Channel.WeChat, (c) => c.recallFriendsList({ ...player } as never), "taskId"],
      "count on WeChat": [Channel.WeChat, (c) => c.recallFriendsList({ ...player, count: 1 }), "taskId"],
      "a count of 0": [Channel.QQ, (c) => c.recallFriendsList({ ...player, count: 0 }), "count"],
      "a count of 21": [Channel.QQ, (c) => c.recallFriendsList({ ...player, count: 21 }), "count"],
      "no receiver": [Channel.QQ, (c) => c.share({ ...player, gameTag: "x" } as never), "fopenid|sopenid"],
      "two receivers": [
        Channel.QQ,
        (c) => c.share({ ...player, gameTag: "x", fopenid: "1", sopenid: "2" } as never),
        "fopenid|sopenid",
      ],
      "no game tag": [Channel.QQ, (c) => c.share({ ...player, fopenid: "1" } as never), "gameTag"],
      "no extra": [Channel.QQ, (c) => c.arkShare({ ...player, fopenid: "1" } as never), "extra"],
      "a subChannelId of 0": [
        Channel.QQ,
        (c) => c.friendList({ ...player, subChannelId: 0 }),
        "subChannelId",
      ],
    };
  for (const [name, [channel, call, field]] of Object.entries(wrong)) {
    it(`${name} is refused, and nothing is sent`, async () => {
      const { fetch, requests } = scriptedFetch(good);
      const error = await failureOf(call(await clientFor(BACKEND, { fetch, channel })));
      assert.deepEqual(outcomeOf(error), {
        kind: "request",
        retryable: false,
        maybeSent: false,
        attempts: 0,
      });
      assert.match(String(error.field), new RegExp(field));
      assert.notEqual(error.endpoint, undefined);
      assert.equal(requests.length, 0);
    });
  }

  const strange: Record<string, unknown> = {
    nothing: undefined,
    null: null,
    "a text": "player",
    "a number": 1,
    "a function": () => {},
    "an array": [],
    "a BigInt inside": { ...player, subChannelId: 1n },
    "a getter that throws": {
      get openid(): string {
        throw new Error("no openid");
      },
      token: TOKEN,
    },
    "a toJSON that throws": {
      ...player,
      toJSON() {
        throw new Error("no JSON");
      },
    },
    "a revoked proxy": revoked(),
  };
  for (const [name, input] of Object.entries(strange)) {
    it(`${name} as input is refused by a rejection, not a throw`, async () => {
      const { fetch, requests } = scriptedFetch(good);
      const client = (await clientFor(BACKEND, { fetch })) as unknown as Record<
        string,
        (input: unknown) => Promise<unknown>
      >;
      for (const method of ["friendList", "recallFriendsList", "getSopenid", "share", "arkShare"]) {
        const error = await failureOf((client[method] as (input: unknown) => Promise<unknown>)(input));
        assert.deepEqual(outcomeOf(error), {
          kind: "request",
          retryable: false,
          maybeSent: false,
          attempts: 0,
        });
      }
      assert.equal(requests.length, 0);
    });
  }

  for (const options of [null, 1, "options", true] as unknown[]) {
    it(`${shown(options)} as call options is refused as input`, async () => {
      const { fetch, requests } = scriptedFetch(good);
      const error = await failureOf(
        (await clientFor(BACKEND, { fetch })).friendList(player, options as object),
      );
      assert.deepEqual(outcomeOf(error), {
        kind: "request",
        retryable: false,
        maybeSent: false,
        attempts: 0,
      });
      assert.equal(requests.length, 0);
    });
  }

  it("the methods work without their object", async () => {
    const { fetch } = scriptedFetch(good);
    const { friendList } = await clientFor(BACKEND, { fetch });
    assert.deepEqual((await friendList(player)).friends, []);
  });
});

function revoked(): unknown {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}
