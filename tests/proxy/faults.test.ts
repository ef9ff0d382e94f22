// Every fault of the sandbox, met through the proxy and without it: what a caller is told is the same, or the table says why not.
import assert from "node:assert/strict";
import { after, before, describe, mock, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import type { Client, EndpointName } from "msdk-friends";
import { FAULTS, type FaultName, type Sandbox, startSandbox } from "msdk-friends/sandbox";
import {
  assertTook,
  callOf,
  clientFor,
  ENDPOINTS,
  failureOf,
  isIdempotent,
  outcomeOf,
  timed,
} from "../js/support/client-calls.ts";
import { KEY } from "./support/players.ts";
import {
  gauge,
  pageClient,
  type Served,
  servedOver,
  TRANSPORTS,
  type TransportName,
  warmUp,
} from "./support/through.ts";
import { until } from "./support/until.ts";

const PROXY = { forwardHeaders: ["x-sandbox-fault"], maxResponseBytes: 2 ** 20 };
const CLIENT = { timeoutMs: 5000, totalTimeoutMs: 10_000, maxRetries: 1, maxResponseBytes: 2 ** 20 };
/** Of whoever is the first to wait for a backend that stalls: of a client that is alone, or of the proxy before its client. */
const DEADLINE_MS = 500;
const PATIENT_MS = 4500;
const deadlineFor = (fault: FaultName, otherwise: number): number =>
  /^(stall|slow)/.test(fault) ? DEADLINE_MS : otherwise;
/** For a machine that does other things too. */
const SLACK_MS = 3000;

/** Where it makes sense that a caller is told something else, and why. */
const deviations: Partial<Record<FaultName, { kind: "server"; status: number; retryable: true }>> = {
  // The connection to the proxy is whole: only the one behind it broke.
  reset: { kind: "server", status: 502, retryable: true },
  truncated: { kind: "server", status: 502, retryable: true },
  // Told a little earlier than the client's own deadline would.
  "stall-headers": { kind: "server", status: 504, retryable: true },
  "stall-body": { kind: "server", status: 504, retryable: true },
  "slow-drip": { kind: "server", status: 504, retryable: true },
  // The proxy's limit stands in for the client's, and to the client it is a server that failed: what may be repeated is.
  huge: { kind: "server", status: 502, retryable: true },
};

interface Outcome {
  readonly kind?: string;
  readonly status?: number | undefined;
  readonly retryable?: boolean;
  readonly maybeSent?: boolean;
  readonly attempts?: number;
  readonly result?: unknown;
}

async function outcomeOn(client: Client, endpoint: EndpointName): Promise<Outcome> {
  const call = callOf[endpoint](client, { seq: "1" });
  const failed = await call.then(
    () => false,
    () => true,
  );
  if (!failed) return { result: await call };
  const error = await failureOf(call);
  return { ...outcomeOf(error), status: error.status };
}

interface World {
  readonly sandbox: Sandbox;
  readonly proxy: Served;
}

async function withWorld(
  transport: TransportName,
  timeoutMs: number,
  run: (world: World) => Promise<void>,
): Promise<void> {
  const sandbox = await startSandbox({ key: KEY, gameId: "12" });
  const proxy = await servedOver(transport, { upstream: sandbox.url, timeoutMs, ...PROXY });
  try {
    await run({ sandbox, proxy });
  } finally {
    await proxy.close();
    await sandbox.close();
  }
}

const sentTo = (sandbox: Sandbox, endpoint: EndpointName): number =>
  sandbox.requests.filter((request) => request.endpoint === endpoint).length;

before(warmUp);
before(() => void mock.method(Math, "random", () => 0.2));
after(() => mock.restoreAll());

for (const transport of TRANSPORTS) {
  describe(`a fault behind the proxy, over ${transport}`, { concurrency: 4 }, () => {
    for (const fault of FAULTS) {
      test(fault, () =>
        withWorld(transport, deadlineFor(fault, PATIENT_MS), async ({ sandbox, proxy }) => {
          const headers = { "x-sandbox-fault": fault };
          // One that asks for a second's patience is not repeated within this time, there or here.
          const limits = { ...CLIENT, ...(fault === "http-429-retry-after" && { totalTimeoutMs: 900 }) };
          const timeoutMs = deadlineFor(fault, CLIENT.timeoutMs);
          const direct = await clientFor(sandbox.url, { ...limits, timeoutMs, headers });
          const proxied = (await pageClient(proxy.url, { ...limits, headers })) as Client;
          await Promise.all(
            ENDPOINTS.map(async (endpoint) => {
              const without = await outcomeOn(direct, endpoint);
              const arrived = (more: number) => sentTo(sandbox, endpoint) >= more;
              // One that was given up may be on its way yet.
              await until("the direct call has arrived", () => arrived(without.attempts ?? 1));
              const already = sentTo(sandbox, endpoint);
              const { result: through, ms } = await timed(() => outcomeOn(proxied, endpoint));
              const deviation = without.kind ? deviations[fault] : undefined;
              const attempts = isIdempotent(endpoint) ? 2 : 1;
              assert.deepEqual(
                through,
                deviation ? { ...without, ...deviation, attempts } : without,
                endpoint,
              );
              await until("the call has arrived", () => arrived(already + (through.attempts ?? 1)));
              const sent = sentTo(sandbox, endpoint) - already;
              assert.equal(
                sent,
                through.attempts ?? 1,
                `${endpoint}: an attempt is one request to the backend`,
              );
              assertTook(ms, [0, sent * DEADLINE_MS + SLACK_MS]);
            }),
          );
        }),
      );
    }

    test("Retry-After is handed on, and waited for", () =>
      withWorld(transport, PATIENT_MS, async ({ sandbox, proxy }) => {
        let attempt = 0;
        const client = await pageClient(proxy.url, {
          ...CLIENT,
          headers: () => ({ "x-sandbox-fault": attempt++ === 0 ? "http-429-retry-after" : "none" }),
        });
        const { ms } = await timed(() => client.friendList({}));
        assertTook(ms, [1000, 1000 + SLACK_MS]);
        assert.equal(sentTo(sandbox, "friend_list"), 2);
      }));
  });
}

test("a client whose deadline is below the proxy's times out by itself, and the call behind it ends", async () => {
  const sandbox = await startSandbox({ key: KEY, gameId: "12", fault: "stall-headers" });
  const proxy = await servedOver("pooled", { upstream: sandbox.url, timeoutMs: 10_000 });
  try {
    const client = (await pageClient(proxy.url, { ...CLIENT, timeoutMs: 1000 })) as Client;
    const error = await failureOf(callOf.share(client));
    assert.deepEqual(outcomeOf(error), { kind: "timeout", retryable: true, maybeSent: true, attempts: 1 });
    assert.equal(sentTo(sandbox, "share"), 1);
    await delay(50);
    assert.equal(await gauge(proxy.handler, "upstream_active"), 0);
  } finally {
    await proxy.close();
    await sandbox.close();
  }
});
