// The one error class: how it is known, what it says, and which answer becomes which kind.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { inspect } from "node:util";
import { isMsdkError, MsdkError, type SignedOptions } from "msdk-friends";
import * as inline from "msdk-friends/inline";
import * as slim from "msdk-friends/slim";
import { callOf, clientFor, ENDPOINTS, failureOf, optionsFor, player } from "./support/client-calls.ts";
import {
  answerJson,
  fails,
  ret,
  type Step,
  scriptedFetch,
  status,
  withServer,
} from "./support/client-servers.ts";
import { entryInWorld } from "./support/in-world.ts";

async function failureWith(
  step: Step,
  endpoint: (typeof ENDPOINTS)[number] = "friend_list",
  options: Partial<SignedOptions> = {},
) {
  const { fetch } = scriptedFetch(step);
  return failureOf(
    callOf[endpoint](await clientFor("https://backend.example", { fetch, maxRetries: 0, ...options })),
  );
}

/** An error of one copy of the package. */
const configErrorOf = ({ createClient }: Pick<typeof inline, "createClient">): Promise<unknown> =>
  createClient(optionsFor("ftp://x")).then(
    () => assert.fail("ftp is no way to a backend"),
    (thrown: unknown) => thrown,
  );

const text =
  (body: string, init: ResponseInit = {}): Step =>
  () =>
    new Response(body, init);

describe("isMsdkError", () => {
  it("knows the errors of every copy of the package", async () => {
    const error = await failureWith(status(500));
    const cjs = createRequire(import.meta.url)("msdk-friends") as typeof inline;
    const other = await configErrorOf(inline);
    const another = await configErrorOf(cjs);
    assert.ok(!(another instanceof MsdkError), "another copy");
    for (const copy of [{ isMsdkError }, inline, slim, cjs]) {
      assert.equal(copy.isMsdkError(another), true);
      assert.equal(copy.isMsdkError(error), true);
      assert.equal(copy.isMsdkError(other), true);
    }
  });

  it("knows the errors of another realm", () => {
    const other = entryInWorld("msdk-friends/inline", { TextEncoder, TextDecoder, URL });
    let thrown: unknown;
    try {
      other.keySigner("");
    } catch (error) {
      thrown = error;
    }
    assert.ok(!(thrown instanceof Error), "another realm");
    assert.equal(isMsdkError(thrown), true);
  });

  for (const value of [
    undefined,
    null,
    0,
    "MsdkError",
    {},
    [],
    new Error("x"),
    { name: "MsdkError", kind: "auth" },
  ]) {
    it(`is false for ${inspect(value, { breakLength: Number.POSITIVE_INFINITY }).split("\n")[0]}`, () =>
      assert.equal(isMsdkError(value), false));
  }
});

it("isMsdkError does not throw, whatever it is asked", () => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  assert.equal(isMsdkError(proxy), false);
});

