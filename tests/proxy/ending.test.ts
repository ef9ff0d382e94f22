// How the proxy ends: what is under way is answered, what comes is refused, and nothing is left.
import assert from "node:assert/strict";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { describe, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { type RunningProxy, type ServerOptions, startProxy } from "msdk-friends/proxy/node";
import { assertTook, ENDPOINTS, timed } from "../js/support/client-calls.ts";
import { activeResources, assertNothingLeft } from "../js/support/client-resources.ts";
import { goodFields, PATHS } from "../js/support/sandbox-client.ts";
import { type Answer, bytesOf, type Call, overSocket } from "./support/call.ts";
import { answerText, OK_ANSWER, type RawAnswer, type StandIn, standIn } from "./support/stand-in.ts";
import { gauge, USUAL } from "./support/through.ts";
import { until } from "./support/until.ts";

const portOf = (url: string | undefined): number => Number(new URL(url ?? "").port);

interface World {
  readonly backend: StandIn;
  readonly proxy: RunningProxy;
  send(call?: Call): Promise<Answer | undefined>;
  /** Of a path without a guard. */
  get(path: string, url?: string): Promise<number>;
}

async function withWorld(
  answer: RawAnswer,
  run: (world: World) => Promise<void>,
  options: Partial<ServerOptions> = {},
): Promise<void> {
  const backend = await standIn([answer]);
  const proxy = await startProxy({ ...USUAL, upstream: backend.url, operationsPort: 0, ...options });
  try {
    await run({
      backend,
      proxy,
      send: async (call = {}) => (await overSocket(portOf(proxy.url), call))[0],
      get: async (path, url = proxy.url) =>
        (await fetch(url + path, { headers: { connection: "close" } })).status,
    });
  } finally {
    await proxy.close();
    await backend.close();
  }
}

/** Resolves where nothing listens. */
async function assertClosed(url: string | undefined): Promise<void> {
  const socket = connect(portOf(url), "127.0.0.1");
  const [error] = (await once(socket, "error")) as [NodeJS.ErrnoException];
  assert.equal(error.code, "ECONNREFUSED");
}

const slowly =
  (ms: number): RawAnswer =>
  (socket) => {
    const timer = setTimeout(() => socket.end(OK_ANSWER), ms);
    socket.once("close", () => clearTimeout(timer));
  };

describe("a proxy that ends", { concurrency: 4 }, () => {
  test("answers what is under way, the last one too, refuses what comes, and says so to who asks", () => {
    const held: Socket[] = [];
    return withWorld(
      (socket) => void held.push(socket),
      async ({ proxy, send, get }) => {
        const calls = ENDPOINTS.map((endpoint) =>
          send({ path: `/msdk${PATHS[endpoint]}`, fields: goodFields(endpoint, 2) }),
        );
        await until("all are sent", () => held.length === calls.length);
        assert.deepEqual([await get("/readyz"), await get("/readyz", proxy.operationsUrl)], [200, 200]);
        const closing = proxy.close();
        const refused = await send();
        assert.deepEqual([refused?.status, refused?.headers.get("retry-after")], [503, "1"]);
        assert.deepEqual(JSON.parse(refused?.text ?? ""), { error: "overload", msg: "the proxy is ending" });
        assert.deepEqual([await get("/readyz"), await get("/readyz", proxy.operationsUrl)], [503, 503]);
        assert.equal(await get("/healthz"), 200);
        for (const socket of held) socket.end(OK_ANSWER);
        for (const answer of await Promise.all(calls)) {
          assert.deepEqual([answer?.status, answer?.text], [200, '{"ret":0,"msg":"success"}']);
        }
        await closing;
        await assertClosed(proxy.url);
        await assertClosed(proxy.operationsUrl);
      },
    );
  });

  test("hands a large answer to a slow reader to its end", () => {
    const large = `{"ret":0,"msg":"${"x".repeat(12 * 2 ** 20)}"}`;
    return withWorld(answerText("200 OK", {}, large), async ({ proxy }) => {
      const socket = connect(portOf(proxy.url), "127.0.0.1");
      socket.write(bytesOf({}));
      let length = 0;
      socket.on("data", (piece: Buffer) => {
        length += piece.length;
      });
      await once(socket, "data");
      socket.pause();
      assert.equal(await gauge(proxy.handler, "calls_active"), 1, "under way to its last byte");
      const closing = proxy.close();
      const state = await Promise.race([closing.then(() => "closed"), delay(150, "open")]);
      assert.equal(state, "open", "it is not over while the answer is on its way");
      socket.resume();
      await once(socket, "close");
      await closing;
      assert.equal(length > large.length, true, `${length} bytes of ${large.length} and a head`);
    });
  });

  test("waits for graceMs and no longer, and ends the call behind it", () =>
    withWorld(
      () => {},
      async ({ backend, proxy, send }) => {
        const call = send();
        await until("it is sent", () => backend.used() === 1);
        const { ms } = await timed(() => proxy.close());
        assertTook(ms, [200, 3000]);
        assert.equal(await call, undefined, "its connection was cut");
        await until("the call behind it ends", () => backend.used() === 0);
      },
      { graceMs: 200 },
    ));

  test("is not held by connections that are idle, nor by half a head", () =>
    withWorld(OK_ANSWER, async ({ proxy }) => {
      const idle = connect(portOf(proxy.url), "127.0.0.1");
      idle.write(bytesOf({}).replace("connection: close", "connection: keep-alive"));
      await once(idle, "data");
      const half = connect(portOf(proxy.url), "127.0.0.1");
      half.write("POST /msdk/v2/fri");
      await delay(50);
      const ended = [idle, half].map(
        (socket) => new Promise((resolve) => socket.resume().on("close", resolve)),
      );
      for (const socket of [idle, half]) socket.on("error", () => {});
      const { ms } = await timed(() => proxy.close());
      assertTook(ms, [0, 3000]);
      await Promise.all(ended);
    }));

  test("ends once, however often it is told", () =>
    withWorld(slowly(150), async ({ backend, proxy, send }) => {
      const call = send();
      await until("it is sent", () => backend.used() === 1);
      const [first, second] = [proxy.close(), proxy.close()];
      assert.equal(first, second);
      await first;
      await proxy.close();
      assert.equal((await call)?.status, 200);
    }));
});

test("a handler's close tells everybody who asked, and says whether all calls ended", () =>
  withWorld(slowly(200), async ({ backend, proxy: { handler }, send }) => {
    const call = send();
    await until("it is sent", () => backend.used() === 1);
    const closes = [handler.close(5000), handler.close(20), handler.close(4000)];
    const { result, ms } = await timed(() => Promise.all(closes));
    assert.deepEqual(result, [true, false, true]);
    assertTook(ms, [0, 3000]);
    assert.equal((await call)?.status, 200);
    assert.equal(await handler.close(), true);
  }));

test("nothing keeps the process alive afterwards", async () => {
  const resources = activeResources();
  await withWorld(OK_ANSWER, async ({ send }) => {
    assert.equal((await send())?.status, 200);
    assert.equal((await send({ headers: { authorization: "Bearer mallory" } }))?.status, 401);
  });
  await assertNothingLeft(resources);
});
