// What hooks and logger are told, and that nothing they do changes a call.
import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it, mock } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { Channel, type HookEvent, type Hooks, type Logger, type SignedOptions } from "msdk-friends";
import { callOf, clientFor, ENDPOINTS, failureOf, player } from "./support/client-calls.ts";
import { good, hangs, ret, type Step, scriptedFetch, status } from "./support/client-servers.ts";
import { FOPENID, PATHS } from "./support/sandbox-client.ts";

const NAMES = ["onRequest", "onResponse", "onRetry", "onError"] as const;
type HookName = (typeof NAMES)[number];

beforeEach(() => void mock.method(Math, "random", () => 0.1));
afterEach(() => mock.restoreAll());

/** Hooks that keep what they are told, `ms` aside, in order. */
function recorder() {
  const seen: [HookName, Omit<HookEvent, "ms">][] = [];
  const times: [HookName, number][] = [];
  const hooks = Object.fromEntries(
    NAMES.map((name) => [
      name,
      ({ ms, ...event }: HookEvent) => {
        seen.push([name, event]);
        times.push([name, ms]);
      },
    ]),
  ) as Hooks;
  return { seen, times, hooks };
}

const clientOn = (steps: Step[], options: Partial<SignedOptions>) =>
  clientFor("https://backend.example", { fetch: scriptedFetch(...steps).fetch, ...options });

const GOOD_BYTES = (await (await good({} as never)).arrayBuffer()).byteLength;

describe("the events of a call", () => {
  for (const endpoint of ENDPOINTS) {
    it(`${endpoint} that succeeds: request, response`, async () => {
      const { seen, hooks } = recorder();
      await callOf[endpoint](await clientOn([good], { hooks }));
      const where = { endpoint, path: PATHS[endpoint], attempt: 1 };
      assert.deepEqual(seen, [
        ["onRequest", where],
        ["onResponse", { ...where, status: 200, ret: 0, seq: "answer-1", bytes: GOOD_BYTES }],
      ]);
    });
  }

  it("that is repeated: request, response and retry for each failure", async () => {
    const { seen, hooks } = recorder();
    await callOf.get_sopenid(await clientOn([status(503), ret(1100), good], { hooks }));
    const at = (attempt: number) => ({ endpoint: "get_sopenid", path: PATHS.get_sopenid, attempt });
    const refusal = new TextEncoder().encode(JSON.stringify({ ret: 1100, msg: "scripted" })).length;
    assert.deepEqual(seen, [
      ["onRequest", at(1)],
      ["onResponse", { ...at(1), status: 503, bytes: "scripted".length }],
      ["onRetry", { ...at(1), status: 503, kind: "server", delayMs: 30 }],
      ["onRequest", at(2)],
      ["onResponse", { ...at(2), status: 200, ret: 1100, bytes: refusal }],
      ["onRetry", { ...at(2), status: 200, ret: 1100, kind: "server", delayMs: 60 }],
      ["onRequest", at(3)],
      ["onResponse", { ...at(3), status: 200, ret: 0, seq: "answer-1", bytes: GOOD_BYTES }],
    ]);
  });

  it("that fails for good: onError once, at the end", async () => {
    const { seen, hooks } = recorder();
    const client = await clientOn([status(503), ret(11002)], { hooks });
    await failureOf(callOf.friend_list(client));
    assert.deepEqual(
      seen.map(([name]) => name),
      ["onRequest", "onResponse", "onRetry", "onRequest", "onResponse", "onError"],
    );
    const where = { endpoint: "friend_list", path: PATHS.friend_list, attempt: 2 };
    assert.deepEqual(seen.at(-1), ["onError", { ...where, status: 200, ret: 11002, kind: "auth" }]);
  });

  it("without an answer: no response", async () => {
    const { seen, hooks } = recorder();
    await failureOf(callOf.share(await clientOn([hangs], { hooks, timeoutMs: 30 })));
    const where = { endpoint: "share", path: PATHS.share, attempt: 1 };
    assert.deepEqual(seen, [
      ["onRequest", where],
      ["onError", { ...where, kind: "timeout" }],
    ]);
  });

  it("that is refused as input: onError alone, attempt 0", async () => {
    const { seen, hooks } = recorder();
    await failureOf((await clientOn([good], { hooks })).friendList({ openid: "", token: "x" }));
    const where = { endpoint: "friend_list", path: PATHS.friend_list, attempt: 0 };
    assert.deepEqual(seen, [["onError", { ...where, kind: "request" }]]);
  });

  it("that is aborted during a wait: onError once", async () => {
    mock.restoreAll();
    mock.method(Math, "random", () => 0.9);
    const { seen, hooks } = recorder();
    const client = await clientOn([status(503)], { hooks });
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 30);
    await failureOf(callOf.friend_list(client, { signal: controller.signal }));
    assert.deepEqual(
      seen.map(([name]) => name),
      ["onRequest", "onResponse", "onRetry", "onError"],
    );
    assert.equal(seen.at(-1)?.[1].kind, "aborted");
  });

  it("that is aborted just as an answer comes: nothing after onError", async () => {
    for (let turns = 0; turns < 30; turns++) {
      const { seen, hooks } = recorder();
      const controller = new AbortController();
      const abortSoon: Step = (request) => {
        let turn = Promise.resolve();
        for (let count = 0; count < turns; count++) turn = turn.then(() => {});
        void turn.then(() => controller.abort());
        return status(503)(request);
      };
      const client = await clientOn([abortSoon], { hooks });
      await failureOf(callOf.friend_list(client, { signal: controller.signal }));
      await delay(1);
      const names = seen.map(([name]) => name);
      assert.equal(names.indexOf("onError"), names.length - 1, `${turns} turns: ${names}`);
    }
  });

  it("ms counts from the attempt's beginning, in onError from the call's", async () => {
    const { times, hooks } = recorder();
    const slow: Step = () => delay(100).then(() => new Response("", { status: 503 }));
    await failureOf(callOf.friend_list(await clientOn([slow], { hooks, maxRetries: 1 })));
    const [first, response, retry, second, response2, end] = times.map(([, ms]) => ms) as number[];
    const near = (ms: number | undefined, expected: number) =>
      assert.ok(
        ms !== undefined && ms >= expected - 5 && ms < expected + 80,
        `${ms} is not near ${expected}`,
      );
    near(first, 0);
    near(response, 100);
    near(retry, 100);
    near(second, 0);
    near(response2, 100);
    near(end, 230);
  });

  it("the second onRetry counts from the second attempt too", async () => {
    const { times, hooks } = recorder();
    const slow: Step = () => delay(100).then(() => new Response("", { status: 503 }));
    await failureOf(callOf.friend_list(await clientOn([slow], { hooks, maxRetries: 2 })));
    const retries = times.filter(([name]) => name === "onRetry").map(([, ms]) => ms);
    assert.equal(retries.length, 2);
    for (const ms of retries) assert.ok(ms >= 95 && ms < 180, `${ms}`);
  });

  it("holds plain data and nothing else", async () => {
    const events: HookEvent[] = [];
    const keep = (event: HookEvent) => void events.push(event);
    const hooks = { onRequest: keep, onResponse: keep, onRetry: keep, onError: keep };
    await failureOf(callOf.friend_list(await clientOn([status(503), ret(1100, "x")], { hooks })));
    for (const event of events) {
      assert.equal(Object.getPrototypeOf(event), Object.prototype);
      for (const value of Object.values(event)) assert.match(typeof value, /^(string|number)$/);
      assert.deepEqual(JSON.parse(JSON.stringify(event)), event);
    }
  });
});