describe("an error", () => {
  it("is an Error with the literal name, and its stack says so", async () => {
    const error = await failureWith(ret(11002, "expired"));
    assert.equal(error instanceof Error && error instanceof MsdkError, true);
    assert.equal(error.name, "MsdkError");
    assert.match(error.stack ?? "", /^MsdkError: ret 11002, expired/);
    assert.match(String(error), /^MsdkError: ret 11002, expired/);
    assert.equal(Object.prototype.toString.call(error), "[object Error]");
  });

  it("has a stack of its own line in every copy, also a minified one", async () => {
    for (const copy of [inline, slim]) {
      assert.match(((await configErrorOf(copy)) as Error).stack ?? "", /^MsdkError: /);
    }
  });

  it("as JSON has its name, its message and its fields, and nothing that is absent", async () => {
    const step = () => Response.json({ ret: -10000, msg: "-22, expired", seq: "s1" }, { status: 200 });
    const error = await failureWith(step, "get_sopenid");
    const json = JSON.parse(JSON.stringify(error));
    assert.deepEqual(json, error.toJSON());
    const { message, ...fields } = json;
    assert.match(message, /-22, expired/);
    assert.deepEqual(fields, {
      name: "MsdkError",
      kind: "auth",
      endpoint: "get_sopenid",
      ret: -10000,
      msg: "-22, expired",
      platformCode: -22,
      seq: "s1",
      status: 200,
      attempts: 1,
      retryable: false,
      maybeSent: false,
    });
  });

  it("keeps the answer's text out of what is printed and copied, but at hand", async () => {
    const error = await failureWith(text("<html>captive portal</html>"));
    assert.equal(error.responseText, "<html>captive portal</html>");
    assert.equal(Object.getOwnPropertyDescriptor(error, "responseText")?.enumerable, false);
    assert.equal("responseText" in error.toJSON(), false);
    assert.equal("responseText" in { ...error }, false);
    assert.doesNotMatch(inspect(error), /captive portal/);
    assert.doesNotMatch(JSON.stringify(error), /captive portal/);
  });

  it("has the answer's text for every answer that was read", async () => {
    assert.equal((await failureWith(status(502))).responseText, "scripted");
    assert.equal((await failureWith(ret(1008, "no"))).responseText, '{"ret":1008,"msg":"no"}');
    assert.equal((await failureWith(fails(new Error("x")))).responseText, undefined);
  });

  it("has no cause but the one that there was", async () => {
    assert.equal((await failureWith(status(500))).cause, undefined);
    const broken = Object.assign(new TypeError("fetch failed", { cause: new Error("ECONNRESET") }), {
      code: "X1",
    });
    const { cause } = (await failureWith(fails(broken))) as { cause: Error & { code: string } };
    assert.equal(cause.message, "fetch failed");
    assert.equal(cause.name, "TypeError");
    assert.equal(cause.code, "X1");
    assert.equal((cause.cause as Error).message, "ECONNRESET");
  });

  it("of refused input names the field and what it may be", async () => {
    const client = await clientFor("https://backend.example");
    const error = await failureOf(client.recallFriendsList({ ...player, count: 21 }));
    assert.equal(error.kind, "request");
    assert.equal(error.field, "count");
    assert.match(String(error.allowed), /1 to 20/);
    assert.match(error.message, /count/);
    assert.match(error.message, /1 to 20/);
  });

  it("of a refused option names it and what it may be", async () => {
    const error = await failureOf(clientFor("https://backend.example", { timeoutMs: 0 }));
    assert.equal(error.field, "timeoutMs");
    assert.match(String(error.allowed), /whole number from 1/);
  });

  it("of a broken answer says where", async () => {
    const lists = (fourth: string) =>
      `{"ret":0,"msg":"é","lists":[{"openid":"1"},{"openid":"2"},{"openid":"3"},${fourth}]}`;
    const body = lists('{"openid":""}');
    const error = await failureWith(text(body));
    assert.equal(error.kind, "malformed_response");
    assert.equal(error.jsonPath, "lists[3].openid");
    const value = Buffer.byteLength(body.slice(0, body.indexOf('""}')));
    assert.ok(
      Number(error.offset) >= value && Number(error.offset) <= value + 1,
      `${error.offset}, not ${value}`,
    );
    assert.match(error.message, /lists\[3\]\.openid/);
    const absent = await failureWith(text(lists("{}")));
    assert.equal(absent.jsonPath, "lists[3].openid");
  });

  it("of a missing permission says where it is applied for", async () => {
    for (const error of [await failureWith(ret(10000, "no permission")), await failureWith(status(403))]) {
      assert.equal(error.kind, "permission");
      assert.match(error.message, /Feiying/);
      assert.match(error.message, /Special Permission Application/);
    }
  });

  it("of a signature says what to check", async () => {
    const error = await failureWith(ret(1008, "invalid sig"));
    assert.equal(error.kind, "signature");
    for (const word of [/key/, /gameid/, /source/, /body/]) assert.match(error.message, word);
  });
});

interface StatusCase {
  readonly status: number;
  readonly kind: string;
  readonly retryable: boolean;
}

describe("an HTTP status", () => {
  const { cases } = JSON.parse(
    readFileSync(fileURLToPath(new URL("../vectors/statuses.json", import.meta.url)), "utf8"),
  ) as { cases: StatusCase[] };

  it("is read by one table, whatever the endpoint and the body", () =>
    withServer(
      ({ res, target }) => {
        const [, code, body] = /^\/(\d+)\/(\w+)\//.exec(target) ?? [];
        if (body === "json")
          return answerJson(res, { ret: 0, msg: "", lists: [], sopenid: "1" }, Number(code));
        res.writeHead(Number(code), { "content-type": "text/html" });
        res.end("<html></html>");
      },
      async ({ url }) => {
        // Node's own fetch makes a network error of 407, before anyone sees it.
        for (const { status: code, kind, retryable } of cases.filter((one) => one.status !== 407)) {
          for (const body of ["json", "html"]) {
            const client = await clientFor(`${url}/${code}/${body}`, { maxRetries: 0 });
            const errors = await Promise.all(
              ENDPOINTS.map((endpoint) => failureOf(callOf[endpoint](client))),
            );
            for (const error of errors) {
              const { kind: seenKind, retryable: seenRetryable, status: seenStatus, ret: seenRet } = error;
              assert.deepEqual(
                { kind: seenKind, retryable: seenRetryable, status: seenStatus, ret: seenRet },
                { kind, retryable, status: code, ret: undefined },
                `${code} with ${body} on ${error.endpoint}`,
              );
              assert.match(error.message, new RegExp(String(code)));
            }
          }
        }
      },
    ));

  for (const [code, own, kind] of [
    [500, 1008, "signature"],
    [401, 1100, "server"],
    [403, 11002, "auth"],
    [404, 10000, "permission"],
    [302, 1007, "request"],
    [429, 4711, "unknown"],
  ] as const) {
    it(`${code} gives way to ret ${own}: ${kind}`, async () => {
      const error = await failureWith(() => Response.json({ ret: own, msg: "m" }, { status: code }));
      assert.equal(error.kind, kind);
      assert.equal(error.ret, own);
      assert.equal(error.status, code);
      assert.equal(error.retryable, kind === "server");
    });
  }

  for (const code of [201, 202, 206, 299]) {
    it(`${code} is read like 200`, async () => {
      const { fetch } = scriptedFetch(() => Response.json({ ret: 0 }, { status: code }));
      const client = await clientFor("https://backend.example", { fetch });
      assert.deepEqual(await client.friendList(player), { friends: [], degraded: false });
    });
  }

  it("204 without a body is malformed", async () => {
    const error = await failureWith(() => new Response(null, { status: 204 }));
    assert.equal(error.kind, "malformed_response");
    assert.equal(error.status, 204);
  });
});

