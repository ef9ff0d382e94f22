// Distinct markers for key, tokens, openids and sigs: whatever goes wrong, no line of the log, no metric and no refusal holds one,
// in any of the ways in which a program may spell it.
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { createProxy, createSignEndpoint, type ProxyHandler, type ProxyOptions } from "msdk-friends/proxy";
import { pooledTransport } from "msdk-friends/proxy/node";
import { FAULTS, type Sandbox, startSandbox } from "msdk-friends/sandbox";
import { recorder, textsOf } from "../js/support/client-leaks.ts";
import { FOPENID, goodFields, PATHS } from "../js/support/sandbox-client.ts";
import { type Answer, answerOf, type Call, requestOf } from "./support/call.ts";
import { KEY, PLAYERS, SECRETS } from "./support/players.ts";
import { TRANSPORTS, USUAL, warmUp } from "./support/through.ts";
import { signCall } from "./support/to-sign.ts";

const { alice, bob } = PLAYERS;

/** What a marker may look like in a text, in lower case. */
function spellingsOf(secret: string): string[] {
  const bytes = Buffer.from(secret);
  // Of base64, what is the same wherever the secret begins.
  const encoded = [0, 1, 2].map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), bytes]).toString("base64");
    return text.slice(shift === 0 ? 0 : 4, -4);
  });
  const escaped = (prefix: string) =>
    [...bytes].map((byte) => prefix + byte.toString(16).padStart(2, "0")).join("");
  return [
    secret,
    [...secret].reverse().join(""),
    ...encoded,
    ...["", "%", "\\x", "\\u00", " ", ":"].map(escaped),
    [...bytes].join(","),
    // What a number would make of an openid.
    ...(/^\d+$/.test(secret) ? [String(Number(secret)), BigInt(secret).toString(36)] : []),
  ].map((text) => text.toLowerCase());
}

function assertSilent(where: string, texts: readonly string[], secrets: readonly string[]): void {
  const all = texts.join("\n").toLowerCase();
  for (const [index, secret] of secrets.entries()) {
    for (const [spelling, text] of spellingsOf(secret).entries()) {
      if (all.includes(text)) assert.fail(`${where}: secret ${index} is there in spelling ${spelling}`);
    }
  }
}

test("the search finds what is there", () => {
  for (const secret of SECRETS) {
    for (const text of spellingsOf(secret)) {
      assert.throws(() => assertSilent("here", [`a ${text.toUpperCase()} b`], [secret]), /secret 0 is there/);
    }
    const inside = Buffer.from(`{"a":"${secret}"}`);
    for (const text of [inside.toString("base64"), inside.toString("hex")]) {
      assert.throws(() => assertSilent("here", [text], [secret]), /secret 0 is there/);
    }
  }
});

const sigsOf = ({ requests }: Sandbox) => requests.flatMap(({ query }) => /sig=(\w+)/.exec(query)?.[1] ?? []);

/** All that a proxy tells of itself. */
class Told {
  readonly #recorded = recorder();
  readonly logger = this.#recorded.logger;
  readonly answers: Answer[] = [];

  async send(handler: ProxyHandler, call: Call): Promise<void> {
    this.answers.push(await answerOf(await handler(requestOf(call), { remoteAddress: "192.0.2.1" })));
  }

  /** A backend's own answer is the caller's; what the proxy says is looked at. */
  async assertSilent(where: string, handler: ProxyHandler, sigs: readonly string[]): Promise<void> {
    const lines = this.#recorded.seen.flatMap((line) => [...textsOf(line).values()]);
    assert.notEqual(lines.length, 0);
    const refusals = this.answers.map(({ status, headers, text }) =>
      JSON.stringify([[...headers], status >= 400 || status < 200 ? text : ""]),
    );
    const metrics = await handler.operations(new Request("http://proxy/metrics")).text();
    assertSilent(where, [...lines, ...refusals, metrics], [...SECRETS, FOPENID, ...sigs]);
  }
}

async function withSandbox(run: (sandbox: Sandbox) => Promise<void>): Promise<void> {
  const sandbox = await startSandbox({ key: KEY, gameId: "12" });
  try {
    await run(sandbox);
  } finally {
    await sandbox.close();
  }
}

before(warmUp);

for (const transport of TRANSPORTS) {
  describe(`every fault at every endpoint, over ${transport}`, { concurrency: 4 }, () => {
    for (const fault of [...FAULTS, "none"] as const) {
      test(fault, () =>
        withSandbox(async (sandbox) => {
          const told = new Told();
          const pool = transport === "pooled" ? pooledTransport() : undefined;
          const handler = await createProxy({
            ...USUAL,
            upstream: sandbox.url,
            transport: pool,
            logger: told.logger,
            timeoutMs: /^(stall|slow)/.test(fault) ? 1000 : 3000,
            maxResponseBytes: 2 ** 20,
            forwardHeaders: ["x-sandbox-fault"],
          });
          const headers = { "x-sandbox-fault": fault };
          await Promise.all(
            Object.entries(PATHS).map(([endpoint, path]) =>
              told.send(handler, {
                path: `/msdk${path}`,
                fields: goodFields(endpoint as keyof typeof PATHS, 2),
                headers,
              }),
            ),
          );
          const sigs = sigsOf(sandbox);
          assert.notEqual(sigs.length, 0, "what reached the backend");
          await told.assertSilent(fault, handler, sigs);
          pool?.close();
        }),
      );
    }
  });
}

