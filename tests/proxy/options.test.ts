// Wrong options, each with what is said of it: `config`, the option's name, what is allowed, and nothing that was given.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Environment, isMsdkError, type MsdkError } from "msdk-friends";
import { createProxy, createSignEndpoint, type ProxyOptions } from "msdk-friends/proxy";
import { startProxy } from "msdk-friends/proxy/node";
import { assertNoMarker } from "../js/support/client-leaks.ts";
import { answerOf, requestOf } from "./support/call.ts";
import { KEY } from "./support/players.ts";
import { USUAL } from "./support/through.ts";

const UPSTREAM = "http://127.0.0.1:1";
/** What a wrong value quotes, wherever it can. */
const MARK = "marker-value-2b";

interface Wrong {
  readonly values: readonly unknown[];
  /** Where the error names a part of the option. */
  readonly field?: string;
  readonly allowed: RegExp;
}

const names = (allowed: RegExp): Wrong[] => [
  { values: [MARK, {}, 5, true], allowed: /an array/ },
  { values: [[5], [null], [[]], [""], [`${MARK} ${MARK}`], ["fine", "ü"]], allowed },
];
const whole = (least: number, most: number, tooMuch = most + 1): Wrong[] => [
  {
    values: ["5", Number.NaN, Number.POSITIVE_INFINITY, 1.5, least - 1, tooMuch, {}, [5], true],
    allowed: new RegExp(`a whole number from ${least} to ${most}$`),
  },
];
const MAX_MS = 2 ** 31 - 1;

