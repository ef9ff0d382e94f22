import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { test } from "node:test";
import { type Sandbox, startSandbox } from "../../pkg/src/sandbox/index.ts";
import {
  call,
  FOPENID,
  KEY,
  PATHS,
  type Spec,
  send,
  signedCall,
  withSandbox,
} from "./support/sandbox-client.ts";

test("the vectors' signatures pass, and those they changed do not", async () => {
  const file = new URL("../vectors/signing.json", import.meta.url);
  const { cases } = JSON.parse(readFileSync(file, "utf8")) as { cases: SigningCase[] };
  assert.ok(cases.length > 0);
  for (const each of cases) {
    await withSandbox({ key: each.sigKey, gameId: undefined, tsWindowSeconds: 0 }, async (sandbox) => {
      const pairs = Object.entries(each.params).map(([name, value]) => `${name}=${value}`);
      const as = (sig: string): Spec => ({
        path: each.path,
        body: each.body,
        pairs,
        tamper: () => [...pairs.reverse(), `sig=${sig}`],
      });
      // The vectors sign any text, so only the signature is expected to pass here.
      assert.notEqual((await call(sandbox, as(each.sig))).ret, 1008, each.name);
      assert.equal((await call(sandbox, as("0".repeat(32)))).ret, 1008, each.name);
    });
  }
});

interface SigningCase {
  name: string;
  path: string;
  params: Record<string, string>;
  body: string;
  sigKey: string;
  sig: string;
}

test("any order passes; sig may stand anywhere; names sort by bytes, not by pairs", async () => {
  await withSandbox({}, async (sandbox) => {
    assert.equal((await call(sandbox)).ret, 0);
    assert.equal((await call(sandbox, { tamper: (all) => [...all].reverse() })).ret, 0);
    assert.equal((await call(sandbox, { query: { a: "2", "a-b": "1", B: "0" } })).ret, 0);
    assert.equal((await call(sandbox, { query: { x: "%41%zz" } })).ret, 0, "nothing is decoded");
  });
});

test("a request line that is not ASCII is refused by HTTP itself", async () => {
  await withSandbox({}, async (sandbox) => {
    const { target, body } = signedCall({ query: { name: "\xc3\xa9" } });
    const head = `POST ${target} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n`;
    const answer = await overSocket(
      sandbox,
      Buffer.from(`${head}content-length: ${body.length}\r\n\r\n${body}`, "latin1"),
    );
    assert.match(answer, /^HTTP\/1\.1 400 /);
  });
});

test("content types with a charset pass; source, conn, seq and version may be absent", async () => {
  await withSandbox({}, async (sandbox) => {
    const headers = { "content-type": "Application/JSON; charset=UTF-8" };
    const query = { source: undefined, conn: undefined, seq: undefined, version: undefined };
    assert.equal((await call(sandbox, { headers, query })).ret, 0);
  });
});

test("seq is echoed, or made in the platform's shape", async () => {
  await withSandbox({}, async (sandbox) => {
    assert.equal((await call(sandbox, { query: { seq: "1111-001" } })).seq, "1111-001");
    assert.match((await call(sandbox)).seq ?? "", /^\d{10}-\d{10}-\d{6}-\d{10}$/);
  });
});

test("without a gameId any game is served, without a window any ts", async () => {
  await withSandbox({ gameId: undefined, tsWindowSeconds: 0 }, async (sandbox) => {
    assert.equal((await call(sandbox, { query: { gameid: "99", ts: "1" } })).ret, 0);
  });
});

test("pages of any origin may call, and read Retry-After", async () => {
  await withSandbox({}, async (sandbox) => {
    const preflight = await fetch(sandbox.url + PATHS.share, {
      method: "OPTIONS",
      headers: {
        origin: "https://game.example",
        "access-control-request-method": "POST",
        "access-control-request-headers": "content-type,x-sandbox-fault,x-own",
        "access-control-request-private-network": "true",
      },
    });
    assert.equal(preflight.status, 204);
    assert.equal(preflight.headers.get("access-control-allow-origin"), "https://game.example");
    assert.equal(preflight.headers.get("access-control-allow-headers"), "content-type,x-sandbox-fault,x-own");
    assert.match(preflight.headers.get("access-control-allow-methods") ?? "", /POST/);
    assert.equal(preflight.headers.get("access-control-allow-private-network"), "true");
    assert.equal(sandbox.requests.at(-1)?.method, "OPTIONS");
    for (const fault of ["none", "http-500", "truncated"]) {
      const headers = { origin: "https://game.example", "x-sandbox-fault": fault };
      const { target, body } = signedCall({});
      const init = {
        method: "POST",
        body: String(body),
        headers: { ...headers, "content-type": "application/json" },
      };
      const response = await fetch(sandbox.url + target, init);
      assert.equal(response.headers.get("access-control-allow-origin"), "https://game.example", fault);
      assert.equal(response.headers.get("access-control-expose-headers"), "Retry-After");
      await response.text().catch(() => {});
    }
    const plain = await send(sandbox);
    assert.equal(plain.headers["access-control-allow-origin"], "*");
  });
});

