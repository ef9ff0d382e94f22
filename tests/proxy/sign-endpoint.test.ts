// remoteSigner against createSignEndpoint: a client's calls reach the backend signed, and nothing else gets a signature.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import {
  Channel,
  type Client,
  createClient,
  init,
  keySigner,
  Os,
  remoteSigner,
  type SignedOptions,
  type SignInput,
} from "msdk-friends";
import { createSignEndpoint, type SignEndpointOptions } from "msdk-friends/proxy";
import { type Sandbox, startSandbox } from "msdk-friends/sandbox";
import { Chance } from "../js/support/chance.ts";
import { callOf, ENDPOINTS, failureOf } from "../js/support/client-calls.ts";
import { PATHS } from "../js/support/sandbox-client.ts";
import { type Answer, answerOf, type Call, requestOf } from "./support/call.ts";
import { KEY, PLAYERS, SIGN_CLOCK } from "./support/players.ts";
import { ALICE, gauge, type Served, servedBy, USUAL } from "./support/through.ts";
import { signCall } from "./support/to-sign.ts";

const { alice } = PLAYERS;

interface World {
  readonly sandbox: Sandbox;
  readonly signing: Served;
  /** On QQ, from the page's own address. */
  client(options?: Partial<SignedOptions>): Promise<Client>;
}

async function withWorld(
  run: (world: World) => Promise<void>,
  options: Partial<SignEndpointOptions> = {},
): Promise<void> {
  const sandbox = await startSandbox({ key: KEY, gameId: "12" });
  const signing = await servedBy(await createSignEndpoint({ ...USUAL, ...options }));
  const client: World["client"] = (own) =>
    createClient({
      baseUrl: sandbox.url,
      gameId: "12",
      channel: Channel.QQ,
      signer: remoteSigner(`${signing.url}/sign`),
      headers: ALICE,
      ...own,
    });
  try {
    await run({ sandbox, signing, client });
  } finally {
    await signing.close();
    await sandbox.close();
  }
}

describe("a client of the sign endpoint", { concurrency: 4 }, () => {
  for (const endpoint of ENDPOINTS) {
    test(`has ${endpoint} signed as keySigner signs it`, () =>
      withWorld(async ({ sandbox, client }) => {
        const options = { seq: "1" };
        const result = await callOf[endpoint](await client(), options);
        const now = Number(/ts=(\d+)/.exec(sandbox.requests[0]?.query ?? "")?.[1]) * 1000;
        const own = await client({ signer: keySigner(KEY), now: () => now });
        assert.deepEqual(await callOf[endpoint](own, options), result);
        const [remote, direct] = sandbox.requests.map(({ path, query, body, ret }) => ({
          path,
          query,
          body,
          ret,
        }));
        assert.deepEqual(remote, direct);
        assert.equal(remote?.ret, 0);
      }));
  }

  test("may name version, conn, os, another channel and what extraQuery lists", () =>
    withWorld(
      async ({ sandbox, client }) => {
        const options = { channel: Channel.WeChat, os: Os.Android, version: "1.2", conn: "4g" };
        await (await client({ ...options, extraQuery: { cgsource: "x" } })).friendList(alice);
        assert.match(
          sandbox.requests[0]?.query ?? "",
          /^cgsource=x&channelid=1&conn=4g&gameid=12&os=1&.*version=1\.2&sig=/,
        );
        const error = await failureOf((await client({ extraQuery: { other: 1 } })).friendList(alice));
        assert.deepEqual([error.kind, sandbox.requests.length], ["signature", 1]);
      },
      { extraQuery: ["cgsource"] },
    ));

  test("gets the signature of its source's key", () =>
    withWorld(
      async ({ sandbox, client }) => {
        await (await client({ source: 7 })).friendList(alice);
        assert.equal(sandbox.requests[0]?.ret, 0);
        const error = await failureOf((await client()).friendList(alice));
        assert.equal(error.kind, "signature");
        assert.equal(
          sandbox.requests.length,
          2,
          "the other key's signature was sent, and the backend refused it",
        );
      },
      { keys: { "0": "marker-key-c04d", "7": KEY } },
    ));

  test("is told by a signature error what is wrong, and nothing is sent", () =>
    withWorld(
      async ({ sandbox, client }) => {
        const wrong: [Partial<SignedOptions>, number][] = [
          [{ headers: { ...ALICE, authorization: "Bearer mallory" } }, 401],
          [{ headers: { ...ALICE, authorization: "Bearer bob" } }, 403],
          [{ headers: { ...ALICE, origin: "https://evil.example" } }, 403],
          [{ gameId: "13" }, 400],
          [{ source: 3 }, 400],
          [{ now: () => Date.now() - 61_000 }, 400],
        ];
        for (const [options, status] of wrong) {
          const error = await failureOf(
            (await client(options)).share({ ...alice, fopenid: "1", gameTag: "MSG_INVITE" }),
          );
          assert.deepEqual([error.kind, error.maybeSent, error.attempts], ["signature", false, 1]);
          assert.match(error.message, new RegExp(`status ${status}\\b`));
        }
        assert.equal(sandbox.requests.length, 0);
      },
      { tsWindowSeconds: 60 },
    ));
});