/** What all three take. */
const guards: Record<string, Wrong[]> = {
  gameId: [{ values: [undefined, null, "", {}, [], true, "1 2", `${MARK}&x=1`], allowed: /./ }],
  keys: [
    {
      values: [undefined, null, KEY, {}, { "0": "" }, { "0": 5 }, { ü: KEY }, 5],
      allowed: /an object of signing keys by source/,
    },
    { values: [() => Promise.reject(new Error(KEY))], allowed: /a function that gives the signing keys/ },
  ],
  allowedOrigins: [
    { values: [undefined, null, "https://game.example", {}], allowed: /an array/ },
    {
      values: [
        ...[
          ["*"],
          ["null"],
          [""],
          ["game.example"],
          ["https://game.example/"],
          ["https://game.example/msdk"],
        ],
        ...[
          ["https://GAME.example"],
          ["https://game.example:443"],
          ["https://bücher.example"],
          ["file:///x"],
        ],
        ...[[" https://game.example"], [/game/], [5], [undefined], ["https://*.game.example", "x"]],
      ],
      allowed: /an origin such as "https:\/\/game\.example"/,
    },
  ],
  authorize: [{ values: [undefined, null, MARK, {}], allowed: /a function that says who the player is/ }],
  allowedFetchSites: [
    { values: [MARK, "same-site", {}, null, 5], allowed: /an array/ },
    { values: [[MARK], ["same-site", "none"], [5]], allowed: /same-origin or same-site or cross-site/ },
  ],
  allowMissingOrigin: [{ values: ["true", 1, 0, {}], allowed: /true or false/ }],
  allowedHeaders: names(/a header's name for each item/),
  trustedProxies: [
    { values: ["10.0.0.0/8", {}, true], allowed: /an array/ },
    {
      values: [["10.0.0.0/33"], ["10.0.0"], ["proxy.example"], [""], ["10.0.0.1:80"], ["::/129"], ["*"], [5]],
      allowed: /an address, or a range such as 10\.0\.0\.0\/8/,
    },
  ],
  limits: [
    { values: [MARK, 5, true, () => {}], allowed: /an object/ },
    {
      values: [{ player: MARK }, { player: 5 }, { player: true }],
      field: "limits.player",
      allowed: /an object/,
    },
    { values: [{ address: MARK }], field: "limits.address", allowed: /an object/ },
    ...[0, -1, 1.5, "5", Number.NaN, undefined].flatMap((value): Wrong[] => [
      {
        values: [{ player: { calls: value, windowMs: 1000 } }],
        field: "limits.player.calls",
        allowed: /a whole number from 1 to 2147483648$/,
      },
      {
        values: [{ address: { calls: 1, windowMs: value } }],
        field: "limits.address.windowMs",
        allowed: /a whole number from 1 to 2147483647$/,
      },
    ]),
    {
      values: [{ store: {} }, { store: MARK }, { store: { hit: 5 } }],
      field: "limits.store",
      allowed: /an object with hit\(\)/,
    },
    {
      values: [{ whenStoreFails: MARK }, { whenStoreFails: true }],
      field: "limits.whenStoreFails",
      allowed: /open or closed/,
    },
  ],
  extraQuery: [
    ...names(/a parameter's name for each item/),
    // The call's own, in any spelling: they are not the page's to choose.
    {
      values: [["sig"], ["ts"], ["gameid"], ["os"], ["SIG"], ["channelid"], ["seq"]],
      allowed: /a parameter's name/,
    },
  ],
  timeoutMs: whole(1, MAX_MS),
  maxBodyBytes: whole(1, 2 ** 24),
  logger: [{ values: [MARK, 5, true, () => {}], allowed: /an object of functions/ }],
  now: [{ values: [null, MARK, 5, new Date(0)], allowed: /a function that returns epoch milliseconds/ }],
};

/** What those take that forward. */
const routes: Record<string, Wrong[]> = {
  upstream: [
    {
      values: [
        ...[undefined, null, "", MARK, "China", "/msdk", "ftp://x", "http://itop.example", "https://", 5, {}],
        ...[
          "https://user:pass@itop.example",
          "https://itop.example/?a",
          "https://itop.example/#a",
          "//itop.example",
        ],
        ...["https://itop.example\n", " https://itop.example", "http://127.0.0.1.evil.example"],
      ],
      allowed: /an Environment, an https URL, or http on loopback/,
    },
  ],
  basePath: [
    {
      values: ["msdk", "/msdk/", "/", "/a b", "/a?b", "/ü", "//", "/%6d", 5, {}],
      allowed: /a path such as "\/msdk"/,
    },
  ],
  forwardHeaders: [
    ...names(/a header's name that is no part of the connection's for each item/),
    {
      values: [
        ...[
          ["cookie"],
          ["Cookie"],
          ["host"],
          ["content-type"],
          ["content-length"],
          ["transfer-encoding"],
          ["origin"],
        ],
        ...[
          ["connection"],
          ["x-forwarded-for"],
          ["sec-fetch-site"],
          ["expect"],
          ["te"],
          ["referer"],
          ["proxy-auth"],
        ],
      ],
      allowed: /no part of the connection's/,
    },
  ],
  maxResponseBytes: whole(1, 2 ** 28),
  maxUpstream: whole(1, 100_000),
  maxQueued: whole(0, 100_000),
  transport: [{ values: [MARK, {}, 5], allowed: /a function/ }],
};

const makers: Record<string, [make: (options: never) => Promise<unknown>, table: Record<string, Wrong[]>]> = {
  createProxy: [createProxy, { ...guards, ...routes }],
  createSignEndpoint: [
    createSignEndpoint,
    {
      ...guards,
      path: [{ values: ["sign", "/sign/", "/", "/a b", 5, {}], allowed: /a path such as/ }],
      tsWindowSeconds: whole(1, 86_400),
    },
  ],
  startProxy: [
    startProxy,
    {
      ...guards,
      ...routes,
      port: whole(0, 65_535),
      operationsPort: whole(0, 65_535),
      host: [{ values: ["", null, 5, {}], allowed: /the address to listen on/ }],
      graceMs: whole(0, MAX_MS),
    },
  ],
};

async function failureOf(making: Promise<unknown>, given: unknown): Promise<MsdkError> {
  const outcome = await making.then(
    () => assert.fail(`it was taken: ${JSON.stringify(given) ?? String(given)}`),
    (error: unknown) => error,
  );
  if (!isMsdkError(outcome)) assert.fail(`rejected with ${String(outcome)}`);
  return outcome;
}

for (const [maker, [make, table]] of Object.entries(makers)) {
  describe(`a wrong option of ${maker}`, () => {
    for (const [option, wrongs] of Object.entries(table)) {
      test(option, async () => {
        for (const { values, field = option, allowed } of wrongs) {
          for (const value of values) {
            const options = { ...USUAL, upstream: UPSTREAM, [option]: value };
            const error = await failureOf(make(options as never), value);
            assert.deepEqual([error.kind, error.field], ["config", field], JSON.stringify(value));
            assert.match(error.allowed ?? "", allowed);
            assert.equal(error.message.startsWith(`${field}: `), true, error.message);
            assertNoMarker({ value: MARK, key: KEY }, option, error);
          }
        }
      });
    }

    test("is all of them, where there is no object", async () => {
      for (const value of [undefined, null, MARK, 5]) {
        const error = await failureOf(make(value as never), value);
        assert.equal(error.kind, "config");
      }
    });
  });
}

describe("right options", () => {
  const right: Partial<Record<keyof ProxyOptions, readonly unknown[]>> = {
    upstream: [
      ...Object.values(Environment),
      "https://itop.example:8443/a/",
      "http://[::1]:80",
      "http://localhost",
    ],
    gameId: ["12", 12, "game-1"],
    allowedOrigins: [[], ["https://game.example", "http://localhost:5173", "https://xn--bcher-kva.example"]],
    allowedFetchSites: [[], ["same-origin", "same-site", "cross-site"]],
    allowedHeaders: [[], ["Authorization", "x-own"]],
    trustedProxies: [[], ["10.0.0.0/8", "192.0.2.1", "::/0", "fd00::/8", "::ffff:10.0.0.0/104"]],
    limits: [{}, { player: false, address: false }, { player: { calls: 1, windowMs: 1 } }],
    extraQuery: [[], ["cgsource", "a.b_c~d-e"]],
    forwardHeaders: [[], ["traceparent", "X-Request-Id", "authorization"]],
    basePath: ["", "/msdk", "/a/b.c~d-e_f"],
    maxQueued: [0, 100_000],
    timeoutMs: [1, MAX_MS],
    logger: [{}, console],
  };
  for (const [option, values] of Object.entries(right)) {
    test(`${option}, and nothing said of those that have a default`, async () => {
      for (const value of values ?? []) {
        await createProxy({ ...USUAL, upstream: UPSTREAM, [option]: value } as ProxyOptions);
      }
      if (!["upstream", "gameId", "allowedOrigins"].includes(option)) {
        await createProxy({ ...USUAL, upstream: UPSTREAM, [option]: undefined } as ProxyOptions);
      }
    });
  }
});

/**
 * One object may serve several of the three, so an option that one does not know is passed over, as createClient does. TypeScript
 * refuses a misspelled one, and so does the command, whose settings are not typed. What a misspelling leaves is the default.
 */
describe("an option that nobody knows", () => {
  test("is passed over, and is a mistake to TypeScript", async () => {
    const handler = await createProxy({
      ...USUAL,
      upstream: UPSTREAM,
      // @ts-expect-error: it is allowMissingOrigin
      allowMissingOrigins: true,
    });
    const answer = await answerOf(await handler(requestOf({ headers: { origin: undefined } })));
    assert.equal(answer.status, 403, "the default is the strict one");
    await createSignEndpoint({ ...USUAL, ...{ upstream: UPSTREAM, port: 0 } });
  });

  test("in place of one that has to be there is missed by its right name", async () => {
    for (const option of ["gameId", "keys", "allowedOrigins", "authorize", "upstream"]) {
      const all = { ...USUAL, upstream: UPSTREAM } as Record<string, unknown>;
      const options = { ...all, [option]: undefined, [`${option}s`]: all[option] };
      const error = await failureOf(createProxy(options as never), option);
      assert.deepEqual([error.kind, error.field], ["config", option]);
    }
  });
});
