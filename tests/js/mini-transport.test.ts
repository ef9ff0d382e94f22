// ./mini over a host's `X.request`.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createAbort, isMsdkError, type MsdkError, type Signal } from "msdk-friends/mini";
import {
  bytes,
  failure,
  GOOD,
  good,
  type MiniSent,
  miniClient,
  player,
  scriptedHost,
} from "./support/mini-host.ts";

const answers = (answer: object) => (sent: MiniSent) => sent.success(answer);
const refuses = (failure: object) => (sent: MiniSent) => sent.fail(failure);

async function failureOf(take: (sent: MiniSent) => void, options: object = {}): Promise<MsdkError> {
  const client = await miniClient({ host: scriptedHost(take), ...options });
  return failure(client.friendList(player));
}

describe("a request of ./mini", () => {
  it("asks for bytes, in every vendor's words, and waits longer than the client does", async () => {
    const host = scriptedHost(good);
    const client = await miniClient({ host, timeoutMs: 70_000, headers: { "X-Own": "1" } });
    const { friends } = await client.friendList(player);
    assert.deepEqual([friends[0]?.openid, friends[0]?.userName], ["9007199254740993111", "头😀"]);
    const [sent] = host.sent;
    assert.deepEqual([sent?.responseType, sent?.dataType], ["arraybuffer", "arraybuffer"]);
    assert.equal(sent?.redirect, "manual");
    assert.deepEqual(sent?.header, { "X-Own": "1", "content-type": "application/json" });
    assert.deepEqual(sent?.headers, sent?.header);
    assert.ok((sent?.timeout ?? 0) > 70_000);
  });

  it("reads Alipay's words, a body as text, and no body at all", async () => {
    for (const answer of [
      { status: 200, headers: {}, data: bytes(GOOD) },
      { statusCode: 200, header: {}, data: JSON.stringify(GOOD) },
    ]) {
      const client = await miniClient({ host: scriptedHost(answers(answer)) });
      assert.equal((await client.friendList(player)).friends.length, 1);
    }
    assert.equal((await failureOf(answers({ statusCode: 200, header: {} }))).kind, "malformed_response");
  });

  it("does not believe what the host has parsed", async () => {
    const error = await failureOf(answers({ statusCode: 200, header: {}, data: GOOD }));
    assert.equal(error.kind, "malformed_response");
    assert.match(error.message, /host has parsed/);
  });

  for (const [status, kind] of [
    [401, "auth"],
    [429, "rate_limit"],
    [503, "server"],
    [302, "unknown"],
  ] as const) {
    it(`tells ${status} from 200, whether it is a success to the host or a failure`, async () => {
      const asSuccess = await failureOf(answers({ statusCode: status, header: {}, data: bytes("") }));
      const asFailure = await failureOf(refuses({ error: 19, status, headers: {}, data: bytes("") }));
      assert.deepEqual([asSuccess.kind, asSuccess.status], [kind, status]);
      assert.deepEqual([asFailure.kind, asFailure.status], [kind, status]);
    });
  }

  it("finds Retry-After in any case", async () => {
    const host = scriptedHost((sent, number) =>
      number === 1
        ? sent.success({ statusCode: 503, header: { "RETRY-after": "0" }, data: bytes("") })
        : good(sent),
    );
    const delays: (number | undefined)[] = [];
    const hooks = { onRetry: (event: { delayMs?: number }) => void delays.push(event.delayMs) };
    await (await miniClient({ host, maxRetries: 1, hooks })).friendList(player);
    assert.deepEqual(delays, [0]);
  });

  it("takes no more than maxResponseBytes", async () => {
    const error = await failureOf(good, { maxResponseBytes: 10 });
    assert.equal(error.kind, "malformed_response");
    assert.match(error.message, /maxResponseBytes/);
  });
});

