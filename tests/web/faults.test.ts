// Every fault of the sandbox on every endpoint, through both clients side by side: what the Rust client tells and sends is
// what the TypeScript client does, whose own table is tests/js/client-faults.test.ts.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { FAULTS, type FaultName, startSandbox } from "msdk-friends/sandbox";
import { type Both, comparable, type Endpoint, type Options, openBoth, type Which } from "./support/page.ts";

const KEY = "a-fake-key-1";
const player = { openid: "9007199254740993111", token: "a-token-51c2" };
const receiver = { fopenid: "9007199254740993222" };

const inputs: Record<Endpoint, object> = {
  friend_list: player,
  recall_friends_list: { ...player, count: 20 },
  get_sopenid: player,
  share: { ...player, ...receiver, gameTag: "MSG_INVITE", title: "来玩" },
  ark_share: { ...player, ...receiver, extra: { app: "com.example" } },
};
const SHARES: readonly string[] = ["share", "ark_share"];

const QUICK = { timeoutMs: 4000, totalTimeoutMs: 8000 };
/** What the faults need that would otherwise be waited for. */
const limits: { readonly [Fault in FaultName]?: Partial<Options> } = {
  // Told to come back later than the total time allows, so it fails at once.
  "http-429-retry-after": { totalTimeoutMs: 900 },
  "stall-headers": { timeoutMs: 300 },
  "stall-body": { timeoutMs: 300 },
  "slow-drip": { timeoutMs: 300 },
  huge: { maxResponseBytes: 2 ** 20 },
};
/** What comes to no error. */
const HARMLESS: readonly FaultName[] = ["is-lost", "no-lists", "invalid-utf8"];
/** What no second attempt can help. */
const FINAL: readonly FaultName[] = [
  ...(["http-429-retry-after", "not-json", "html-error-page", "wrong-case-keys", "huge"] as const),
];

let both: Both;
before(async () => {
  both = await openBoth();
  await both.page.evaluate("Math.random = () => 0.2");
  // Both clients look for fetch when they call it.
  await both.page.evaluate(`
    handed = [];
    really = fetch;
    fetch = (url, init) => { handed.push(String(url)); return really(url, init); };
  `);
});
after(() => both?.close());

/** The sandbox numbers its answers by chance. */
function withoutSeq(told: ReturnType<typeof comparable>): ReturnType<typeof comparable> {
  const isThere = (value: unknown) => (typeof value === "string" ? "some" : value);
  return JSON.parse(JSON.stringify(told, (name, value) => (name === "seq" ? isThere(value) : value)));
}

/** What a client makes of a fault, and what it sent. */
async function outcomeOf(which: Which, fault: string, endpoint: Endpoint, options: Partial<Options>) {
  const sandbox = await startSandbox({ key: KEY, gameId: "12", fault });
  try {
    const all = { baseUrl: sandbox.url, channel: 2, gameId: "12", key: KEY, ...QUICK, ...options };
    // An earlier sandbox may have had this port.
    const before = await both.page.evaluate("handed.length");
    const outcome = await both.ask(which, all, endpoint, inputs[endpoint]);
    const urls = (await both.page.evaluate(`handed.slice(${before})`)) as string[];
    const handed = urls.filter((url) => url.startsWith(`${sandbox.url}/`)).length;
    // Without those that a browser sends ahead.
    const sent = sandbox.requests.filter(({ method }) => method === "POST").map(({ endpoint }) => endpoint);
    return { told: withoutSeq(comparable(outcome)), handed, sent, ms: outcome.ms };
  } finally {
    await sandbox.close();
  }
}

describe("fault on endpoint", { concurrency: 4 }, () => {
  for (const fault of FAULTS) {
    for (const endpoint of Object.keys(inputs) as Endpoint[]) {
      it(`${fault} on ${endpoint}`, async () => {
        const options = limits[fault] ?? {};
        const [inRust, inTypeScript] = await Promise.all([
          outcomeOf("rust", fault, endpoint, options),
          outcomeOf("typescript", fault, endpoint, options),
        ]);
        assert.deepEqual(inRust.told, inTypeScript.told);
        const { error, value } = inRust.told;
        assert.equal(error === undefined, HARMLESS.includes(fault));
        assert.equal(value === undefined, !HARMLESS.includes(fault));

        const once = error === undefined || FINAL.includes(fault) || SHARES.includes(endpoint);
        if (error) assert.equal((error as { attempts?: number }).attempts, once ? 1 : 3);
        assert.deepEqual([inRust.handed, inTypeScript.handed], once ? [1, 1] : [3, 3]);
        // What is reset on a connection that was used before, Chromium sends again by itself, whoever asked it.
        if (fault === "reset") return;
        assert.deepEqual(inRust.sent, inTypeScript.sent);
        assert.deepEqual(inRust.sent, Array(once ? 1 : 3).fill(endpoint));
      });
    }
  }
});

describe("with the time that it takes", { concurrency: 4 }, () => {
  it("an answer in slow drips is read to its end", async () => {
    const { told } = await outcomeOf("rust", "slow-drip", "friend_list", { timeoutMs: 8000 });
    assert.notEqual((told.value as { friends: unknown[] }).friends.length, 0);
  });

  it("Retry-After is waited for, and the call is sent again", async () => {
    const { told, sent, ms } = await outcomeOf("rust", "http-429-retry-after,none", "friend_list", {});
    assert.equal(told.error, undefined);
    assert.equal(sent.length, 2);
    assert.ok(ms >= 997, `${ms} ms`);
  });

  it("two failures and then an answer, stamped and signed anew", async () => {
    const { told, sent } = await outcomeOf("rust", "http-500,truncated,none", "get_sopenid", {});
    assert.equal(told.error, undefined);
    assert.equal(sent.length, 3);
  });

  it("a key that is not the game's is a signature error, once", async () => {
    const { told, sent } = await outcomeOf("rust", "none", "friend_list", { key: "another-key" });
    const { kind, attempts, maybeSent } = told.error as Record<string, unknown>;
    assert.deepEqual({ kind, attempts, maybeSent }, { kind: "signature", attempts: 1, maybeSent: false });
    assert.equal(sent.length, 1);
  });
});
