// The game's keys: one by source, exchanged without a stop, and in nothing that can be printed.
import assert from "node:assert/strict";
import { Console } from "node:console";
import type { Socket } from "node:net";
import { Writable } from "node:stream";
import { describe, test } from "node:test";
import { format, inspect } from "node:util";
import { serialize } from "node:v8";
import { isMsdkError } from "msdk-friends";
import { createProxy, createSignEndpoint, type Keys, type ProxyHandler } from "msdk-friends/proxy";
import { type Sandbox, startSandbox } from "msdk-friends/sandbox";
import { KeyRing } from "../../pkg/src/proxy/keys.ts";
import { assertNoMarker, textsOf } from "../js/support/client-leaks.ts";
import { sigOf } from "../js/support/sandbox-client.ts";
import { type Answer, answerOf, type Call, QUERY, requestOf } from "./support/call.ts";
import { KEY } from "./support/players.ts";
import { OK_ANSWER, standIn } from "./support/stand-in.ts";
import { USUAL } from "./support/through.ts";
import { until } from "./support/until.ts";

const OTHER = "marker-key-c04d";
const NEW = "marker-key-e9b1";

const ask = async (handler: ProxyHandler, call: Call = {}): Promise<Answer> =>
  answerOf(await handler(requestOf(call)));

async function withProxy(
  keys: Keys,
  run: (handler: ProxyHandler, sandbox: Sandbox) => Promise<void>,
): Promise<void> {
  const sandbox = await startSandbox({ key: KEY });
  try {
    await run(await createProxy({ ...USUAL, upstream: sandbox.url, keys }), sandbox);
  } finally {
    await sandbox.close();
  }
}

/** Which of the keys signed the last request. */
function signerOf({ requests }: Sandbox): string | undefined {
  const { path, query, body } = requests.at(-1) ?? { path: "", query: "", body: "" };
  const pairs = query.split("&").filter((pair) => !pair.startsWith("sig="));
  return [KEY, OTHER, NEW].find((key) => query.includes(`sig=${sigOf(path, pairs, body, key)}`));
}

const ofSource = (source: string): Call => ({ query: QUERY.replace("source=0", `source=${source}`) });

describe("keys by source", () => {
  test("each signs its own source's calls, and without a source it is 0's", () =>
    withProxy({ "0": KEY, "17": OTHER, "a-b.c~": NEW }, async (handler, sandbox) => {
      const wanted: [Call, string][] = [
        [{}, KEY],
        [ofSource("17"), OTHER],
        [ofSource("a-b.c~"), NEW],
        [{ query: "channelid=2" }, KEY],
      ];
      for (const [call, key] of wanted) {
        await ask(handler, call);
        assert.equal(signerOf(sandbox), key);
      }
    }));

  test("a source without one is refused, and nothing is sent", () =>
    withProxy({ "0": KEY, "17": OTHER }, async (handler, sandbox) => {
      for (const source of ["1", "00", "", "O", "constructor", "__proto__", "toString", "1.7"]) {
        const { status, text } = await ask(handler, ofSource(source));
        assert.equal(status, 400, source);
        assert.match(text, /source/);
      }
      assert.equal(sandbox.requests.length, 0);
    }));
});

describe("other keys without a stop", () => {
  test("calls under way end with the old one, those that wait and those that come get the new one", async () => {
    const held: Socket[] = [];
    const backend = await standIn([(socket) => void held.push(socket)]);
    const current = { key: KEY };
    const keys = () => ({ "0": current.key });
    const handler = await createProxy({ ...USUAL, upstream: backend.url, keys, maxUpstream: 1 });
    try {
      const calls: Promise<Answer>[] = [];
      const release = async (count: number) => {
        await until("a call is sent", () => held.length === count);
        held.at(-1)?.end(OK_ANSWER);
      };
      calls.push(ask(handler), ask(handler));
      await until("the first is sent", () => held.length === 1);
      current.key = NEW;
      await handler.reloadKeys();
      calls.push(ask(handler));
      for (const count of [1, 2, 3]) await release(count);
      for (const { status } of await Promise.all(calls)) assert.equal(status, 200);
      const body = '{"openid":"9007199254740993111","token":"marker-token-51c2"}';
      const signers = backend.seen.map((head) => {
        const [, path = "", query = ""] = /^POST ([^?]+)\?(\S+)/.exec(head) ?? [];
        const pairs = query.split("&").filter((pair) => !pair.startsWith("sig="));
        return [KEY, NEW].find((key) => query.endsWith(`sig=${sigOf(path, pairs, body, key)}`));
      });
      assert.deepEqual(signers, [KEY, NEW, NEW]);
    } finally {
      await backend.close();
    }
  });

  test("keys that are passed serve until the next time, all at once", () =>
    withProxy({ "0": KEY, "17": OTHER }, async (handler, sandbox) => {
      await handler.reloadKeys({ "0": NEW });
      await ask(handler);
      assert.equal(signerOf(sandbox), NEW);
      assert.equal((await ask(handler, ofSource("17"))).status, 400);
      await handler.reloadKeys();
      await ask(handler, ofSource("17"));
      assert.equal(signerOf(sandbox), OTHER);
    }));

  test("what was asked for later wins, though it came sooner", () =>
    withProxy({ "0": KEY }, async (handler, sandbox) => {
      let deliver: (keys: Record<string, string>) => void = () => {};
      const slow = handler.reloadKeys(
        () =>
          new Promise((resolve) => {
            deliver = resolve;
          }),
      );
      await handler.reloadKeys(async () => ({ "0": NEW }));
      deliver({ "0": OTHER });
      await slow;
      await ask(handler);
      assert.equal(signerOf(sandbox), NEW);
    }));
});

