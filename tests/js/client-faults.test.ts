// Every fault of the sandbox on every endpoint: what the caller is told, what was sent, how long it took, what is left.
import assert from "node:assert/strict";
import { after, before, describe, it, mock } from "node:test";
import type { EndpointName, ErrorKind, FriendList, RecallFriendsList, SignedOptions } from "msdk-friends";
import { FAULTS, type FaultName, type Sandbox } from "msdk-friends/sandbox";
import {
  assertTook,
  callOf,
  clientFor,
  ENDPOINTS,
  failureOf,
  isIdempotent,
  outcomeOf,
  timed,
} from "./support/client-calls.ts";
import { activeResources, assertNothingLeft } from "./support/client-resources.ts";
import { withSandbox } from "./support/sandbox-client.ts";

/** Chance is fixed, so that the waits are: 60 ms after the first attempt, 120 ms after the second. */
const CHANCE = 0.2;
const WAITS_MS = 60 + 120;
/** For a machine that does other things too. */
const SLACK_MS = 1000;

const QUICK = { timeoutMs: 2000, totalTimeoutMs: 2500, maxRetries: 2 };
const STALLING = { timeoutMs: 150, totalTimeoutMs: 2500, maxRetries: 2 };

interface Failure {
  readonly kind: ErrorKind;
  readonly retryable: boolean;
  readonly maybeSent: boolean;
  /** How often an idempotent call is sent. */
  readonly requests: 1 | 3;
  /** Least time of a call that is sent once. */
  readonly onceMs: number;
  readonly options: Partial<SignedOptions>;
  readonly status?: number;
}

const failures: Partial<Record<FaultName, Failure>> = {
  "http-500": fails("server", { status: 500 }),
  // Told to come back later than the total time allows, so it fails at once.
  "http-429-retry-after": fails("rate_limit", {
    maybeSent: false,
    requests: 1,
    status: 429,
    options: { ...QUICK, totalTimeoutMs: 900 },
  }),
  reset: fails("network", {}),
  truncated: fails("network", {}),
  "stall-headers": fails("timeout", { onceMs: 150, options: STALLING }),
  "stall-body": fails("timeout", { onceMs: 150, options: STALLING }),
  "slow-drip": fails("timeout", { onceMs: 150, options: STALLING }),
  "not-json": fails("malformed_response", { retryable: false, requests: 1, status: 200 }),
  "html-error-page": fails("malformed_response", { retryable: false, requests: 1, status: 200 }),
  "wrong-case-keys": fails("malformed_response", { retryable: false, requests: 1, status: 200 }),
  huge: fails("malformed_response", {
    retryable: false,
    requests: 1,
    status: 200,
    options: { ...QUICK, maxResponseBytes: 2 ** 20 },
  }),
};

function fails(kind: ErrorKind, details: Partial<Failure>): Failure {
  return { kind, retryable: true, maybeSent: true, requests: 3, onceMs: 0, options: QUICK, ...details };
}

