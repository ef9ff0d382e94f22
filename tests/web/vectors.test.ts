// The known answers of tests/vectors through the Rust client in a page: what is sent, over a real connection, and what is
// made of what comes back.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import {
  arkCases,
  avatarCases,
  channelCases,
  errorCases,
  fitCases,
  genderCases,
  PLATFORMS,
  requestCases,
  responseCases,
  signingCases,
  statusCases,
  unknownChannels,
} from "../hosts/program/cases.ts";
import { sigOf } from "../js/support/sandbox-client.ts";
import { withBackend } from "./support/backend.ts";
import { type Both, comparable, type Endpoint, type Options, openBoth, type Rust } from "./support/page.ts";

/** In the page. */
declare const rust: Rust;

const KEY = "a-fake-key-1";
const player = { openid: "9007199254740993111", token: "a-token-51c2" };
const receiver = { fopenid: "9007199254740993222" };

/** An input that passes on the channel. */
const goodInputs: Record<Endpoint, (channel: number) => object> = {
  friend_list: () => player,
  get_sopenid: () => player,
  recall_friends_list: (channel) => ({ ...player, ...(channel === 2 ? { count: 20 } : { taskId: 0 }) }),
  share: () => ({ ...player, ...receiver, gameTag: "MSG_INVITE" }),
  ark_share: () => ({ ...player, ...receiver, extra: { app: "a b" } }),
};

let both: Both;
before(async () => {
  both = await openBoth();
});
after(() => both?.close());

const optionsFor = (baseUrl: string, channel: number): Options => ({
  baseUrl,
  channel,
  gameId: "12",
  key: KEY,
  maxRetries: 0,
});

describe("requests", () => {
  for (const { endpoint, channel, input, body, error, field } of requestCases) {
    const what = JSON.stringify({ endpoint, channel, ...input }).slice(0, 150);
    it(`${body ? "sends" : "refuses"} ${what}`, () =>
      withBackend(
        () => ({ body: JSON.stringify({ ret: 0, sopenid: "s" }) }),
        async (url, received) => {
          const options = optionsFor(url, PLATFORMS[channel]);
          const outcome = await both.ask("rust", options, endpoint, input);
          if (!body) {
            assert.equal(received().length, 0);
            // What the types exclude is refused before it is a request.
            if (outcome.unrepresentable) return assert.equal(error, "request");
            const told = outcome.error;
            assert.deepEqual([told?.kind, told?.field, told?.attempts], [error, field, 0]);
            return;
          }
          assert.equal(outcome.error, undefined);
          await both.ask("typescript", options, endpoint, input);
          const [sent, byTypeScript] = received();
          assert.equal(received().length, 2);
          assert.deepEqual(JSON.parse(sent?.body ?? ""), body);
          // Byte for byte what the TypeScript client sends, which the vectors bind too.
          assert.equal(sent?.body, byTypeScript?.body);
          assert.equal(sent?.req.headers["content-type"], "application/json");
          assertSigned(sent?.target ?? "", sent?.body ?? "");
        },
      ));
  }

  it("only what no type can hold was left out", async () => {
    const excluded = [];
    for (const { endpoint, channel, input } of requestCases) {
      const options = optionsFor("http://127.0.0.1:9", PLATFORMS[channel]);
      const { unrepresentable } = await both.ask("rust", { ...options, timeoutMs: 1 }, endpoint, input);
      if (unrepresentable) excluded.push(input);
    }
    const hasOne = (input: object, names: string[]) => names.filter((name) => name in input).length === 1;
    for (const input of excluded) {
      const { openid } = input as { openid: unknown };
      const isWhole = hasOne(input, ["fopenid", "sopenid"]) || hasOne(input, ["taskId", "count"]);
      assert.equal(typeof openid === "string" && isWhole, false, JSON.stringify(input));
    }
    assert.equal(excluded.length, 4);
  });
});

/** The sig at the end of the query is that of everything in front of it. */
function assertSigned(target: string, body: string): void {
  const [path, query = ""] = target.split("?");
  const pairs = query.split("&");
  const sig = pairs.pop();
  assert.equal(sig, `sig=${sigOf(path ?? "", pairs, body, KEY)}`);
  assert.deepEqual(pairs, [...pairs].sort());
}

describe("responses", () => {
  for (const [index, { endpoint, channel, response, expected }] of responseCases.entries()) {
    it(`${endpoint} on ${channel}, ${index + 1}`, () =>
      withBackend(
        () => ({ body: JSON.stringify(response) }),
        async (url) => {
          const id = PLATFORMS[channel];
          const { value } = await both.ask("rust", optionsFor(url, id), endpoint, goodInputs[endpoint](id));
          assert.deepEqual(value, expected);
        },
      ));
  }
});

