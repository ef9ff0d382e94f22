// The queue of ./mini: a host takes so many requests at once and fails the next one.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createAbort } from "msdk-friends/mini";
import { until } from "../proxy/support/until.ts";
import { failure, good, type MiniSent, miniClient, player, scriptedHost } from "./support/mini-host.ts";

/** Holds every request until it is let go. */
function holding(onAbort?: (sent: MiniSent) => void) {
  const held: MiniSent[] = [];
  const host = scriptedHost((sent) => void held.push(sent), onAbort);
  const letGo = () => {
    for (const sent of held.splice(0)) good(sent);
  };
  return { host, held, letGo };
}

const pause = (ms = 20) => new Promise((resolve) => setTimeout(resolve, ms));
const hangs = () => new Promise<never>(() => {});

/** A call that goes through where its host's one place is free. */
async function passes() {
  const client = await miniClient({ host: scriptedHost(good), maxParallelRequests: 1, totalTimeoutMs: 9000 });
  await client.friendList(player);
}

describe("the queue of ./mini", () => {
  for (const [options, limit] of [
    [{}, 10],
    [{ maxParallelRequests: 3 }, 3],
  ] as const) {
    it(`keeps ${limit} under way, and stamps the others when their turn comes`, async () => {
      const { host, held, letGo } = holding();
      let now = 1_000_000;
      const client = await miniClient({ host, ...options, now: () => now, timeoutMs: 9000 });
      const calls = Array.from({ length: limit + 2 }, () => client.friendList(player));
      await until("the host is full", () => held.length === limit);
      await pause();
      assert.equal(host.sent.length, limit);
      now = 5_000_000;
      letGo();
      await until("the others have their turn", () => held.length === 2);
      const stamps = host.sent.map(({ url }) => new URL(url).searchParams.get("ts"));
      assert.deepEqual(stamps.slice(0, limit), Array(limit).fill("1000"));
      assert.deepEqual(stamps.slice(limit), ["5000", "5000"]);
      letGo();
      await Promise.all(calls);
    });
  }

  it("lets a call that waits be aborted, unsent, and goes on", async () => {
    const { host, held, letGo } = holding();
    const client = await miniClient({ host, maxParallelRequests: 1, timeoutMs: 9000 });
    const first = client.friendList(player);
    const { signal, abort } = createAbort();
    const second = failure(client.friendList(player, { signal }));
    const third = client.friendList(player);
    await until("the first is under way", () => held.length === 1);
    await pause();
    abort();
    const error = await second;
    assert.deepEqual([error.kind, error.maybeSent, error.attempts], ["aborted", false, 0]);
    letGo();
    await first;
    await until("the third has its turn", () => held.length === 1);
    letGo();
    await third;
    assert.equal(host.sent.length, 2);
  });

  it("is no part of an attempt: neither its time nor its hooks begin before the turn", async () => {
    const host = scriptedHost((sent) => void setTimeout(good, 40, sent));
    const attempts: number[] = [];
    const hooks = { onResponse: ({ ms }: { ms: number }) => void attempts.push(ms) };
    const client = await miniClient({ host, maxParallelRequests: 2, timeoutMs: 90, hooks });
    await Promise.all(Array.from({ length: 10 }, () => client.friendList(player)));
    assert.equal(Math.max(...attempts) < 90, true, `${attempts}`);
  });

  it("ends with the call's own time, unsent", async () => {
    const { host, letGo } = holding();
    const client = await miniClient({ host, maxParallelRequests: 1, timeoutMs: 9000 });
    const first = client.friendList(player);
    const hurried = await miniClient({ host, maxParallelRequests: 1, totalTimeoutMs: 30 });
    const error = await failure(hurried.friendList(player));
    assert.deepEqual([error.kind, error.maybeSent, error.attempts], ["timeout", false, 0]);
    await pause();
    letGo();
    await first;
    assert.equal(host.sent.length, 1);
  });
});

describe("a turn in the queue of ./mini", () => {
  for (const [what, options] of [
    ["a signer that fails", { signer: { sign: () => Promise.reject(new Error("no signer today")) } }],
    ["a signer that hangs", { signer: { sign: hangs } }],
    ["headers that hang", { headers: hangs }],
  ] as const) {
    it(`ends with ${what}`, async () => {
      const { host } = holding();
      const client = await miniClient({ host, maxParallelRequests: 1, timeoutMs: 30, ...options });
      const error = await failure(client.friendList(player));
      assert.deepEqual([error.maybeSent, host.sent.length], [false, 0]);
      await passes();
    });
  }

  it("ends with the caller's abort while the signer hangs", async () => {
    const { host } = holding();
    const client = await miniClient({ host, maxParallelRequests: 1, signer: { sign: hangs } });
    const { signal, abort } = createAbort();
    setTimeout(abort, 5);
    assert.equal((await failure(client.friendList(player, { signal }))).kind, "aborted");
    await passes();
  });

  it("ends when the host has given up what was called off, not before", async () => {
    const { host, letGo } = holding((sent) => void setTimeout(() => sent.fail({ errMsg: "abort" }), 50));
    const client = await miniClient({ host, maxParallelRequests: 1, timeoutMs: 9000 });
    const { signal, abort } = createAbort();
    const first = failure(client.friendList(player, { signal }));
    const second = client.friendList(player);
    await pause();
    abort();
    await first;
    await pause();
    assert.equal(host.sent.length, 1);
    await pause(60);
    assert.equal(host.sent.length, 2);
    letGo();
    await second;
  });

  it("ends a second later where the host says nothing", async () => {
    const { host } = holding(() => {});
    const client = await miniClient({ host, maxParallelRequests: 1, timeoutMs: 20 });
    assert.equal((await failure(client.friendList(player))).kind, "timeout");
    const began = Date.now();
    await passes();
    const waited = Date.now() - began;
    assert.equal(waited > 800 && waited < 1400, true, `${waited} ms`);
  });
});
