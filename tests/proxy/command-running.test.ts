// The program msdk-proxy as it runs: SIGHUP exchanges keys, SIGTERM ends it, and the game's backend says who calls.
import assert from "node:assert/strict";
import { connect } from "node:net";
import { describe, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import type { Sandbox } from "msdk-friends/sandbox";
import { PATHS, sigOf } from "../js/support/sandbox-client.ts";
import { QUERY } from "./support/call.ts";
import { type Running, withCommand, withSurroundings } from "./support/command.ts";
import { KEY, PLAYERS, SECRETS } from "./support/players.ts";
import { ALICE } from "./support/through.ts";
import { until } from "./support/until.ts";

const NEW = "marker-key-e9b1";
const NO_LIMIT = { playerCallsPerMinute: 0, addressCallsPerMinute: 0 };

const call = (running: Running, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${running.url}/msdk${PATHS.friend_list}?${QUERY}`, {
    method: "POST",
    headers: { ...ALICE, "content-type": "application/json", ...headers },
    body: "{}",
  });

async function statusOf(running: Running, headers: Record<string, string> = {}): Promise<number> {
  const response = await call(running, headers);
  await response.text();
  return response.status;
}

const assertSilent = (running: Running) => {
  for (const secret of [...SECRETS, NEW])
    assert.equal(running.output().includes(secret), false, "a secret was printed");
};

const texts = (running: Running) => running.log().map(({ text }) => text);

/** Which key signed each request. */
function signersOf({ requests }: Sandbox): (string | undefined)[] {
  return requests.map(({ path, query, body }) => {
    const pairs = query.split("&").filter((pair) => !pair.startsWith("sig="));
    return [KEY, NEW].find((key) => query.includes(`sig=${sigOf(path, pairs, body, key)}`));
  });
}

describe("SIGHUP", { concurrency: 2 }, () => {
  test("takes the keys that stand in the file, and drops no call meanwhile", () =>
    withSurroundings(({ settings, file, sandbox }) =>
      withCommand(["--config", settings(NO_LIMIT)], {}, async (running) => {
        let isOver = false;
        const lanes = Array.from({ length: 4 }, async () => {
          const seen: number[] = [];
          while (!isOver) seen.push(await statusOf(running));
          return seen;
        });
        for (const key of [NEW, KEY, NEW]) {
          await until("calls are under way", () => sandbox.requests.length > 10);
          file("key", key);
          const already = texts(running).filter((text) => text === "the keys were read again").length;
          running.signal("SIGHUP");
          await until("the keys were read again", () => {
            return texts(running).filter((text) => text === "the keys were read again").length > already;
          });
        }
        await delay(50);
        isOver = true;
        const statuses = (await Promise.all(lanes)).flat();
        assert.deepEqual([...new Set(statuses)], [200]);
        const signers = signersOf(sandbox);
        assert.equal(signers.includes(undefined), false, "each is signed by one of them");
        assert.equal(signers[0], KEY);
        assert.deepEqual(signers.slice(-4), [NEW, NEW, NEW, NEW]);
        assertSilent(running);
      }),
    ));

  const broken: Record<string, string> = {
    "that is empty": "",
    "that is no JSON": `{"0": "${NEW}`,
    "with an empty key": `{"0": "${NEW}", "1": ""}`,
    "whose keys are no texts": `{"0": ["${NEW}"]}`,
  };
  test("keeps the old keys where the file is broken, and says so", () =>
    withSurroundings(({ settings, file, sandbox }) =>
      withCommand(["--config", settings()], {}, async (running) => {
        for (const [name, content] of Object.entries(broken)) {
          file("key", content);
          const already = running.log().length;
          running.signal("SIGHUP");
          await until(`a file ${name} is read`, () => running.log().length > already);
          const line = running.log().at(-1);
          assert.deepEqual([line?.level, line?.text], ["error", "the keys were not read: the old ones stay"]);
          assert.equal(await statusOf(running), 200, name);
        }
        assert.deepEqual([...new Set(signersOf(sandbox))], [KEY]);
        assertSilent(running);
      }),
    ));
});