describe("errors", () => {
  for (const { channel, ret, msg, kind, retryable, platformCode } of errorCases) {
    for (const status of [200, 503]) {
      it(`ret ${ret}, ${JSON.stringify(msg)}, status ${status}`, () =>
        withBackend(
          () => ({ status, body: JSON.stringify({ ret, msg, seq: "s-1" }) }),
          async (url) => {
            const { error } = await both.ask(
              "rust",
              optionsFor(url, PLATFORMS[channel]),
              "friend_list",
              player,
            );
            const expected = { kind, retryable, ret, msg, seq: "s-1", status, platformCode };
            const told = Object.fromEntries(Object.keys(expected).map((name) => [name, error?.[name]]));
            assert.deepEqual(told, expected);
          },
        ));
    }
  }
});

/** What Chromium keeps to itself: a proxy's question, which no server may ask. */
const KEPT_BACK = [407];

describe("statuses", () => {
  for (const { status, kind, retryable } of statusCases) {
    it(`${status}: ${kind}`, async () => {
      for (const body of ["", "<html>", '{"ret":0}', "{"]) {
        await withBackend(
          () => ({ status, body, headers: { location: "/elsewhere" } }),
          async (url, received) => {
            const options = optionsFor(url, PLATFORMS.wechat);
            const outcome = await both.ask("rust", options, "friend_list", player);
            assert.equal(received().length, 1);
            const byTypeScript = await both.ask("typescript", options, "friend_list", player);
            assert.deepEqual(comparable(outcome), comparable(byTypeScript));
            if (KEPT_BACK.includes(status)) return assert.equal(outcome.error?.kind, "network");
            assert.equal(outcome.error?.kind, kind);
            assert.equal(outcome.error?.retryable, retryable);
            // Chromium hides which redirect it was.
            const isHidden = [301, 302, 303, 307, 308].includes(status);
            assert.equal(outcome.error?.status, isHidden ? 0 : status);
          },
        );
      }
    });
  }
});

describe("signing", () => {
  for (const [index, { path, params, body, sigKey, canonicalQuery, sig }] of signingCases.entries()) {
    it(`the core in the page, ${index + 1}`, async () => {
      const given: Parameters<Rust["sig"]> = [path, canonicalQuery, body, sigKey];
      assert.equal(await both.page.evaluate((given) => rust.sig(...given), given), sig);
    });

    // The others have bodies that no client writes.
    const isAClients = path === "/v2/friend/friend_list" && body !== "" && "source" in params;
    if (isAClients) it(`on the wire, ${index + 1}`, () => onTheWire());

    const onTheWire = () =>
      withBackend(
        () => ({ body: '{"ret":0}' }),
        async (url, received) => {
          const { channelid, gameid = "", os, source = "", version = "", conn = "", seq = "", ts } = params;
          const options: Options = {
            ...{ baseUrl: url, channel: Number(channelid), gameId: gameid, os: Number(os), key: sigKey },
            ...{ source, version, conn, timeoutMs: 5000, totalTimeoutMs: 5000 },
          };
          // As a text: what TypeScript compiles is not at home in a page.
          await both.page.evaluate(`reallyNow = Date.now; Date.now = () => ${ts}000`);
          const outcome = await both.ask("rust", options, "friend_list", JSON.parse(body), { seq });
          await both.page.evaluate("Date.now = reallyNow");
          assert.equal(outcome.error, undefined);
          assert.equal(received()[0]?.target, `${path}?${canonicalQuery}&sig=${sig}`);
          assert.equal(received()[0]?.body, body);
        },
      );
  }
});

describe("pure functions of the core in the page", () => {
  it("avatars", async () => {
    for (const { channel, pictureUrl, size, expected } of avatarCases) {
      const given = [PLATFORMS[channel], pictureUrl, size] as const;
      const url = await both.page.evaluate((given) => rust.avatarUrl(...given), given);
      assert.equal(url ?? null, expected, JSON.stringify(given));
    }
    for (const { channel, cssPixels, devicePixelRatio, expected } of fitCases) {
      const given = [PLATFORMS[channel], cssPixels, devicePixelRatio] as const;
      assert.equal(await both.page.evaluate((given) => rust.avatarSize(...given), given), expected);
    }
  });

  it("genders", async () => {
    for (const { channel, gender, expected } of genderCases) {
      const given = [channel, gender] as const;
      assert.equal(await both.page.evaluate((given) => rust.maskGender(...given), given), expected);
    }
  });

  it("ARK templates", async () => {
    for (const { input, extra } of arkCases) {
      assert.equal(await both.page.evaluate((input) => rust.packArkExtra(input), input), extra);
    }
  });

  it("channels", async () => {
    const known = channelCases.map(({ id, avatarSizes, gender }) => [id, avatarSizes, gender === "masked"]);
    const unknown = unknownChannels.map((id) => [id, [], true]);
    for (const [id, ...expected] of [...known, ...unknown] as [number, number[], boolean][]) {
      const found = await both.page.evaluate(
        (id) => [Array.from(rust.avatarSizes(id)), rust.masksGender(id)],
        id,
      );
      assert.deepEqual(found, expected, `${id}`);
    }
  });
});