type Handler = (call: Call) => Promise<Answer>;

async function withHandler(
  options: Partial<SignEndpointOptions>,
  run: (send: Handler, handler: Awaited<ReturnType<typeof createSignEndpoint>>) => Promise<void>,
): Promise<void> {
  const handler = await createSignEndpoint({ ...USUAL, now: () => SIGN_CLOCK * 1000, ...options });
  const send: Handler = async (call) =>
    answerOf(await handler(requestOf(call), { remoteAddress: call.remoteAddress ?? "192.0.2.1" }));
  await run(send, handler);
}

const errorOf = ({ status, text }: Answer): unknown[] => [
  status,
  (JSON.parse(text) as { error?: string }).error,
];
const good = signCall();

describe("the guards in front of it", { concurrency: 4 }, () => {
  const refusals: Record<string, [call: Call, status: number, error: string]> = {
    "another method": [{ ...good, method: "PUT" }, 405, "method"],
    "another origin": [{ ...good, headers: { origin: "https://evil.example" } }, 403, "origin"],
    "another site": [{ ...good, headers: { "sec-fetch-site": "cross-site" } }, 403, "origin"],
    "another type": [{ ...good, headers: { "content-type": "text/plain" } }, 415, "media_type"],
    "too large a body": [{ ...good, body: Buffer.alloc(3000, 0x20) }, 413, "too_large"],
    "a body without an end": [{ ...good, isUnfinished: true }, 408, "slow_body"],
    "nobody's session": [{ ...good, headers: { authorization: undefined } }, 401, "unauthorized"],
    "another path": [{ ...good, target: "/sign/" }, 404, "not_found"],
  };
  for (const [name, [call, status, error]] of Object.entries(refusals)) {
    test(`refuse ${name}`, () =>
      withHandler({ maxBodyBytes: 2000, timeoutMs: 500 }, async (send) => {
        assert.deepEqual(errorOf(await send(call)), [status, error]);
        assert.match((await send(good)).text, /^\{"sig":"[\da-f]{32}"\}$/);
      }));
  }

  test("count players and addresses", () =>
    withHandler({ limits: { player: { calls: 2, windowMs: 60_000 } } }, async (send) => {
      const statuses: number[] = [];
      for (const _ of [1, 2, 3]) statuses.push((await send(good)).status);
      assert.deepEqual(statuses, [200, 200, 429]);
      assert.equal((await send(good)).headers.get("retry-after"), "60");
    }));

  test("end the time of a call, and the endpoint itself", () =>
    withHandler({ timeoutMs: 100, authorize: () => delay(300, alice) }, async (send, handler) => {
      assert.deepEqual(errorOf(await send(good)), [503, "unavailable"]);
      assert.equal(await handler.close(), true);
      assert.deepEqual(errorOf(await send(good)), [503, "overload"]);
      assert.equal(await gauge(handler, "calls_active"), 0);
    }));

  test("let it have another path, which is the label of its numbers", () =>
    withHandler({ path: "/game/sign" }, async (send, handler) => {
      assert.equal((await send({ ...good, target: "/game/sign" })).status, 200);
      assert.equal((await send(good)).status, 404);
      const metrics = await handler.operations(new Request("http://proxy/metrics")).text();
      assert.match(metrics, /calls_total\{endpoint="\/game\/sign",class="ok"\} 1\n/);
    }));
});