describe("SIGTERM and SIGINT", { concurrency: 2 }, () => {
  for (const name of ["SIGTERM", "SIGINT"] as const) {
    test(`${name} lets calls under way end, refuses others, and ends it with 0`, () =>
      withSurroundings(({ settings, sandbox }) => {
        const more = { ...NO_LIMIT, forwardHeaders: ["x-sandbox-fault"], graceMs: 5000 };
        return withCommand(["--config", settings(more)], {}, async (running) => {
          const under = [1, 2, 3].map(() => call(running, { "x-sandbox-fault": "slow-drip" }));
          await until("they are sent", () => sandbox.requests.length === 3);
          running.signal(name);
          await until("others are refused", async () => (await statusOf(running)) === 503);
          assert.equal((await fetch(`${running.url}/readyz`)).status, 503);
          for (const response of await Promise.all(under)) {
            assert.equal(response.status, 200);
            assert.equal(((await response.json()) as { ret: number }).ret, 0);
          }
          assert.equal(await running.ended(), 0);
          assert.equal(signersOf(sandbox).length - 3 <= 3, true, "few others came before it heard");
          assertSilent(running);
        });
      }));
  }

  test("a second one ends it at once, and a connection that is idle holds it not at all", () =>
    withSurroundings(async ({ settings, sandbox }) => {
      const config = settings({ forwardHeaders: ["x-sandbox-fault"] });
      await withCommand(["--config", config], {}, async (running) => {
        const stalled = statusOf(running, { "x-sandbox-fault": "stall-headers" }).catch(() => "cut");
        await until("it is sent", () => sandbox.requests.length === 1);
        running.signal("SIGTERM");
        await until("it has heard", async () => (await fetch(`${running.url}/readyz`)).status === 503);
        running.signal("SIGTERM");
        assert.equal(await running.ended(), null);
        assert.equal(await stalled, "cut");
      });
      await withCommand(["--config", config], {}, async (running) => {
        const socket = connect(Number(new URL(running.url).port), "127.0.0.1").on("error", () => {});
        await statusOf(running);
        const began = performance.now();
        running.signal("SIGTERM");
        assert.equal(await running.ended(), 0);
        assert.equal(performance.now() - began < 2000, true, "it was held");
        socket.destroy();
      });
    }));
});

describe("authorizeUrl", () => {
  test("is asked with the call's own credentials and nothing more, and its answers are told apart", () =>
    withSurroundings(({ settings, game, sandbox }) =>
      withCommand(["--config", settings(NO_LIMIT)], {}, async (running) => {
        const wanted: [authorization: string, status: number][] = [
          ["Bearer alice", 200],
          ["Bearer status-401", 401],
          ["Bearer status-403", 401],
          ["Bearer status-404", 401],
          ["Bearer status-500", 503],
          ["Bearer status-302", 503],
          // An answer that is no JSON, and one without a player.
          ["Bearer mallory", 503],
          ["Bearer status-200", 500],
        ];
        for (const [authorization, status] of wanted) {
          assert.equal(
            await statusOf(running, { authorization, cookie: "session=1" }),
            status,
            authorization,
          );
        }
        assert.equal(game.asked.length, wanted.length, "no redirect was followed");
        const [first] = game.asked;
        assert.deepEqual([first?.method, first?.url], ["GET", "/who"]);
        assert.deepEqual(
          [first?.headers.authorization, first?.headers.cookie],
          ["Bearer alice", "session=1"],
        );
        assert.equal(first?.headers.origin, undefined);
        assert.deepEqual(
          sandbox.requests.map(({ body }) => JSON.parse(body) as unknown),
          [PLAYERS.alice],
        );
        assertSilent(running);
      }),
    ));

  test("that is gone leaves the proxy up, and calls are answered with 503", () =>
    withSurroundings(({ settings }) =>
      withCommand(["--config", settings({ authorizeUrl: "http://127.0.0.1:1/who" })], {}, async (running) => {
        assert.equal(await statusOf(running), 503);
        assert.equal((await fetch(`${running.url}/healthz`)).status, 200);
        assert.deepEqual(texts(running), ["authorize failed", "call"]);
      }),
    ));
});

test("a Redis that is not there is said once, and calls pass", () =>
  withSurroundings(({ settings }) => {
    const config = settings({ redisUrl: `redis://user:${NEW}@127.0.0.1:1` });
    return withCommand(["--config", config], {}, async (running) => {
      assert.equal(await statusOf(running), 200);
      await delay(600);
      assert.equal(texts(running).filter((text) => text === "Redis is not there").length, 1);
      running.signal("SIGTERM");
      assert.equal(await running.ended(), 0);
      assertSilent(running);
    });
  }));