/** Each quotes the key wherever it can. */
const wrongKeys: Record<string, unknown> = {
  "a text": KEY,
  "an empty object": {},
  nothing: null,
  "an empty key": { "0": KEY, "1": "" },
  "a key of blanks": { "0": KEY, "1": " \n" },
  "a key that is no text": { "0": [KEY] },
  "a source that is none": { [`0 ${KEY}`]: KEY },
  "a map": new Map([["0", KEY]]),
  "a function that gives nothing": () => undefined,
  "a function that gives a text": async () => KEY,
  "a function that throws": () => JSON.parse(`{"0": ${KEY}}`),
  "a function that rejects": () =>
    Promise.reject(Object.assign(new Error(KEY, { cause: KEY }), { name: KEY })),
  "a function that rejects with a text": () => Promise.reject(KEY),
};

describe("wrong keys", () => {
  for (const [name, wrong] of Object.entries(wrongKeys)) {
    test(`${name}: config, naming the option and no key; those of before stay`, () =>
      withProxy({ "0": KEY }, async (handler, sandbox) => {
        const keys = wrong as Keys;
        const makers = [
          () => createProxy({ ...USUAL, upstream: sandbox.url, keys }),
          () => createSignEndpoint({ ...USUAL, keys }),
          () => handler.reloadKeys(keys),
        ];
        for (const make of makers) {
          const error: unknown = await make().then(
            () => assert.fail("it was taken"),
            (thrown) => thrown,
          );
          if (!isMsdkError(error)) assert.fail(`rejected with ${String(error)}`);
          assert.deepEqual([error.kind, error.field], ["config", "keys"]);
          assertNoMarker({ key: KEY }, name, error);
        }
        assert.equal((await ask(handler)).status, 200);
        assert.equal(signerOf(sandbox), KEY);
      }));
  }
});

/** Every way in which a program may come to print an object. */
function printed(value: object): string[] {
  const lines: string[] = [];
  const stream = new Writable({
    write(chunk, _, done) {
      lines.push(String(chunk));
      done();
    },
  });
  const console = new Console({ stdout: stream, stderr: stream });
  const names: string[] = [];
  for (const name in value) names.push(name);
  for (const print of ["log", "error", "dir", "table", "dirxml", "trace"] as const) console[print](value);
  console.log("%s %o %O %j", value, value, value, value);
  return [
    ...textsOf(value).values(),
    ...lines,
    ...names,
    `${value}`,
    format("%s %o %O %j", value, value, value, value),
    inspect(value, { showHidden: true, depth: null, getters: true, showProxy: true }),
    JSON.stringify({ ...value }),
    JSON.stringify([Object.keys(value), Object.entries(value), Reflect.ownKeys(value).map(String)]),
    JSON.stringify(Object.getOwnPropertyDescriptors(value)),
    inspect(Object.getPrototypeOf(value), { showHidden: true, depth: 5 }),
  ];
}

describe("what holds a key shows none", () => {
  const assertShut = (texts: readonly string[]) => {
    for (const text of texts) assert.equal(text.includes(KEY), false, "the key is there");
  };

  test("the search would find one", () => {
    assert.throws(() => assertShut(printed({ inner: { key: KEY } })), /the key is there/);
  });

  test("the keys themselves", async () => {
    const ring = await KeyRing.of({ "0": KEY });
    assertShut([...printed(ring), inspect(structuredClone(ring)), serialize(ring).toString("latin1")]);
    assert.deepEqual([Object.keys(ring), Object.entries(ring), JSON.stringify(ring)], [[], [], "{}"]);
    assert.deepEqual(structuredClone(ring), {});
    const error = new Error("x", { cause: ring });
    assertShut(printed(error));
  });

  for (const [name, make] of Object.entries({ createProxy, createSignEndpoint })) {
    test(`what ${name} gives`, async () => {
      const handler = await make({ ...USUAL, upstream: "http://127.0.0.1:1", keys: { "0": KEY } });
      assertShut(printed(handler));
      assert.throws(() => structuredClone(handler), /could not be cloned/);
      for (const symbol of Object.getOwnPropertySymbols(handler))
        assertShut(printed(Reflect.get(handler, symbol)));
    });
  }
});