test("requests are recorded, the last 1000 of them", async () => {
  await withSandbox({}, async (sandbox) => {
    await call(sandbox, { endpoint: "share", query: { seq: "7" } });
    const [record] = sandbox.requests;
    assert.equal(record?.endpoint, "share");
    assert.equal(record?.method, "POST");
    assert.equal(record?.path, PATHS.share);
    assert.match(record?.query ?? "", /^version=&ts=\d+&channelid=2&.*&seq=7&sig=[0-9a-f]{32}$/);
    assert.equal(JSON.parse(record?.body ?? "").fopenid, FOPENID);
    assert.equal(record?.headers["content-type"], "application/json");
    assert.equal(record?.ret, 0);
    assert.ok(Math.abs((record?.at ?? 0) - Date.now()) < 5000);
    const gets = Array.from({ length: 1001 }, (_, index) => index);
    for (let start = 0; start < gets.length; start += 50) {
      await Promise.all(gets.slice(start, start + 50).map((n) => fetch(`${sandbox.url}/?${n}`)));
    }
    assert.equal(sandbox.requests.length, 1000);
    assert.equal(sandbox.requests.at(0)?.path, "/");
    assert.equal(sandbox.requests.at(0)?.endpoint, undefined);
  });
});

test("it listens on loopback only", async () => {
  await withSandbox({}, async ({ url }) => assert.match(url, /^http:\/\/127\.0\.0\.1:\d+$/));
  await withSandbox({ host: "0.0.0.0" }, async (sandbox) => {
    assert.match(sandbox.url, /^http:\/\/127\.0\.0\.1:\d+$/);
    assert.equal((await call(sandbox)).ret, 0);
  });
});

test("latency delays every answer; close ends what waits, and may be called again", async () => {
  await withSandbox({ latencyMs: 150 }, async (sandbox) => {
    const start = performance.now();
    assert.equal((await call(sandbox)).ret, 0);
    assert.ok(performance.now() - start >= 145);
  });
  const sandbox = await startSandbox({ key: KEY, latencyMs: 60_000 });
  const pending = assert.rejects(call(sandbox), /hang up|ECONNRESET/);
  while (sandbox.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  await Promise.all([sandbox.close(), sandbox.close()]);
  await pending;
  await sandbox.close();
  await assert.rejects(call(sandbox), /ECONNREFUSED/);
});

test("bad options and a taken port reject", async () => {
  const bad = [
    { port: -1 },
    { port: 1.5 },
    { latencyMs: Number.NaN },
    { tsWindowSeconds: -1 },
    { key: "" },
    { gameId: "" },
    { friends: -1 },
    { friends: 1e9 },
    { fault: "fire" },
    { fault: "" },
  ];
  for (const options of bad) {
    const name = Object.keys(options)[0] ?? "";
    await assert.rejects(
      startSandbox(options),
      (error) => error instanceof RangeError && error.message.includes(name),
    );
  }
  const wrongFriends = [{ openid: 42 }] as unknown as [];
  await assert.rejects(startSandbox({ friends: wrongFriends }), /friends\[0\]\.openid must be a string/);
  await withSandbox({}, async ({ url }) => {
    await assert.rejects(startSandbox({ port: Number(new URL(url).port) }), { code: "EADDRINUSE" });
  });
});

function overSocket(sandbox: Sandbox, bytes: Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(sandbox.url).port), "127.0.0.1", () => socket.write(bytes));
    let text = "";
    socket.on("data", (chunk) => (text += chunk.toString("utf8")));
    socket.on("end", () => resolve(text));
    socket.on("error", reject);
  });
}
