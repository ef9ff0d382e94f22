// remoteSigner of ./mini, over a host's requests and over its fetch.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { isMsdkError } from "msdk-friends";
import { BACKEND, failureOf, outcomeOf, player } from "./support/client-calls.ts";
import { assertNoMarker } from "./support/client-leaks.ts";
import { bytes, GOOD, type MiniSent, miniClient, scriptedHost } from "./support/mini-host.ts";
import { markers, refused, SIG, SIGN, sigFor, signsFor, twoServers } from "./support/remote-signer.ts";
import { PATHS } from "./support/sandbox-client.ts";

describe("remoteSigner in ./mini", async () => {
  const { createAbort, remoteSigner: remote } = await import("msdk-friends/mini");
  const isSign = ({ url }: MiniSent) => url === SIGN;
  const answer = (sent: MiniSent, value: unknown, statusCode = 200) =>
    sent.success({ statusCode, header: {}, data: bytes(value) });
  const signOrAnswer = (sent: MiniSent) =>
    answer(sent, isSign(sent) ? { sig: sigFor(JSON.parse(sent.data)) } : GOOD);
  const signedClient = (options: object) =>
    miniClient({ signer: remote(SIGN), maxParallelRequests: 1, ...options });
  const pause = () => delay(20);

  it("goes through the host's requests, with the client's headers", async () => {
    const host = scriptedHost(signOrAnswer);
    const client = await signedClient({ host, headers: { "X-Own": "1" } });
    await client.friendList(player);
    assert.deepEqual(
      host.sent.map(({ url, header }) => [url.split("?")[0], header]),
      [SIGN, `${BACKEND}${PATHS.friend_list}`].map((url) => [
        url,
        { "X-Own": "1", "content-type": "application/json" },
      ]),
    );
  });

  it("or through its fetch, whose answer is bounded too", async () => {
    const { fetch, signed, sent } = twoServers(signsFor);
    await (await signedClient({ fetch })).friendList(player);
    assert.deepEqual([signed.length, sent.length], [1, 1]);
    const large = twoServers(() => new Response(`{"sig":"${SIG}"}${" ".repeat(2 ** 16)}`));
    const error = await failureOf((await signedClient({ fetch: large.fetch })).friendList(player));
    assert.match(error.message, /larger than 65536 bytes/);
  });

  it("one request at a time where one is allowed, and none waits for another for ever", async () => {
    let underWay = 0;
    let most = 0;
    const host = scriptedHost((sent) => {
      setTimeout(() => {
        underWay--;
        signOrAnswer(sent);
      }, 5);
    });
    const { request } = host;
    host.request = (options: object) => {
      most = Math.max(most, ++underWay);
      return request(options);
    };
    const client = await signedClient({ host, timeoutMs: 3000 });
    await Promise.all(Array.from({ length: 4 }, () => client.friendList(player)));
    assert.deepEqual([most, host.sent.length], [1, 8]);
    assert.deepEqual(
      host.sent.map(isSign),
      [1, 2, 3, 4].flatMap(() => [true, false]),
    );
  });

  it("an abort or a timeout while it signs ends the host's request and gives the turn back", async () => {
    const held: MiniSent[] = [];
    const host = scriptedHost((sent) => void held.push(sent));
    const client = await signedClient({ host, timeoutMs: 2000 });
    const { signal, abort } = createAbort();
    const aborted = failureOf(client.friendList(player, { signal }));
    await pause();
    abort();
    assert.deepEqual(outcomeOf(await aborted), {
      kind: "aborted",
      retryable: false,
      maybeSent: false,
      attempts: 1,
    });
    const error = await failureOf(client.friendList(player, { timeoutMs: 30 }));
    assert.deepEqual([error.kind, error.maybeSent], ["timeout", false]);
    assert.deepEqual(
      host.sent.map((sent) => [isSign(sent), sent.aborts]),
      [
        [true, 1],
        [true, 1],
      ],
    );
    const call = client.friendList(player);
    for (const _ of [1, 2]) {
      await pause();
      signOrAnswer(held.at(-1) as MiniSent);
    }
    await call;
  });

  const failures: Record<string, [take: (sent: MiniSent) => void, said: RegExp]> = {
    "a domain that is not listed": [
      (sent) => sent.fail({ errMsg: "request:fail url not in domain list" }),
      /its url has to be an address on a domain that the game's settings list/,
    ],
    "the app in the background": [(sent) => sent.fail({ errMsg: "request:fail interrupted" }), /background/],
    "the host's own timeout": [(sent) => sent.fail({ errMsg: "request:fail timeout" }), /host's own timeout/],
    "a host that has parsed the answer": [
      (sent) => sent.success({ statusCode: 200, header: {}, data: { sig: SIG } }),
      /host has parsed/,
    ],
    "401 as a success": [(sent) => answer(sent, "", 401), /status 401, log in again/],
    "401 as a failure": [
      (sent) => sent.fail({ error: 19, status: 401, headers: {}, data: bytes("") }),
      /status 401, log in again/,
    ],
    "too large an answer": [(sent) => answer(sent, " ".repeat(2 ** 16 + 1)), /larger than 65536 bytes/],
    "a host that quotes what it was given": [
      (sent) => sent.fail({ errMsg: `request:fail ${sent.data} ${JSON.stringify(sent.data)}` }),
      /no whole answer/,
    ],
  };
  for (const [name, [take, said]] of Object.entries(failures)) {
    it(`${name} is a signature error that says so`, async () => {
      const host = scriptedHost(take);
      const error = await failureOf((await signedClient({ host, maxRetries: 2 })).friendList(player));
      assert.deepEqual(outcomeOf(error), refused);
      assert.match(error.message, said);
      assert.equal(error.field, undefined);
      assertNoMarker(markers, name, error);
      assert.equal(host.sent.filter((sent) => !isSign(sent)).length, 0);
    });
  }

  it("a path is no url where there is no page", () => {
    assert.throws(
      () => remote("/sign"),
      (error) => isMsdkError(error) && error.kind === "config" && error.field === "url",
    );
  });
});
