// The handler where a host is careless with it: another program has answered already, there is no address, or what it is given is no handler.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { isMsdkError } from "msdk-friends";
import { createProxy, type ProxyOptions } from "msdk-friends/proxy";
import { nodeListener } from "msdk-friends/proxy/node";
import { inChild } from "../twin/child.ts";
import { overSocket, QUERY, requestOf } from "./support/call.ts";
import { OK_ANSWER, standIn } from "./support/stand-in.ts";
import { USUAL } from "./support/through.ts";

async function withProxy(
  run: (proxy: Awaited<ReturnType<typeof createProxy>>) => Promise<void>,
  options: Partial<ProxyOptions> = {},
): Promise<void> {
  const backend = await standIn([OK_ANSWER]);
  try {
    await run(await createProxy({ ...USUAL, upstream: backend.url, ...options }));
  } finally {
    await backend.close();
  }
}

describe("nodeListener", () => {
  for (const [name, handler] of Object.entries({
    "the promise of a handler": Promise.resolve(),
    "a function around one": () => new Response(),
    nothing: undefined,
  })) {
    test(`refuses ${name} at once, with config`, () => {
      assert.throws(
        () => nodeListener(handler as never),
        (error) => isMsdkError(error) && error.kind === "config" && error.field === "handler",
      );
    });
  }

  test("leaves an answer alone that another program has given meanwhile", () =>
    withProxy(
      async (proxy) => {
        const listener = nodeListener(proxy);
        const server = createServer((req, res) => {
          listener(req, res);
          // Still under way when the proxy has its own.
          setTimeout(() => res.writeHead(503, { "content-length": 4 }).write("la"), 20);
          setTimeout(() => res.end("te"), 250);
        });
        await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
        try {
          const [answer] = await overSocket((server.address() as AddressInfo).port, {});
          // And no rejection that nobody handles.
          assert.deepEqual([answer?.status, answer?.text], [503, "late"]);
        } finally {
          server.close();
          server.closeAllConnections();
        }
      },
      { authorize: () => delay(100, { openid: "1", token: "t" }) },
    ));

  test("says nothing of the length of an answer that has no body", () =>
    withProxy(async (proxy) => {
      const server = createServer(nodeListener(proxy));
      await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
      try {
        const [answer] = await overSocket((server.address() as AddressInfo).port, { method: "OPTIONS" });
        assert.deepEqual([answer?.status, answer?.headers.get("content-length")], [204, undefined]);
      } finally {
        server.close();
        server.closeAllConnections();
      }
    }));
});

describe("the handler", () => {
  for (const info of [undefined, null, {}, { remoteAddress: null }, { remoteAddress: undefined }]) {
    test(`takes ${JSON.stringify(info)} for a caller whose address nobody knows`, () =>
      withProxy(async (proxy) => {
        assert.equal((await proxy(requestOf({}), info as undefined)).status, 200);
      }));
  }

  test("reads no query that is longer than any of this package's", () =>
    withProxy(async (proxy) => {
      const longest = `${QUERY}&cgsource=`.length;
      const statusOf = async (length: number) =>
        (await proxy(requestOf({ query: `${QUERY}&cgsource=${"a".repeat(length - longest)}` }))).status;
      assert.deepEqual([await statusOf(4097), await statusOf(4096)], [400, 200]);
    }));

  test("loads a core that trapped anew, and says that it failed to whoever finds it so", async () => {
    const result = await inChild(`
      import { createSignEndpoint } from "msdk-friends/proxy";
      const { instantiate } = WebAssembly;
      let fails = false;
      WebAssembly.instantiate = async (source, imports) => {
        const made = await instantiate(source, imports);
        const { exports } = made.instance ?? made;
        const run = (...given) => {
          if (fails) throw new WebAssembly.RuntimeError("unreachable");
          return exports.run(...given);
        };
        const instance = { exports: { ...exports, run } };
        return made.instance ? { instance } : instance;
      };
      const player = { openid: "1", token: "t" };
      const handle = await createSignEndpoint({ gameId: "12", keys: { 0: "fake-key" }, allowedOrigins: [], allowMissingOrigin: true,
        authorize: () => player, now: () => 1700000000000, logger: {} });
      const body = JSON.stringify({ path: "/v2/profile/get_sopenid",
        canonicalQuery: "channelid=2&gameid=12&os=4&ts=1700000000", body: JSON.stringify(player) });
      const status = async () => (await handle(new Request("http://proxy.example/sign",
        { method: "POST", headers: { "content-type": "application/json" }, body }))).status;
      const seen = [await status()];
      fails = true;
      seen.push(await status());
      fails = false;
      seen.push(await status());
      print(seen);`);
    assert.deepEqual(result, [200, 500, 200]);
  });
});