/** What the faults that are none for the caller come to. */
const successes: Partial<Record<FaultName, (endpoint: EndpointName, result: unknown) => void>> = {
  "is-lost": (endpoint, result) => {
    if (endpoint !== "friend_list") return;
    const { degraded, friends } = result as FriendList;
    assert.equal(degraded, true);
    assert.notEqual(friends.length, 0);
  },
  "no-lists": (endpoint, result) => {
    if (endpoint === "friend_list") assert.deepEqual(result, { friends: [], degraded: false });
    if (endpoint === "recall_friends_list") assert.deepEqual(result, { friends: [] });
    assert.equal("seq" in (result as object), false);
  },
  "invalid-utf8": (endpoint, result) => {
    const { friends } = result as FriendList | RecallFriendsList;
    if (endpoint === "friend_list")
      assert.match(String((friends[0] as { userName: string }).userName), /\ufffd\(\ufffd\ufffd$/);
    if (endpoint === "recall_friends_list") assert.match(friends[0]?.nickName ?? "", /\ufffd\(\ufffd\ufffd$/);
    if (endpoint === "get_sopenid") assert.match((result as { sopenid: string }).sopenid, /^[\w-]+$/);
  },
};

before(() => void mock.method(Math, "random", () => CHANCE));
after(() => mock.restoreAll());

it("the two tables cover every fault once", () => {
  assert.deepEqual([...Object.keys(failures), ...Object.keys(successes)].sort(), [...FAULTS].sort());
});

describe("fault on endpoint", { concurrency: 8 }, () => {
  for (const endpoint of ENDPOINTS) {
    for (const [fault, expected] of Object.entries(failures) as [FaultName, Failure][]) {
      const requests = isIdempotent(endpoint) ? expected.requests : 1;
      it(`${fault} on ${endpoint}: ${expected.kind}, ${requests} sent`, () =>
        withSandbox({ fault }, async (sandbox) => {
          const client = await clientFor(sandbox.url, expected.options);
          const { result: error, ms } = await timed(() => failureOf(callOf[endpoint](client)));
          const { kind, retryable, maybeSent } = expected;
          assert.deepEqual(outcomeOf(error), { kind, retryable, maybeSent, attempts: requests });
          assert.equal(error.endpoint, endpoint);
          assert.equal(error.status, expected.status);
          assertSent(sandbox, endpoint, requests);
          const least = requests * expected.onceMs + (requests === 3 ? WAITS_MS : 0);
          assertTook(ms, [least, least + SLACK_MS]);
        }));
    }
    for (const [fault, check] of Object.entries(successes)) {
      it(`${fault} on ${endpoint}: no error, 1 sent`, () =>
        withSandbox({ fault }, async (sandbox) => {
          const client = await clientFor(sandbox.url, QUICK);
          const { result, ms } = await timed(() => callOf[endpoint](client));
          check(endpoint, result);
          assertSent(sandbox, endpoint, 1);
          assertTook(ms, [0, SLACK_MS]);
        }));
    }
  }
});

describe("with the time that it takes", { concurrency: 4 }, () => {
  it("an answer in slow drips is read to its end", () =>
    withSandbox({ fault: "slow-drip" }, async (sandbox) => {
      const client = await clientFor(sandbox.url, { timeoutMs: 8000 });
      const { result, ms } = await timed(() =>
        client.friendList({ openid: "9007199254740993111", token: "t" }),
      );
      assert.notEqual(result.friends.length, 0);
      assertTook(ms, [1000, 6000]);
    }));

  it("Retry-After is waited for, and the call is sent again", () =>
    withSandbox({ fault: ["http-429-retry-after", "none"] }, async (sandbox) => {
      const client = await clientFor(sandbox.url);
      const { ms } = await timed(() => callOf.friend_list(client));
      assertSent(sandbox, "friend_list", 2);
      assertTook(ms, [1000, 1000 + SLACK_MS]);
    }));

  it("by default 16 MiB are read and no more", () =>
    withSandbox({ fault: "huge" }, async (sandbox) => {
      const error = await failureOf(callOf.get_sopenid(await clientFor(sandbox.url)));
      assert.equal(error.kind, "malformed_response");
      assert.match(error.message, /maxResponseBytes/);
    }));
});

// One after the other, with time limits so long that a timer that is left cannot end by itself unseen.
describe("what a call leaves behind", { concurrency: 1 }, () => {
  const LONG = { timeoutMs: 60_000, totalTimeoutMs: 60_000, maxRetries: 1 };
  for (const fault of FAULTS) {
    it(`nothing, after ${fault} on every endpoint`, async () => {
      const resources = activeResources();
      await withSandbox({ fault }, async (sandbox) => {
        const expected = failures[fault];
        const client = await clientFor(sandbox.url, {
          ...expected?.options,
          ...LONG,
          ...(expected?.options === STALLING && { timeoutMs: 100, maxRetries: 0 }),
          // The wait that is asked for would otherwise be waited for.
          ...(fault === "http-429-retry-after" && { totalTimeoutMs: 900 }),
        });
        const calls = await Promise.allSettled(ENDPOINTS.map((endpoint) => callOf[endpoint](client)));
        assert.deepEqual(
          [...new Set(calls.map(({ status }) => status))],
          [expected ? "rejected" : "fulfilled"],
        );
      });
      await assertNothingLeft(resources);
    });
  }
});

function assertSent(sandbox: Sandbox, endpoint: EndpointName, requests: number): void {
  assert.deepEqual(
    sandbox.requests.map((request) => request.endpoint),
    Array.from({ length: requests }, () => endpoint),
  );
}