describe("a request of ./mini that fails", () => {
  it("says that the app went to the background, and may be repeated", async () => {
    const error = await failureOf(refuses({ errMsg: "request:fail interrupted" }));
    assert.deepEqual([error.kind, error.retryable], ["network", true]);
    assert.match(error.message, /background/);
  });

  it("is repeated by itself", async () => {
    const host = scriptedHost((sent, number) =>
      number === 1 ? sent.fail({ errMsg: "request:fail interrupted" }) : good(sent),
    );
    await (await miniClient({ host, maxRetries: 1 })).friendList(player);
    assert.equal(host.sent.length, 2);
  });

  for (const said of [
    { errMsg: "request:fail url not in domain list" },
    { errMsg: "request:fail", errno: 600002 },
    { errMsg: "request:fail url 不在以下 request 合法域名列表中" },
  ]) {
    it(`says that the domain is not listed: ${JSON.stringify(said)}`, async () => {
      const error = await failureOf(refuses(said));
      assert.deepEqual([error.kind, error.field, error.retryable], ["config", "baseUrl", false]);
    });
  }

  it("tells the host's own timeout", async () => {
    const error = await failureOf(refuses({ errMsg: "request:fail timeout" }));
    assert.deepEqual([error.kind, error.retryable], ["timeout", true]);
  });

  it("masks what the host quotes", async () => {
    const error = await failureOf((sent) => sent.fail({ errMsg: `request:fail ${sent.url} ${sent.data}` }));
    const { sig = "" } = Object.fromEntries(new URLSearchParams(error.message));
    const text = `${error.message} ${JSON.stringify(error)} ${error.stack}`;
    for (const secret of [player.token, player.openid]) assert.equal(text.includes(secret), false, text);
    assert.match(text, /sig=\*\*\*/);
    assert.equal(/[0-9a-f]{32}/.test(sig), false);
  });

  it("is ended in the host when the caller or the time ends it", async () => {
    const host = scriptedHost(() => {});
    const client = await miniClient({ host, timeoutMs: 30 });
    assert.equal((await failure(client.friendList(player))).kind, "timeout");
    const { signal, abort } = createAbort();
    setTimeout(abort, 5);
    assert.equal((await failure(client.friendList(player, { signal }))).kind, "aborted");
    assert.deepEqual(
      host.sent.map(({ aborts }) => aborts),
      [1, 1],
    );
  });
});

describe("the options of ./mini", () => {
  for (const [options, field] of [
    [{}, "host"],
    [{ host: {} }, "host"],
    [{ host: scriptedHost(good), maxParallelRequests: 0 }, "maxParallelRequests"],
    [{ host: scriptedHost(good), baseUrl: "/msdk" }, "baseUrl"],
    [{ fetch: 1 }, "fetch"],
  ] as const) {
    it(`a wrong ${field} is named`, async () => {
      const error = await failure(miniClient(options));
      assert.deepEqual([error.kind, error.field], ["config", field], error.message);
    });
  }

  it("takes a fetch where there is no host, and gives it a signal that no fetch has to understand", async () => {
    const inits: object[] = [];
    const fetch = async (_: string, init: object) => {
      inits.push(init);
      return Response.json(GOOD);
    };
    assert.equal((await (await miniClient({ fetch })).friendList(player)).friends.length, 1);
    assert.equal("signal" in (inits[0] ?? {}), false);
  });

  it("a fetch can be ended before anything has come", async () => {
    const ended: unknown[] = [];
    const fetch = (_: string, __: object, signal: Signal) => {
      signal.addEventListener("abort", () => ended.push(signal.reason));
      return new Promise(() => {});
    };
    const client = await miniClient({ fetch, timeoutMs: 20 });
    const error = await failure(client.friendList(player));
    assert.deepEqual([error.kind, ended.length], ["timeout", 1]);
  });

  it("keySigner refuses unless it is told, wherever it runs", async () => {
    const { keySigner } = await import("msdk-friends/mini");
    assert.throws(
      () => keySigner("k"),
      (error) => isMsdkError(error) && error.kind === "config",
    );
  });
});
