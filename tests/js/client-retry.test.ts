// What is sent again, when, and how often.
import assert from "node:assert/strict";
import { afterEach, describe, it, mock } from "node:test";
import type { EndpointName, HookEvent, SignedOptions } from "msdk-friends";
import {
  assertTook,
  callOf,
  clientFor,
  ENDPOINTS,
  failureOf,
  IDEMPOTENT,
  isIdempotent,
  outcomeOf,
  SHARES,
  timed,
} from "./support/client-calls.ts";
import {
  fails,
  good,
  hangs,
  ret,
  type ScriptedFetch,
  type Step,
  scriptedFetch,
  stallsInBody,
  status,
} from "./support/client-servers.ts";
import { KEY, PATHS, sigOf, withSandbox } from "./support/sandbox-client.ts";

const chanceIs = (value: number) => void mock.method(Math, "random", () => value);
afterEach(() => mock.restoreAll());

const clientOn = ({ fetch }: ScriptedFetch, options: Partial<SignedOptions> = {}) =>
  clientFor("https://backend.example", { fetch, ...options });

/** Calls once with a script and returns the error with what was sent. */
async function failureWith(endpoint: EndpointName, steps: Step[], options: Partial<SignedOptions> = {}) {
  const script = scriptedFetch(...steps);
  const client = await clientOn(script, options);
  const { result: error, ms } = await timed(() => failureOf(callOf[endpoint](client)));
  return { error, ms, requests: script.requests };
}

describe("how often", () => {
  for (const endpoint of ENDPOINTS) {
    const times = isIdempotent(endpoint) ? 3 : 1;
    const failures: Record<string, Step> = {
      "503": status(503),
      "429": status(429),
      "408": status(408),
      "ret 1100": ret(1100),
      "ret -20000 with WeChat busy": ret(-20000, "-1, system error"),
      "a broken connection": fails(new TypeError("fetch failed")),
    };
    for (const [name, step] of Object.entries(failures)) {
      it(`${endpoint} that answers ${name} for ever is sent ${times} times`, async () => {
        chanceIs(0);
        const { error, requests } = await failureWith(endpoint, [step]);
        assert.equal(requests.length, times);
        assert.equal(error.attempts, times);
        assert.equal(error.retryable, true);
      });
    }

    const hopeless: Record<string, Step> = {
      "400": status(400),
      "401": status(401),
      "403": status(403),
      "404": status(404),
      "302": status(302),
      "ret 1008": ret(1008),
      "ret 11002": ret(11002),
      "ret 10000": ret(10000),
      "ret 11006": ret(11006),
      "ret -10000 with an unknown code": ret(-10000, "4711, ?"),
      "no JSON": () => new Response("<html>"),
      "ret 11002 under a 503": () => Response.json({ ret: 11002, msg: "" }, { status: 503 }),
    };
    for (const [name, step] of Object.entries(hopeless)) {
      it(`${endpoint} that answers ${name} is sent once`, async () => {
        const { error, requests } = await failureWith(endpoint, [step]);
        assert.equal(requests.length, 1);
        assert.equal(error.attempts, 1);
        assert.equal(error.retryable, false);
      });
    }
  }

  it("maxRetries 0 sends once, 5 sends six times", async () => {
    chanceIs(0);
    for (const maxRetries of [0, 5]) {
      const { error, requests } = await failureWith("get_sopenid", [status(500)], { maxRetries });
      assert.equal(requests.length, maxRetries + 1);
      assert.equal(error.attempts, maxRetries + 1);
    }
  });

  for (const endpoint of IDEMPOTENT) {
    it(`${endpoint} succeeds on the third attempt`, async () => {
      chanceIs(0);
      const script = scriptedFetch(status(503), ret(1100), good);
      assert.equal(((await callOf[endpoint](await clientOn(script))) as { seq: string }).seq, "answer-1");
      assert.equal(script.requests.length, 3);
    });
  }

  it("the last failure is the one that is told", async () => {
    chanceIs(0);
    const { error } = await failureWith("friend_list", [
      status(503),
      fails(new Error("x")),
      ret(11002, "log in"),
    ]);
    assert.equal(error.kind, "auth");
    assert.equal(error.ret, 11002);
    assert.equal(error.attempts, 3);
  });

  it("a failed signer, headers function or clock is asked once, whatever it throws", async () => {
    const broken = () => {
      throw new TypeError("broken");
    };
    const options: Record<string, Partial<SignedOptions>> = {
      signature: { signer: { sign: broken } },
      config: { headers: broken },
    };
    for (const [kind, option] of Object.entries(options)) {
      const { error, requests } = await failureWith("friend_list", [good], option);
      assert.deepEqual(outcomeOf(error), { kind, retryable: false, maybeSent: false, attempts: 1 });
      assert.equal(requests.length, 0);
    }
  });

  const clocks: Record<string, () => number> = {
    throws: () => {
      throw new TypeError("no clock");
    },
    "returns NaN": () => Number.NaN,
    "returns a negative number": () => -1000,
    "returns a text": () => "soon" as unknown as number,
  };
  for (const [name, now] of Object.entries(clocks)) {
    it(`a now() that ${name} is a config error, and nothing is sent`, async () => {
      const { error, requests } = await failureWith("friend_list", [good], { now });
      assert.deepEqual(outcomeOf(error), { kind: "config", retryable: false, maybeSent: false, attempts: 1 });
      assert.equal(error.field, "now");
      assert.equal(requests.length, 0);
    });
  }
});