describe("what hooks and logger do changes nothing", () => {
  const explode = () => {
    throw new Error("hook");
  };
  const reject = async () => {
    throw new Error("async hook");
  };
  const hostile = () =>
    ({
      // biome-ignore lint/suspicious/noThenProperty: a thenable is what is tested
      get then() {
        throw new Error("then");
      },
    }) as unknown as undefined;
  const never = () => new Promise<void>(() => {}) as unknown as undefined;
  const mutate = (event: HookEvent) => {
    for (const name of Object.keys(event)) delete (event as unknown as Record<string, unknown>)[name];
    Object.assign(event, { attempt: 99, delayMs: 1e6, endpoint: "share" });
  };
  const all = (act: (event: HookEvent) => void): Hooks => ({
    onRequest: act,
    onResponse: act,
    onRetry: act,
    onError: act,
  });

  /** A success after one repetition, and a failure after two; then what was unhandled. */
  async function runBoth(options: Partial<SignedOptions>) {
    const unhandled: unknown[] = [];
    const onUnhandled = (reason: unknown) => void unhandled.push(reason);
    process.on("unhandledRejection", onUnhandled);
    try {
      const list = await callOf.friend_list(await clientOn([status(503), good], options));
      const error = await failureOf(callOf.friend_list(await clientOn([status(503)], options)));
      await delay(20);
      const { kind, attempts, status: code, endpoint } = error;
      assert.deepEqual(list, { friends: [], degraded: false, seq: "answer-1" });
      assert.deepEqual(
        { kind, attempts, code, endpoint },
        { kind: "server", attempts: 3, code: 503, endpoint: "friend_list" },
      );
      assert.deepEqual(unhandled, []);
    } finally {
      process.off("unhandledRejection", onUnhandled);
    }
  }

  for (const [name, act] of Object.entries({ explode, reject, hostile, never, mutate })) {
    it(`hooks that ${name}`, () => runBoth({ hooks: all(act) }));
  }

  for (const [name, act] of Object.entries({ explode, reject, hostile, never })) {
    it(`a logger whose methods ${name}`, () =>
      runBoth({
        logger: { debug: act, info: act, warn: act, error: act } as unknown as Logger,
        hooks: all(explode),
      }));
  }

  it("a logger whose methods change what they are given, which is not what the hooks get", async () => {
    const { seen, hooks } = recorder();
    const change = (_: string, details: object) => void Object.assign(details, { attempt: 99 });
    await runBoth({ hooks, logger: { debug: change, info: change, warn: change, error: change } });
    assert.deepEqual([...new Set(seen.map(([, { attempt }]) => attempt))], [1, 2, 3]);
  });

  it("hooks and loggers of which only one function is there, or a broken one", async () => {
    await runBoth({ hooks: {}, logger: {} as Logger });
    await runBoth({ hooks: { onRetry: 1 } as unknown as Hooks, logger: { warn: "x" } as unknown as Logger });
  });

  for (const [name, act] of Object.entries({ explode, reject })) {
    it(`hooks that ${name} are logged by name, without what they threw`, async () => {
      const lines: [string, object][] = [];
      const quiet = () => {};
      const warn = (text: string, details: object) => void lines.push([text, details]);
      const options = {
        hooks: { onRequest: act },
        logger: { debug: quiet, info: quiet, warn, error: quiet },
      };
      await callOf.friend_list(await clientOn([good], options));
      await delay(5);
      assert.equal(lines.length, 1);
      assert.match(lines[0]?.[0] ?? "", /onRequest/);
      assert.doesNotMatch(JSON.stringify(lines), /async hook|Error: hook/);
    });
  }

  it("they are called on their own objects", async () => {
    class Counter {
      count = 0;
      onRequest() {
        this.count++;
      }
      debug() {
        this.count++;
      }
      info() {}
      warn() {}
      error() {}
    }
    const counter = new Counter();
    await callOf.friend_list(await clientOn([good], { hooks: counter, logger: counter }));
    assert.equal(counter.count, 3);
  });

  it("a hook's error is not the call's, and onError is still told", async () => {
    let told = 0;
    const hooks = { onRequest: explode, onResponse: explode, onRetry: explode, onError: () => void told++ };
    const error = await failureOf(callOf.friend_list(await clientOn([status(401)], { hooks })));
    assert.equal(error.kind, "auth");
    assert.equal(told, 1);
  });
});

