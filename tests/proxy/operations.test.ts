// What whoever runs the proxy sees of it: whether it lives and takes calls, what it counts, and a line for each call.
import assert from "node:assert/strict";
import { connect } from "node:net";
import { describe, mock, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import type { Logger } from "msdk-friends";
import { createProxy, createSignEndpoint, type ProxyHandler, type ProxyOptions } from "msdk-friends/proxy";
import { startProxy } from "msdk-friends/proxy/node";
import { type Sandbox, startSandbox } from "msdk-friends/sandbox";
import { PATHS } from "../js/support/sandbox-client.ts";
import { answerOf, bytesOf, type Call, QUERY, requestOf } from "./support/call.ts";
import { KEY } from "./support/players.ts";
import { checkHistogram, parseMetrics } from "./support/prometheus.ts";
import { gauge, USUAL } from "./support/through.ts";
import { until } from "./support/until.ts";

const PATH = `/msdk${PATHS.friend_list}`;

const ask = (handler: ProxyHandler, path: string) => handler.operations(new Request(`http://proxy${path}`));
const metricsOf = async (handler: ProxyHandler) => parseMetrics(await ask(handler, "/metrics").text());

async function withHandler(
  options: Partial<ProxyOptions>,
  run: (handler: ProxyHandler, send: (call?: Call) => Promise<number>, sandbox: Sandbox) => Promise<void>,
): Promise<void> {
  const sandbox = await startSandbox({ key: KEY, gameId: "12" });
  const handler = await createProxy({
    ...USUAL,
    upstream: sandbox.url,
    // The backend does not know the other one.
    keys: { "0": KEY, "17": "marker-key-c04d" },
    timeoutMs: 1000,
    forwardHeaders: ["x-sandbox-fault"],
    ...options,
  });
  try {
    await run(handler, async (call = {}) => (await answerOf(await handler(requestOf(call)))).status, sandbox);
  } finally {
    await sandbox.close();
  }
}

describe("operations", { concurrency: 2 }, () => {
  test("says that it lives, until its end whether it is ready, and nothing else", () =>
    withHandler({}, async (handler) => {
      const states = () => ["/healthz", "/readyz", "/metrics"].map((path) => ask(handler, path).status);
      assert.deepEqual(states(), [200, 200, 200]);
      await handler.close();
      assert.deepEqual(states(), [200, 503, 200]);
      for (const path of ["/", "/healthz/", "/metrics/x", "/__proto__", "/msdk/v2/friend/friend_list"]) {
        assert.equal(ask(handler, path).status, 404, path);
      }
      assert.equal(
        ask(handler, "/metrics").headers.get("content-type"),
        "text/plain; version=0.0.4; charset=utf-8",
      );
    }));

  test("of a server is on a port of its own; the main one says no numbers", async () => {
    const sandbox = await startSandbox({ key: KEY, gameId: "12" });
    const proxy = await startProxy({ ...USUAL, upstream: sandbox.url, operationsPort: 0 });
    try {
      const statusOf = async (url: string) => {
        const response = await fetch(url, { headers: { connection: "close" } });
        await response.text();
        return response.status;
      };
      const statuses = (url = "") =>
        Promise.all(["/healthz", "/readyz", "/metrics"].map((path) => statusOf(url + path)));
      assert.deepEqual(await statuses(proxy.url), [200, 200, 404]);
      assert.deepEqual(await statuses(proxy.operationsUrl), [200, 200, 200]);
      assert.equal(await statusOf(`${proxy.operationsUrl}${PATHS.friend_list}`), 404);
    } finally {
      await proxy.close();
      await sandbox.close();
    }
  });
});

/** One call of each outcome that a caller can bring about. */
const calls: Record<string, [call: Call, status: number, count?: number]> = {
  ok: [{}, 200],
  refused: [{ query: QUERY.replace("source=0", "source=17") }, 200],
  upstream_error: [{ headers: { "x-sandbox-fault": "http-500" } }, 500],
  upstream: [{ headers: { "x-sandbox-fault": "reset" } }, 502],
  upstream_timeout: [{ headers: { "x-sandbox-fault": "stall-body" } }, 504],
  bad_request: [{ body: "nonsense" }, 400],
  unauthorized: [{ headers: { authorization: undefined } }, 401],
  origin: [{ headers: { origin: "https://evil.example" } }, 403],
  player: [{ fields: { openid: "1" } }, 403],
  method: [{ method: "PUT" }, 405],
  too_large: [{ body: Buffer.alloc(2 ** 17, 0x20) }, 413],
  media_type: [{ headers: { "content-type": "text/plain" } }, 415],
  slow_body: [{ isUnfinished: true }, 408],
  not_found: [{ path: "/msdk/v2/friend/%22,x=%22" }, 404],
};

describe("/metrics", () => {
  test("is Prometheus's text, counts each call once, and labels it by endpoint and class alone", () =>
    withHandler({}, async (handler, send) => {
      await metricsOf(handler);
      for (const [name, [call, status]] of Object.entries(calls)) {
        assert.equal(await send(call), status, name);
      }
      const families = await metricsOf(handler);
      assert.deepEqual(
        [...families].map(([name, { type }]) => `${name} ${type}`),
        [
          "msdk_proxy_calls_total counter",
          "msdk_proxy_call_seconds histogram",
          "msdk_proxy_store_failures_total counter",
          "msdk_proxy_calls_active gauge",
          "msdk_proxy_upstream_active gauge",
          "msdk_proxy_upstream_waiting gauge",
        ],
      );
      const counted = families.get("msdk_proxy_calls_total")?.samples ?? [];
      assert.deepEqual(
        counted.map(({ labels, value }) => [labels.class, labels.endpoint, value]).sort(),
        Object.keys(calls)
          .map((name) => [name, name === "not_found" ? "other" : PATHS.friend_list, 1])
          .sort(),
      );
      const histogram = families.get("msdk_proxy_call_seconds");
      checkHistogram(histogram ?? { type: "", samples: [] });
      const names = [...families.values()].flatMap(({ samples }) =>
        samples.flatMap(({ labels }) => Object.keys(labels)),
      );
      assert.deepEqual([...new Set(names)].sort(), ["class", "endpoint", "le"]);
    }));

  test("does not grow by what callers make up", () =>
    withHandler({ limits: { address: false, player: false } }, async (handler, send) => {
      await send();
      await send({ path: "/x" });
      const lines = (await ask(handler, "/metrics").text()).split("\n").length;
      for (let index = 0; index < 200; index++) {
        await send({ path: `/msdk/v2/friend/${index}`, method: index % 2 ? "GET" : "POST" });
        await send({ query: `channelid=2&seq=${index}` });
      }
      assert.equal((await ask(handler, "/metrics").text()).split("\n").length, lines);
    }));
});

type Line = [level: string, text: string, details: Record<string, unknown>];

function recorder(): { lines: Line[]; logger: Logger } {
  const lines: Line[] = [];
  const keep = (level: string) => (text: string, details: object) =>
    void lines.push([level, text, { ...details }]);
  return {
    lines,
    logger: { debug: keep("debug"), info: keep("info"), warn: keep("warn"), error: keep("error") },
  };
}

describe("the log", () => {
  test("has one line for each call, with endpoint, class, status, time, the ret of a refusal and nothing else", () => {
    const { lines, logger } = recorder();
    return withHandler({ logger }, async (_, send) => {
      for (const [call] of Object.values(calls)) await send(call);
      const seen = lines.map(([level, text, { ms, ...details }]) => {
        assert.equal(Number.isInteger(ms), true, "ms");
        return [level, text, details];
      });
      const wanted = Object.entries(calls).map(([name, [, status]]) => [
        "info",
        "call",
        {
          endpoint: name === "not_found" ? "other" : PATHS.friend_list,
          class: name,
          status,
          ...(name === "refused" && { ret: 1008 }),
        },
      ]);
      assert.deepEqual(seen, wanted);
    });
  });

  test("says once more what is wrong with the proxy itself", () => {
    const { lines, logger } = recorder();
    const authorize = (request: Request) => {
      const who = request.headers.get("authorization");
      if (who === "throws") throw new TypeError("who?");
      if (who === "gone") throw Object.assign(new Error("who?"), { code: "ECONNREFUSED" });
      if (who === "far") throw new TypeError("who?", { cause: { code: "ENOTFOUND" } });
      return (who === "odd" ? { openid: 1 } : who === "text" ? "who?" : null) as never;
    };
    const store = { hit: () => Promise.reject(new SyntaxError("lost")) };
    return withHandler({ logger, authorize, limits: { store } }, async (handler) => {
      const statuses: number[] = [];
      for (const authorization of ["throws", "gone", "far", "odd", "text", "nobody"]) {
        const request = requestOf({ headers: { authorization } });
        statuses.push((await handler(request, { remoteAddress: "192.0.2.1" })).status);
      }
      assert.deepEqual(statuses, [503, 503, 503, 500, 500, 401]);
      const errors = lines.filter(([level]) => level === "error").map(([, text, details]) => [text, details]);
      assert.deepEqual(errors, [
        // Once, and not for each call.
        ["the store of the rate limits fails", { error: "SyntaxError" }],
        ["authorize failed", { error: "TypeError" }],
        ["authorize failed", { error: "Error", code: "ECONNREFUSED" }],
        ["authorize failed", { error: "TypeError", code: "ENOTFOUND" }],
        ["authorize returned no openid or no token", { flaw: "openid is not a string, token is missing" }],
        ["authorize returned no openid or no token", { flaw: "openid is missing, token is missing" }],
      ]);
    });
  });

  test("calls whoever goes gone, and that is no failure", async () => {
    const { lines, logger } = recorder();
    const sandbox = await startSandbox({ key: KEY, gameId: "12", fault: "stall-headers" });
    const proxy = await startProxy({ ...USUAL, upstream: sandbox.url, logger });
    try {
      for (const call of [{}, { isUnfinished: true }]) {
        const socket = connect(Number(new URL(proxy.url).port), "127.0.0.1");
        socket.on("error", () => {});
        socket.write(bytesOf(call));
        await until("the call is known", async () => (await gauge(proxy.handler, "calls_active")) === 1);
        await delay(20);
        socket.destroy();
        await until("it is over", async () => (await gauge(proxy.handler, "calls_active")) === 0);
      }
      const seen = lines.map(([level, , details]) => [level, details.class, details.status]);
      assert.deepEqual(seen, [
        ["info", "gone", 499],
        ["info", "gone", 499],
      ]);
      await until(
        "the call behind it ends",
        async () => (await gauge(proxy.handler, "upstream_active")) === 0,
      );
    } finally {
      await proxy.close();
      await sandbox.close();
    }
  });
});

const thrower = () => {
  throw new Error("disk full");
};
const badLoggers: Record<string, Partial<Logger>> = {
  "that throws": { info: thrower, error: thrower },
  "that rejects": { info: async () => thrower(), error: async () => thrower() },
  "that is no function": { info: "yes", error: 1 } as never,
  "whose levels throw": Object.defineProperties({}, { info: { get: thrower }, error: { get: thrower } }),
  "without a level": {},
};

describe("a logger", () => {
  for (const [name, logger] of Object.entries(badLoggers)) {
    test(`${name} breaks no call, and none stays under way`, () => {
      const store = { hit: () => Promise.reject(new Error("lost")) };
      return withHandler({ logger, limits: { store } }, async (handler, send) => {
        assert.equal(await send(), 200);
        assert.equal(await send({ headers: { authorization: undefined } }), 401);
        assert.equal(await send({ path: "/x" }), 404);
        assert.equal(await gauge(handler, "calls_active"), 0);
        assert.equal(await handler.close(50), true);
        // What rejects later would end the process, and with it this test.
        await delay(10);
      });
    });
  }
});

test("a request that breaks the proxy itself is over too", () =>
  withHandler({}, async (handler) => {
    const broken = { url: "http://proxy/x", method: "POST", headers: { get: thrower }, signal: undefined };
    await assert.rejects(handler(broken as never), /disk full/);
    assert.equal(await gauge(handler, "calls_active"), 0);
    assert.equal(await handler.close(50), true);
  }));

/** What goes to standard error while `run` does. */
async function errorLines(run: () => Promise<void>): Promise<Record<string, unknown>[]> {
  const printed = mock.method(console, "error", () => {});
  try {
    await run();
    return printed.mock.calls.map(({ arguments: [line] }) => JSON.parse(String(line)) as never);
  } finally {
    printed.mock.restore();
  }
}

describe("without a logger", () => {
  const authorize = () => Promise.reject(Object.assign(new Error("who?"), { code: "ECONNREFUSED" }));
  const makers: Record<string, (options: Partial<ProxyOptions>) => Promise<[ProxyHandler, () => unknown]>> = {
    createProxy: async (options) => {
      const handler = await createProxy({ ...USUAL, upstream: "http://127.0.0.1:1", authorize, ...options });
      return [handler, () => handler.close(0)];
    },
    createSignEndpoint: async (options) => {
      const handler = await createSignEndpoint({ ...USUAL, path: PATH, authorize, ...options });
      return [handler, () => handler.close(0)];
    },
    startProxy: async (options) => {
      const proxy = await startProxy({ ...USUAL, upstream: "http://127.0.0.1:1", authorize, ...options });
      return [proxy.handler, () => proxy.close()];
    },
  };
  for (const [name, make] of Object.entries(makers)) {
    const failing = (options: Partial<ProxyOptions>) =>
      errorLines(async () => {
        const [handler, close] = await make(options);
        assert.equal((await answerOf(handler(requestOf({ path: PATH })))).status, 503);
        await close();
      });

    test(`${name} prints errors, a JSON object a line, and no calls`, async () => {
      const [line, ...more] = await failing({});
      assert.deepEqual(more, []);
      const { time, ...rest } = line ?? {};
      assert.equal(Number.isNaN(Date.parse(String(time))), false);
      assert.deepEqual(rest, {
        level: "error",
        text: "authorize failed",
        error: "Error",
        code: "ECONNREFUSED",
      });
    });

    test(`${name} keeps silent with an empty one`, async () => {
      assert.deepEqual(await failing({ logger: {} }), []);
    });
  }
});