describe("share and ark_share are sent once and say whether they may have arrived", () => {
  const outcomes: [string, Step, boolean][] = [
    ["503", status(503), true],
    ["408", status(408), true],
    ["a redirect", status(307), true],
    ["ret 1100", ret(1100), true],
    ["an unknown ret", ret(-10000, "4711, ?"), true],
    ["a broken connection", fails(new TypeError("fetch failed")), true],
    ["no answer", hangs, true],
    ["half an answer", stallsInBody(), true],
    ["no JSON", () => new Response("<html>"), true],
    ["400", status(400), false],
    ["401", status(401), false],
    ["404", status(404), false],
    ["413", status(413), false],
    ["403", status(403), false],
    ["429", status(429), false],
    ["429 with Retry-After", status(429, { "retry-after": "0" }), false],
    ["ret 1008", ret(1008), false],
    ["ret 11002", ret(11002), false],
    ["ret 1007", ret(1007), false],
    ["the daily quota", ret(-10000, "30, quota"), false],
  ];
  for (const endpoint of SHARES) {
    for (const [name, step, maybeSent] of outcomes) {
      it(`${endpoint} and ${name}: ${maybeSent}`, async () => {
        const { error, requests } = await failureWith(endpoint, [step], { timeoutMs: 60, maxRetries: 5 });
        assert.equal(requests.length, 1);
        assert.equal(error.attempts, 1);
        assert.equal(error.maybeSent, maybeSent);
      });
    }
  }

  it("a call that one attempt may have carried out says so, whatever came of the later ones", async () => {
    chanceIs(0);
    let signed = 0;
    const signer = {
      sign: () => {
        signed++;
        return signed === 1 ? "0".repeat(32) : "no signature";
      },
    };
    const { error } = await failureWith("friend_list", [status(503)], { signer });
    assert.deepEqual(outcomeOf(error), { kind: "signature", retryable: false, maybeSent: true, attempts: 2 });
  });

  it("a call of which nothing ever left does not", async () => {
    chanceIs(1);
    const signer = { sign: () => new Promise<never>(() => {}) };
    const client = await clientFor("https://backend.example", { signer, timeoutMs: 30 });
    const signal = abortAfter(100);
    const error = await failureOf(callOf.friend_list(client, { signal }));
    assert.deepEqual(outcomeOf(error), { kind: "aborted", retryable: false, maybeSent: false, attempts: 1 });
  });
});