describe("the logger", () => {
  function lines() {
    const seen: [keyof Logger, string, object][] = [];
    const at = (level: keyof Logger) => (text: string, details: object) =>
      void seen.push([level, text, details]);
    const logger: Logger = { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
    return { seen, logger };
  }

  it("is told of every event once, under a level that fits", async () => {
    const { seen, logger } = lines();
    await failureOf(callOf.friend_list(await clientOn([status(503), ret(11002)], { logger })));
    assert.deepEqual(
      seen.map(([level]) => level),
      ["debug", "debug", "warn", "debug", "debug", "error"],
    );
    for (const [, text, details] of seen) {
      assert.match(text, /^msdk-friends: friend_list /);
      assert.equal(typeof details, "object");
    }
  });

  it("is warned of what QQ does not support, and the call is made", async () => {
    const { seen, logger } = lines();
    const { fetch, requests } = scriptedFetch(good);
    const client = await clientFor("https://backend.example", { fetch, logger, channel: Channel.QQ });
    await client.share({
      ...player,
      fopenid: FOPENID,
      gameTag: "MSG_INVITE_ARK",
      title: "t".repeat(46),
      desc: "d".repeat(46),
      link: "https://example.com",
      channelInfo: { dst: 1, flag: 0, targetUrl: `https://${"x".repeat(600)}` },
    });
    const warned = seen.filter(([level]) => level === "warn").map(([, text]) => text);
    for (const field of ["link", "gameTag", "title", "desc", "targetUrl", "dst", "flag"]) {
      assert.equal(warned.filter((text) => text.includes(field)).length, 1, field);
    }
    assert.equal(requests.length, 1);
  });

  it("says nothing of a share that is as it should be", async () => {
    const { seen, logger } = lines();
    await callOf.share(await clientOn([good], { logger }));
    assert.deepEqual([...new Set(seen.map(([level]) => level))], ["debug"]);
  });

  it("is not the console where none is given", async () => {
    const written: unknown[] = [];
    for (const name of ["log", "info", "warn", "error", "debug"] as const) {
      mock.method(console, name, (...args: unknown[]) => void written.push(args));
    }
    await failureOf(callOf.friend_list(await clientOn([status(503)], {})));
    mock.restoreAll();
    assert.deepEqual(written, []);
  });
});
