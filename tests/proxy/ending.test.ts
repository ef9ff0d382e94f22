// What a proxy that is told to end does with the calls under way.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { startProxy } from "msdk-friends/proxy/node";
import { startSandbox } from "msdk-friends/sandbox";
import { overSocket, PAGE } from "./support/call.ts";
import { KEY, playerOf } from "./support/players.ts";

test("a call under way is answered to its last byte, and the proxy ends after it", async () => {
  // More than a socket takes at once.
  const backend = await startSandbox({ key: KEY, gameId: "12", friends: 40_000, latencyMs: 200 });
  const proxy = await startProxy({
    gameId: "12",
    keys: { "0": KEY },
    allowedOrigins: [PAGE],
    authorize: playerOf,
    upstream: backend.url,
  });
  try {
    const answered = overSocket(Number(new URL(proxy.url).port), {});
    await delay(100);
    await proxy.close();
    const [answer] = await answered;
    assert.equal(answer?.status, 200);
    assert.equal(answer.text.length, Number(answer.headers.get("content-length")));
    assert.ok(answer.text.length > 4_000_000, "too short to prove anything");
  } finally {
    await proxy.close();
    await backend.close();
  }
});