function abortAfter(ms: number): AbortSignal {
  const controller = new AbortController();
  setTimeout(() => controller.abort(), ms);
  return controller.signal;
}

describe("the wait", () => {
  async function delays(steps: Step[], options: Partial<SignedOptions>): Promise<(number | undefined)[]> {
    const seen: (number | undefined)[] = [];
    const onRetry = ({ delayMs }: HookEvent) => void seen.push(delayMs);
    await failureWith("friend_list", steps, { ...options, hooks: { onRetry } });
    return seen;
  }

  it("grows from 300 ms by doubling to 5000 ms, and is a random part of that", async () => {
    chanceIs(0.01);
    assert.deepEqual(await delays([status(503)], { maxRetries: 7 }), [3, 6, 12, 24, 48, 50, 50]);
    chanceIs(0);
    assert.deepEqual(await delays([status(503)], { maxRetries: 3 }), [0, 0, 0]);
  });

  it("is kept", async () => {
    chanceIs(0.5);
    const { ms, requests } = await failureWith("friend_list", [status(503)]);
    const [first, second, third] = requests.map(({ at }) => at) as [number, number, number];
    assertTook(second - first, [150, 350]);
    assertTook(third - second, [300, 500]);
    assertTook(ms, [450, 900]);
  });

  it("is what Retry-After says in seconds", async () => {
    chanceIs(0);
    const { requests } = await failureWith("friend_list", [status(503, { "retry-after": "1" }), ret(11002)]);
    const [first, second] = requests.map(({ at }) => at) as [number, number];
    assertTook(second - first, [1000, 1300]);
  });

  it("is until the date that Retry-After says, by the client's clock", async () => {
    chanceIs(0);
    const now = () => Date.UTC(2030, 0, 1, 0, 0, 0, 700);
    const date = new Date(Date.UTC(2030, 0, 1, 0, 0, 1)).toUTCString();
    assert.deepEqual(await delays([status(429, { "retry-after": date }), ret(11002)], { now }), [300]);
  });

  it("is none after a date that has passed, or 0", async () => {
    chanceIs(1);
    for (const header of [new Date(0).toUTCString(), "0", " 0 "]) {
      assert.deepEqual(await delays([status(503, { "retry-after": header }), ret(11002)], {}), [0], header);
    }
  });

  for (const header of ["soon", "", "1.5", "-1", "0x10", "1e3", "5 apples", "after 5", "12:30", "1,2", "∞"]) {
    it(`is the usual one where Retry-After is ${JSON.stringify(header)}, which says nothing`, async () => {
      chanceIs(0.1);
      const answer = () => {
        const response = new Response("", { status: 503 });
        // Beyond what a Headers object takes, but not what a proxy sends.
        Object.defineProperty(response, "headers", { value: new Map([["retry-after", header]]) });
        return response;
      };
      assert.deepEqual(await delays([answer, ret(11002)], {}), [30]);
    });
  }

  it("that is longer than the rest of the total time fails the call at once", async () => {
    for (const header of ["2", "86400", "9".repeat(400), new Date(Date.now() + 9e6).toUTCString()]) {
      const { error, ms, requests } = await failureWith(
        "friend_list",
        [status(503, { "retry-after": header })],
        {
          totalTimeoutMs: 1500,
        },
      );
      assert.deepEqual(outcomeOf(error), { kind: "server", retryable: true, maybeSent: true, attempts: 1 });
      assert.equal(error.status, 503);
      assert.equal(requests.length, 1);
      assertTook(ms, [0, 300]);
    }
  });
});