describe("a malformed answer", () => {
  const bodies: Record<string, string> = {
    "no text": "",
    blanks: "  \n",
    "an HTML page": "<!DOCTYPE html><html></html>",
    "a form": "ret=0&msg=",
    "an array": "[]",
    null: "null",
    "a text": '"ret"',
    "an empty object": "{}",
    "no ret": '{"msg":""}',
    "a ret that is null": '{"ret":null}',
    "a ret that is no integer": '{"ret":0.5}',
    "a ret that is a word": '{"ret":"ok"}',
    "a wrong case": '{"Ret":0,"Msg":"success"}',
    "a wrong case of a refusal": '{"RET":1008,"MSG":"sig"}',
    "half an object": '{"ret":0,"msg":"',
    "two objects": '{"ret":0}{"ret":0}',
    "a comma at its end": '{"ret":0,}',
    "65 levels": `{"ret":0,"x":${"[".repeat(65)}${"]".repeat(65)}}`,
  };
  for (const [name, body] of Object.entries(bodies)) {
    it(`is one of ${name}, on every endpoint`, async () => {
      for (const endpoint of ENDPOINTS) {
        const error = await failureWith(text(body), endpoint);
        assert.equal(error.kind, "malformed_response", endpoint);
        assert.equal(error.retryable, false);
        assert.equal(error.status, 200);
        assert.equal(typeof error.offset, "number");
      }
    });
  }

  it("is known with its wrong case by name", async () => {
    const error = await failureWith(text('{"Ret":0,"Msg":"","Lists":[]}'));
    assert.match(error.message, /lower case/);
    assert.match(String(error.jsonPath), /^(ret|Lists)$/i);
  });
});

describe("nothing else comes out of a call", () => {
  const hostile = () =>
    new Proxy(
      {},
      {
        get: () => {
          throw new Error("hostile");
        },
      },
    );
  const thrown: Record<string, unknown> = {
    nothing: undefined,
    null: null,
    "a number": 0,
    "a text": "x",
    "a symbol": Symbol("x"),
    "a function": () => {},
    "a bare object": Object.create(null),
    "a bare object as its message": { message: Object.create(null) },
    "a hostile object": hostile(),
    "an error with a hostile cause": new Error("x", { cause: hostile() }),
    "an error with a hostile stack": Object.defineProperty(new Error("x"), "stack", {
      get() {
        throw new Error("stack");
      },
    }),
    "a frozen error": Object.freeze(new Error("x")),
  };
  for (const [name, value] of Object.entries(thrown)) {
    it(`than an MsdkError, of kind network, when fetch rejects with ${name}`, async () => {
      let told = 0;
      const hooks = { onError: () => void told++ };
      const error = await failureWith(() => Promise.reject(value), "friend_list", { hooks });
      assert.equal(error.kind, "network");
      assert.equal(error.attempts, 1);
      assert.equal(told, 1);
    });
  }

  for (const [name, response] of Object.entries({
    undefined: undefined,
    null: null,
    "a bare object": {},
    "no headers": { status: 200, arrayBuffer: async () => new ArrayBuffer(0) },
    "a text": "x",
  })) {
    it(`when fetch answers with ${name}`, async () => {
      const error = await failureWith(() => response as unknown as Response, "share");
      assert.equal(error.kind, "network");
      assert.equal(error.maybeSent, true);
    });
  }

  for (const odd of [-1, 99, 407, 600, 1000, Number.NaN]) {
    it(`a status of ${odd} is no success`, async () => {
      const step: Step = () => Object.defineProperty(Response.json({ ret: 0 }), "status", { value: odd });
      assert.equal((await failureWith(step)).kind, "unknown");
    });
  }
});
