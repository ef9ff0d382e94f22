import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { test } from "node:test";
import { sendBadly } from "../../pkg/src/sandbox/delivery.ts";
import { FAULTS, type FaultName, type Sandbox } from "../../pkg/src/sandbox/index.ts";
import {
  type AnswerBody,
  call,
  type EndpointName,
  PATHS,
  type Reply,
  send,
  signedCall,
  withSandbox,
} from "./support/sandbox-client.ts";

const ENDPOINTS = Object.keys(PATHS) as EndpointName[];
const BLIND = ["http-500", "http-429-retry-after", "reset", "stall-headers", "not-json", "html-error-page"];

/** What a caller of any endpoint sees, the time limit being 300 ms. */
const seen: Record<FaultName, (outcome: Reply | Error, good: AnswerBody) => void> = {
  "http-500": (reply) => assert.equal(answered(reply).status, 500),
  "http-429-retry-after": (reply) => {
    assert.equal(answered(reply).status, 429);
    assert.equal(answered(reply).headers["retry-after"], "1");
  },
  reset: (error) => assert.equal((error as NodeJS.ErrnoException).code, "ECONNRESET"),
  "stall-headers": (error) => assert.match(String(error), /test timeout/),
  "stall-body": (error) => assert.match(String(error), /aborted|test timeout/),
  truncated: (error) => assert.equal((error as NodeJS.ErrnoException).code, "ECONNRESET"),
  "slow-drip": (error) => assert.match(String(error), /aborted|test timeout/),
  "not-json": (reply) => {
    assert.match(String(answered(reply).headers["content-type"]), /^application\/json/);
    assert.throws(() => JSON.parse(answered(reply).text));
  },
  "html-error-page": (reply) => {
    assert.equal(answered(reply).status, 200);
    assert.match(String(answered(reply).headers["content-type"]), /^text\/html/);
    assert.match(answered(reply).text, /^<!DOCTYPE html>/);
  },
  "wrong-case-keys": (reply, good) => {
    const names = Object.keys(good).map((name) => name.charAt(0).toUpperCase() + name.slice(1));
    assert.deepEqual(Object.keys(parsed(reply)), names);
  },
  "is-lost": (reply, good) => {
    assert.equal(parsed(reply).is_lost, 1);
    assert.equal(rowsOf(parsed(reply)).length, Math.ceil(rowsOf(good).length / 2));
    assert.deepEqual(rowsOf(parsed(reply)), rowsOf(good).slice(0, rowsOf(parsed(reply)).length));
  },
  "no-lists": (reply, good) => {
    const { lists: _lists, result: _result, seq: _seq, ...rest } = good;
    assert.deepEqual(parsed(reply), rest);
  },
  "invalid-utf8": (reply, good) => {
    const { bytes, text } = answered(reply);
    assert.throws(() => new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    assert.match(text, /\\ud83d"/);
    const answer = JSON.parse(text) as AnswerBody;
    assert.equal(answer.ret, 0);
    assert.deepEqual(answer.sopenid, good.sopenid);
    assert.deepEqual(rowsOf(answer).map(identifier), rowsOf(good).map(identifier));
    assert.deepEqual(rowsOf(answer).slice(1), rowsOf(good).slice(1));
    const [first] = rowsOf(answer);
    if (first) assert.match(String(first.user_name ?? first.nick_name), /\ufffd\(\ufffd\ud83d$/);
  },
  huge: (reply, good) => {
    assert.ok(answered(reply).bytes.length > 16 * 1024 * 1024);
    const { padding, seq: _seq, ...answer } = parsed(reply);
    assert.ok(Array.isArray(padding));
    const { seq: _, ...expected } = good;
    assert.deepEqual(answer, expected);
  },
};

test("every fault on every endpoint", { concurrency: true }, async (t) => {
  assert.deepEqual(Object.keys(seen).sort(), [...FAULTS].sort());
  await withSandbox({}, async (sandbox) => {
    const tests = FAULTS.flatMap((fault) =>
      ENDPOINTS.map((endpoint) =>
        t.test(`${fault}, ${endpoint}`, async () => {
          const good = await call(sandbox, { endpoint });
          const timeoutMs = fault === "huge" ? 10_000 : 300;
          const spec = {
            endpoint,
            headers: { "x-sandbox-fault": fault },
            timeoutMs: fastest(fault) ?? timeoutMs,
          };
          seen[fault](await outcomeOf(sandbox, spec), good);
        }),
      ),
    );
    await Promise.all(tests);
  });
});

/** What must not wait for a time limit gets a generous one, as many run at once. */
function fastest(fault: FaultName): number | undefined {
  return ["stall-headers", "stall-body", "slow-drip"].includes(fault) ? undefined : 10_000;
}

test("a fault of a good answer wants a good request; the others do not look", async () => {
  await withSandbox({}, async (sandbox) => {
    for (const fault of FAULTS.filter((name) => name !== "stall-headers")) {
      const outcome = await outcomeOf(sandbox, { key: "another", headers: { "x-sandbox-fault": fault } });
      const refused = !(outcome instanceof Error) && outcome.text.includes('"ret":1008');
      assert.equal(refused, !BLIND.includes(fault), fault);
      assert.equal(sandbox.requests.at(-1)?.fault, fault);
    }
  });
});

test("slow-drip ends, with the right answer, after about 1.5 s", async () => {
  await withSandbox({ fault: "slow-drip", friends: 100 }, async (sandbox) => {
    const start = performance.now();
    const answer = await call(sandbox);
    const took = performance.now() - start;
    assert.equal(rowsOf(answer).length, 100);
    assert.ok(took > 1200 && took < 4000, `${took} ms`);
  });
});

test("stall-body and truncated announce more than they send", async () => {
  await withSandbox({}, async (sandbox) => {
    const whole = (await send(sandbox, { query: { seq: "1" } })).bytes.length;
    for (const fault of ["truncated", "stall-body"]) {
      const text = await firstBytes(sandbox, fault);
      assert.match(text, new RegExp(`content-length: ${whole}\r\n`, "i"), fault);
      const body = text.slice(text.indexOf("\r\n\r\n") + 4);
      assert.equal(body.length, Math.floor(whole / 2), fault);
    }
  });
});

test("huge waits for its reader, and stops when the client goes away", async () => {
  let answering: Promise<string> | undefined;
  let queued = () => 0;
  const server = createServer((_req, res) => {
    const gone = new AbortController();
    res.once("close", () => gone.abort());
    queued = () => res.writableLength;
    const sent = sendBadly("huge", { res, gone: gone.signal }, Buffer.from('{"ret":0}'));
    answering = sent.then(
      () => "sent",
      () => "stopped",
    );
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  try {
    const client = connect((server.address() as AddressInfo).port, "127.0.0.1");
    client.write("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\n\r\n");
    await once(client, "readable");
    await new Promise((resolve) => setTimeout(resolve, 100));
    assert.ok(queued() > 0 && queued() < 1024 * 1024, `${queued()} bytes queued while nobody reads`);
    client.destroy();
    assert.equal(await answering, "stopped");
  } finally {
    server.close();
    server.closeAllConnections();
  }
});

test("a sequence is used up one per request, its last step stays; the header uses up nothing", async () => {
  await withSandbox({ fault: "http-500, http-429-retry-after,none" }, async (sandbox) => {
    const status = async (fault?: string) => {
      return (await send(sandbox, fault ? { headers: { "x-sandbox-fault": fault } } : {})).status;
    };
    assert.equal(await status("none"), 200);
    assert.equal(await status(), 500);
    await fetch(sandbox.url, { method: "OPTIONS" });
    await fetch(`${sandbox.url}/elsewhere`);
    assert.equal(await status(), 429);
    assert.equal(await status(), 200);
    assert.equal(await status(), 200);
    assert.equal(await status("http-500"), 500);
  });
  await withSandbox({ fault: ["http-500"] }, async (sandbox) => {
    for (const _ of [1, 2, 3]) assert.equal((await send(sandbox)).status, 500);
    const answer = await call(sandbox, { path: "/elsewhere" });
    assert.equal(answer.ret, 1001, "faults are the endpoints'");
  });
});

test("close ends stalled and slow answers at once", async () => {
  await withSandbox({}, async (sandbox) => {
    const waiting = ["stall-headers", "stall-body", "slow-drip", "huge"].map((fault) =>
      outcomeOf(sandbox, { headers: { "x-sandbox-fault": fault }, timeoutMs: 8000 }),
    );
    while (sandbox.requests.length < waiting.length) await new Promise((resolve) => setTimeout(resolve, 5));
    const start = performance.now();
    await sandbox.close();
    const outcomes = await Promise.all(waiting);
    assert.ok(performance.now() - start < 1000);
    assert.ok(outcomes[0] instanceof Error && outcomes[1] instanceof Error && outcomes[2] instanceof Error);
  });
});

async function outcomeOf(sandbox: Sandbox, spec: Parameters<typeof send>[1]): Promise<Reply | Error> {
  return send(sandbox, spec).catch((error: unknown) => error as Error);
}

function answered(outcome: Reply | Error): Reply {
  if (outcome instanceof Error) throw outcome;
  return outcome;
}

function parsed(outcome: Reply | Error): AnswerBody {
  return JSON.parse(answered(outcome).text) as AnswerBody;
}

type Row = Record<string, unknown>;

function rowsOf(answer: AnswerBody): Row[] {
  const { lists, result } = answer as { lists?: Row[]; result?: { friend_list: Row[] } };
  return lists ?? result?.friend_list ?? [];
}

function identifier(row: Row): unknown {
  return row.openid ?? row.sopenid;
}

/** What arrives within 500 ms, or until the end. */
function firstBytes(sandbox: Sandbox, fault: string): Promise<string> {
  const { target, body } = signedCall({ query: { seq: "1" } });
  const head = [
    `POST ${target} HTTP/1.1`,
    "host: x",
    "content-type: application/json",
    `x-sandbox-fault: ${fault}`,
  ];
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(sandbox.url).port), "127.0.0.1", () => {
      socket.write(`${head.join("\r\n")}\r\ncontent-length: ${body.length}\r\n\r\n${body.toString()}`);
    });
    const timer = setTimeout(() => socket.destroy(), 500);
    let text = "";
    socket.on("data", (chunk) => (text += chunk.toString("latin1")));
    socket.on("error", reject);
    socket.on("end", () => socket.end());
    socket.on("close", () => {
      clearTimeout(timer);
      resolve(text);
    });
  });
}