describe("the total time", () => {
  it("ends an attempt that would take longer", async () => {
    const { error, ms, requests } = await failureWith("friend_list", [hangs], {
      timeoutMs: 5000,
      totalTimeoutMs: 120,
    });
    assert.deepEqual(outcomeOf(error), { kind: "timeout", retryable: true, maybeSent: true, attempts: 1 });
    assert.equal(requests[0]?.signal.aborted, true);
    assertTook(ms, [120, 350]);
  });

  it("is not spent on a wait that it cannot hold", async () => {
    chanceIs(0.999);
    const { error, ms, requests } = await failureWith("friend_list", [status(503)], { totalTimeoutMs: 600 });
    assert.equal(error.kind, "server");
    assert.equal(requests.length, 2);
    assertTook(ms, [300, 560]);
  });

  it("covers all attempts together", async () => {
    chanceIs(0);
    const { error, ms, requests } = await failureWith("friend_list", [hangs], {
      timeoutMs: 100,
      totalTimeoutMs: 250,
      maxRetries: 100,
    });
    assert.equal(error.kind, "timeout");
    assert.equal(requests.length, 3);
    assertTook(ms, [245, 500]);
  });

  it("holds for a body in drips that never ends", async () => {
    let timer: ReturnType<typeof setInterval> | undefined;
    const drips: Step = () => {
      const start = (controller: ReadableStreamDefaultController) => {
        timer = setInterval(() => controller.enqueue(new Uint8Array([32])), 10);
      };
      return new Response(new ReadableStream({ start }));
    };
    const { error, ms } = await failureWith("friend_list", [drips], { timeoutMs: 90, maxRetries: 0 });
    clearInterval(timer);
    assert.equal(error.kind, "timeout");
    assertTook(ms, [90, 300]);
  });
});

describe("every attempt", () => {
  for (const endpoint of IDEMPOTENT) {
    it(`of ${endpoint} has a ts and a sig of its own, which the sandbox accepts`, () =>
      withSandbox({ fault: "http-500,http-500,none", tsWindowSeconds: 0 }, async (sandbox) => {
        chanceIs(0);
        let clock = 1_900_000_000_999;
        const now = () => {
          clock += 1000;
          return clock;
        };
        const client = await clientFor(sandbox.url, { now });
        await callOf[endpoint](client, { seq: "mine-1" });
        assert.equal(sandbox.requests.length, 3);
        const queries = sandbox.requests.map(({ query }) => new URLSearchParams(query));
        assert.deepEqual(
          queries.map((query) => query.get("ts")),
          ["1900000001", "1900000002", "1900000003"],
        );
        for (const { query, body } of sandbox.requests) {
          const [unsigned, sig] = query.split("&sig=") as [string, string];
          assert.equal(sig, sigOf(PATHS[endpoint], unsigned.split("&"), body, KEY));
        }
        assert.equal(new Set(sandbox.requests.map(({ body }) => body)).size, 1);
        assert.deepEqual(
          queries.map((query) => query.get("seq")),
          ["mine-1", "mine-1", "mine-1"],
        );
      }));
  }

  it("asks the headers function and the signer again, the headers first", async () => {
    chanceIs(0);
    let asked = 0;
    const headers = async () => ({ "x-attempt": String(++asked) });
    const signer = { sign: async () => String(asked).padStart(32, "0") };
    const { requests } = await failureWith("friend_list", [status(503)], { signer, headers });
    assert.deepEqual(
      requests.map(({ query, headers: sent }) => [query.get("sig"), sent["x-attempt"]]),
      [1, 2, 3].map((index) => [String(index).padStart(32, "0"), String(index)]),
    );
  });

  it("has a time limit of its own", async () => {
    chanceIs(0);
    const script = scriptedFetch(hangs, stallsInBody(), good);
    const client = await clientOn(script, { timeoutMs: 80 });
    const { ms } = await timed(() => callOf.friend_list(client));
    assert.deepEqual(
      script.requests.map(({ signal }) => signal.aborted),
      [true, true, false],
    );
    assertTook(ms, [160, 400]);
  });
});
