// createAbort of ./mini, and tasks that cannot be ended.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createAbort } from "msdk-friends/mini";
import { failure, miniClient, player, scriptedHost } from "./support/mini-host.ts";

/** What is thrown where nobody catches it, during `run`. */
async function uncaughtIn(run: () => Promise<unknown>): Promise<unknown[]> {
  const seen: unknown[] = [];
  const others = process.listeners("uncaughtException");
  process.removeAllListeners("uncaughtException");
  process.on("uncaughtException", (error) => seen.push(error));
  try {
    await run();
    await new Promise((resolve) => setTimeout(resolve, 20));
  } finally {
    process.removeAllListeners("uncaughtException");
    for (const listener of others) process.on("uncaughtException", listener);
  }
  return seen;
}

describe("createAbort", () => {
  it("tells every listener, whatever another one throws, and throws nothing itself", async () => {
    const { signal, abort } = createAbort();
    const told: string[] = [];
    const mistake = new Error("a listener's mistake");
    signal.addEventListener("abort", () => told.push("first"));
    signal.addEventListener("abort", () => {
      throw mistake;
    });
    signal.addEventListener("abort", () => told.push("last"));
    const seen = await uncaughtIn(async () => abort("enough"));
    assert.deepEqual(told, ["first", "last"]);
    assert.deepEqual([signal.aborted, signal.reason], [true, "enough"]);
    // As with a host's own: the mistake is not lost.
    assert.deepEqual(seen, [mistake]);
  });
});

describe("a host's task that throws when it is ended", () => {
  const host = scriptedHost(
    () => {},
    () => {
      throw new Error("no abort on this device");
    },
  );

  it("changes nothing about a timeout", async () => {
    const client = await miniClient({ host, timeoutMs: 20 });
    const seen = await uncaughtIn(async () => {
      assert.equal((await failure(client.friendList(player))).kind, "timeout");
    });
    assert.deepEqual(seen, []);
  });

  it("nor about the caller's abort", async () => {
    const client = await miniClient({ host });
    const { signal, abort } = createAbort();
    const call = failure(client.friendList(player, { signal }));
    await new Promise((resolve) => setTimeout(resolve, 10));
    abort();
    assert.equal((await call).kind, "aborted");
  });
});