const everything = `${KEY} ${JSON.stringify(PLAYERS)}`;
/** Wherever a caller can put a text, the texts that are secret. */
const refused: Record<string, Call> = {
  "in the path": { path: `/msdk/v2/friend/${alice.openid}/${alice.token}` },
  "as a parameter's name": { query: `channelid=2&${alice.token}=1` },
  "as a parameter twice": { query: `channelid=2&${alice.token}=1&${alice.token}=2` },
  "as a parameter's value": { query: `channelid=${alice.openid}` },
  "as a source": { query: `channelid=2&source=${KEY}` },
  "as a game": { query: `channelid=2&gameid=${alice.openid}` },
  "as a sig": { query: `channelid=2&sig=${KEY}` },
  "as an origin": { headers: { origin: `https://${alice.token}.example` } },
  "as a fetch site": { headers: { "sec-fetch-site": alice.token } },
  "as a content type": { headers: { "content-type": `text/${alice.token}` } },
  "as an encoding": { headers: { "content-encoding": alice.token } },
  "as credentials": { headers: { authorization: `Bearer ${alice.token}` } },
  "as another player": { fields: { openid: bob.openid, token: bob.token } },
  "as a field's name": { fields: { [alice.token]: 1 } },
  "as a field's name that is a number": { fields: { [alice.openid]: 1 } },
  "as a field's name inside": {
    path: "/msdk/v2/friend/share",
    fields: { channel_info: { [alice.token]: 1 } },
  },
  "as a field of another kind": { fields: { sub_channelid: alice.token } },
  "as an openid of another kind": { fields: { openid: { [alice.token]: alice.token } } },
  "as a body that is no JSON": { body: everything },
  "as a body that is no object": { body: JSON.stringify([everything]) },
  "as a name twice": { body: `{"${alice.token}":1,"${alice.token}":2}` },
  "as a body that is too large": { body: everything.repeat(2000) },
  "as a template": {
    path: "/msdk/v2/friend/ark_share",
    fields: { fopenid: FOPENID, extra: `%${alice.token}` },
  },
};

describe("refusals of what holds secrets", () => {
  for (const [name, call] of Object.entries(refused)) {
    test(name, () =>
      withSandbox(async (sandbox) => {
        const told = new Told();
        const handler = await createProxy({ ...USUAL, upstream: sandbox.url, logger: told.logger });
        await told.send(handler, call);
        assert.notEqual(told.answers[0]?.status, 200);
        assert.equal(sandbox.requests.length, 0);
        await told.assertSilent(name, handler, []);
      }),
    );
  }

  test("of the sign endpoint", async () => {
    const told = new Told();
    const handler = await createSignEndpoint({ ...USUAL, logger: told.logger });
    for (const call of [
      signCall({ path: `/${alice.token}` }),
      signCall({ canonicalQuery: everything }),
      signCall({ query: { [alice.token]: alice.token } }),
      signCall({ query: { [alice.openid]: alice.openid } }),
      signCall({ body: everything }),
      signCall({ fields: { token: KEY } }),
      signCall({ more: { [alice.token]: 1 } }),
    ]) {
      await told.send(handler, call);
      assert.notEqual(told.answers.at(-1)?.status, 200);
    }
    await told.assertSilent("sign", handler, []);
  });
});

const loud = (text: string): Error =>
  Object.assign(new Error(text, { cause: new Error(text) }), { code: text, details: text });

/** What is not ours and quotes all that it was given. */
const quoting: Record<string, Partial<ProxyOptions>> = {
  "a transport that rejects": {
    transport: (url, { body }) => Promise.reject(loud(`${url} ${body} ${KEY}`)),
  },
  "a transport that throws": {
    transport: (url, { body }) => {
      throw loud(`${url} ${body} ${KEY}`);
    },
  },
  "a transport with a name of its own": {
    transport: (url) => Promise.reject(Object.assign(new Error("x"), { name: url, code: `E_${url}` })),
  },
  "authorize that throws": {
    authorize: () => {
      throw loud(everything);
    },
  },
  "authorize that throws with a name of its own": {
    authorize: () => {
      throw Object.assign(new Error("x"), { name: alice.openid });
    },
  },
  "authorize that rejects with a text": { authorize: () => Promise.reject(everything) },
  "authorize that gives a wrong player": {
    authorize: () => ({ openid: alice.openid, token: [alice.token] }) as never,
  },
  "a store that rejects": {
    limits: { store: { hit: (key) => Promise.reject(loud(`${key} ${everything}`)) } },
  },
  "a clock that throws": {
    now: () => {
      throw loud(everything);
    },
  },
};

describe("errors of others", () => {
  for (const [name, options] of Object.entries(quoting)) {
    test(name, () =>
      withSandbox(async (sandbox) => {
        const told = new Told();
        const handler = await createProxy({
          ...USUAL,
          upstream: sandbox.url,
          logger: told.logger,
          ...options,
        });
        await told.send(handler, {});
        await told.assertSilent(name, handler, sigsOf(sandbox));
      }),
    );
  }
});
