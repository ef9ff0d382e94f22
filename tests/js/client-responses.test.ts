// Which responses a client takes: no redirect, none that is too large, and any that a caller's own fetch may give.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { MsdkError } from "msdk-friends";
import {
  BACKEND,
  callOf,
  clientFor,
  ENDPOINTS,
  failureOf,
  outcomeOf,
  player,
} from "./support/client-calls.ts";
import { requestOf } from "./support/client-options.ts";
import { answerJson, good, type Step, scriptedFetch, withServer } from "./support/client-servers.ts";

describe("redirects", () => {
  for (const code of [301, 302, 303, 307, 308]) {
    it(`${code} is not followed, and the second server sees nothing`, () =>
      withServer(
        ({ res }) => answerJson(res, { ret: 0, msg: "" }),
        (second) =>
          withServer(
            ({ res, target }) => {
              res.writeHead(code, { location: `${second.url}${target}` });
              res.end();
            },
            async (first) => {
              const client = await clientFor(first.url);
              for (const endpoint of ENDPOINTS) {
                const error = await failureOf(callOf[endpoint](client));
                assert.deepEqual(outcomeOf(error), {
                  kind: "unknown",
                  retryable: false,
                  maybeSent: true,
                  attempts: 1,
                });
                assert.equal(error.status, code);
                assert.match(error.message, /redirect/i);
              }
              assert.equal(first.received.length, ENDPOINTS.length);
              assert.equal(second.received.length, 0);
            },
          ),
      ));
  }

  it("that a browser hides (status 0) are the same", async () => {
    const opaque: Step = () => {
      const response = Response.json({});
      Object.defineProperties(response, {
        status: { value: 0 },
        type: { value: "opaqueredirect" },
        body: { value: null },
      });
      return response;
    };
    const { fetch } = scriptedFetch(opaque);
    const error = await failureOf((await clientFor(BACKEND, { fetch })).friendList(player));
    assert.equal(error.kind, "unknown");
    assert.match(error.message, /redirect/i);
  });

  it("are asked not to be followed", async () => {
    assert.equal((await requestOf()).init.redirect, "manual");
  });
});

describe("maxResponseBytes", () => {
  const text = JSON.stringify({ ret: 0, msg: "", sopenid: "1", pad: "é".repeat(50) });
  const bytes = new TextEncoder().encode(text);
  const bodies: Record<string, () => Response> = {
    "in one piece": () => new Response(text),
    "in pieces": () =>
      new Response(
        new ReadableStream({
          start: (controller) => {
            for (const byte of bytes) controller.enqueue(new Uint8Array([byte]));
            controller.close();
          },
        }),
      ),
    "without a stream": () => {
      const response = new Response(text);
      Object.defineProperty(response, "body", { value: null });
      return response;
    },
    "with its length announced": () =>
      new Response(text, { headers: { "content-length": String(bytes.length) } }),
  };
  for (const [name, body] of Object.entries(bodies)) {
    it(`takes an answer of just that many bytes, ${name}, and none of one more`, async () => {
      const { fetch } = scriptedFetch(body);
      const fits = await clientFor(BACKEND, { fetch, maxResponseBytes: bytes.length });
      assert.equal((await fits.getSopenid(player)).sopenid, "1");
      const tight = await clientFor(BACKEND, { fetch, maxResponseBytes: bytes.length - 1 });
      const error = await failureOf(tight.getSopenid(player));
      assert.deepEqual(outcomeOf(error), {
        kind: "malformed_response",
        retryable: false,
        maybeSent: true,
        attempts: 1,
      });
      assert.equal(error.status, 200);
    });
  }

  it("does not read an answer that announces more, also where there is no stream", async () => {
    let read = 0;
    const answer = {
      status: 200,
      headers: new Headers({ "content-length": "101" }),
      body: null,
      arrayBuffer: async () => {
        read++;
        return new ArrayBuffer(101);
      },
    };
    const { fetch } = scriptedFetch(() => answer as unknown as Response);
    const client = await clientFor(BACKEND, { fetch, maxResponseBytes: 100 });
    assert.equal((await failureOf(client.getSopenid(player))).kind, "malformed_response");
    assert.equal(read, 0);
  });

  it("does not hide the status of an error page that is larger", async () => {
    const { fetch } = scriptedFetch(() => new Response("x".repeat(101), { status: 503 }));
    const client = await clientFor(BACKEND, { fetch, maxResponseBytes: 100, maxRetries: 0 });
    const { kind, status, retryable } = await failureOf(client.getSopenid(player));
    assert.deepEqual({ kind, status, retryable }, { kind: "server", status: 503, retryable: true });
  });

  it("lets go of an answer that announces more, without reading it", async () => {
    let cancelled = 0;
    const stream = () => new ReadableStream({ cancel: () => void cancelled++ });
    const { fetch } = scriptedFetch(() => new Response(stream(), { headers: { "content-length": "101" } }));
    const client = await clientFor(BACKEND, { fetch, maxResponseBytes: 100 });
    assert.equal((await failureOf(client.getSopenid(player))).kind, "malformed_response");
    assert.equal(cancelled, 1);
  });
});

describe("a fetch of the caller's own", () => {
  it("may answer with a body that is no web stream, as older ones do", async () => {
    const bytes = new TextEncoder().encode('{"ret":0,"sopenid":"7"}');
    const { Readable } = await import("node:stream");
    const { fetch } = scriptedFetch(
      () =>
        ({
          status: 200,
          headers: new Headers(),
          body: Readable.from([bytes]),
          arrayBuffer: async () => bytes.buffer,
        }) as unknown as Response,
    );
    assert.equal((await (await clientFor(BACKEND, { fetch })).getSopenid(player)).sopenid, "7");
  });

  it("may reject with an error of this package, and one that nobody can change", async () => {
    const fetch = () =>
      Promise.reject(Object.freeze(new MsdkError({ kind: "auth", message: "log in", attempts: 7 })));
    const error = await failureOf((await clientFor(BACKEND, { fetch })).friendList(player));
    const { kind, message, attempts, endpoint } = error;
    assert.deepEqual([kind, message, attempts, endpoint], ["auth", "log in", 1, "friend_list"]);
  });

  it("is looked up at each call where it is the global one", async () => {
    const client = await clientFor(BACKEND);
    const original = globalThis.fetch;
    const { fetch, requests } = scriptedFetch(good);
    globalThis.fetch = fetch;
    try {
      await client.friendList(player);
    } finally {
      globalThis.fetch = original;
    }
    assert.equal(requests.length, 1);
  });
});