describe("what it signs", () => {
  const input = good.fields as SignInput;

  test("is signed as keySigner signs it, at any moment of its window", () =>
    withHandler({}, async (send) => {
      await init();
      for (const seconds of [-300, 0, 300]) {
        const call = signCall({ query: { ts: String(SIGN_CLOCK + seconds) } });
        const sig = await keySigner(KEY).sign(call.fields as SignInput, {
          signal: new AbortController().signal,
        });
        assert.deepEqual(JSON.parse((await send(call)).text), { sig });
      }
    }));

  test("may have its fields in any order, and be without the parameters that have defaults", () =>
    withHandler({}, async (send) => {
      const { token, openid } = alice;
      const query = { conn: undefined, seq: undefined, source: undefined, version: undefined };
      const calls = [
        signCall({ query }),
        signCall({ body: JSON.stringify({ token, openid }) }),
        signCall({
          path: PATHS.share,
          body: JSON.stringify({ game_tag: "MSG_INVITE", token, fopenid: "1", openid, type: 20000 }),
        }),
      ];
      for (const call of calls) {
        const { signal } = new AbortController();
        const sig = await keySigner(KEY).sign(call.fields as SignInput, { signal });
        assert.deepEqual(JSON.parse((await send(call)).text), { sig });
      }
    }));

  for (const seed of [1, 20251123, 0xc0ffee]) {
    test(`is a request of the client's own and none that differs by a character, seed ${seed}`, () =>
      withHandler({ limits: { player: false, address: false } }, async (send) => {
        const chance = new Chance(seed);
        const signs = [...'aZ09"\\{}[]:,&=?#%/+ \0\u00e9\ud83c\n'];
        for (let round = 0; round < 400; round++) {
          const name = chance.pick(["path", "canonicalQuery", "body"] as const);
          const text = input[name];
          const at = chance.below(text.length + 1);
          const rest = text.slice(at + chance.below(2));
          const changed = text.slice(0, at) + chance.pick(["", ...signs]) + rest;
          const isSame = changed === text;
          const answer = await send({ ...good, fields: { ...input, [name]: changed } });
          const isPlain = name === "canonicalQuery" && isOtherValue(changed);
          if (isSame || isPlain) continue;
          assert.notEqual(answer.status, 200, `${name}: ${JSON.stringify(changed)}`);
          assert.doesNotMatch(answer.text, /"sig"/);
        }
      }));
  }

  test("belongs to one endpoint: another one's body is none of its own", () =>
    withHandler({}, async (send) => {
      const takes = async (path: string) => (await send(signCall({ path }))).status === 200;
      const taken = [];
      for (const path of Object.values(PATHS)) if (await takes(path)) taken.push(path);
      // The two that ask for nothing but the player.
      assert.deepEqual(taken, [PATHS.friend_list, PATHS.get_sopenid]);
    }));
});

/** Whether it is the good query with another value of what a client may choose. */
function isOtherValue(query: string): boolean {
  const free =
    /^channelid=[1-9]\d*&conn=[\w.~-]*&gameid=12&os=\d+&seq=[\w.~-]*&source=0&ts=1700000\d{3}&version=[\w.~-]*$/;
  return free.test(query);
}
