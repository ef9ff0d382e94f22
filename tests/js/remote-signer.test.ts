// remoteSigner: a backend of the game's own signs, over the client's transport.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  Channel,
  Environment,
  keySigner,
  remoteSigner,
  type SignedOptions,
  type SignInput,
} from "msdk-friends";
import { thrown } from "./support/bad-arguments.ts";
import {
  BACKEND,
  callOf,
  clientFor,
  ENDPOINTS,
  failureOf,
  optionsFor,
  outcomeOf,
  player,
} from "./support/client-calls.ts";
import { assertNoMarker } from "./support/client-leaks.ts";
import { good, type ReceivedRequest, scriptedFetch, status, withServer } from "./support/client-servers.ts";
import { entryInWorld } from "./support/in-world.ts";
import { markers, refused, SIG, SIGN, sigFor, signs, signsFor, twoServers } from "./support/remote-signer.ts";
import { KEY, PATHS, withSandbox } from "./support/sandbox-client.ts";

describe("remoteSigner(url)", () => {
  it("has the backend's own key sign every call, which the sandbox accepts", () =>
    withSandbox({}, (sandbox) =>
      withServer(signs, async ({ url, received }) => {
        const client = await clientFor(sandbox.url, { signer: remoteSigner(`${url}/sign`) });
        for (const endpoint of ENDPOINTS) {
          await callOf[endpoint](client);
          const { req, target, body } = received.at(-1) as ReceivedRequest;
          const input = JSON.parse(body) as SignInput;
          assert.deepEqual([req.method, target], ["POST", "/sign"]);
          assert.equal(req.headers["content-type"], "application/json");
          assert.deepEqual(Object.keys(input), ["path", "canonicalQuery", "body"]);
          const sent = sandbox.requests.at(-1);
          assert.deepEqual([input.path, sent?.ret], [PATHS[endpoint], 0]);
          assert.equal(sent?.query.replace(/^\?/, ""), `${input.canonicalQuery}&sig=${sigFor(input)}`);
        }
        assert.equal(received.length, ENDPOINTS.length);
      }),
    ));

  it("goes through the client's own fetch, with its credentials, and follows no redirect", async () => {
    const { fetch, signed, sent } = twoServers(signsFor);
    const client = await clientFor(BACKEND, { fetch, credentials: "include", signer: remoteSigner(SIGN) });
    await client.friendList(player);
    for (const { init } of [...signed, ...sent]) {
      assert.deepEqual([init.method, init.credentials, init.redirect], ["POST", "include", "manual"]);
    }
    assert.deepEqual([signed.length, sent.length], [1, 1]);
    const bare = twoServers(signsFor);
    await (await clientFor(BACKEND, { fetch: bare.fetch, signer: remoteSigner(SIGN) })).friendList(player);
    assert.equal("credentials" in (bare.signed[0]?.init ?? {}), false);
  });

  it("sends the client's headers, asked for once an attempt, and cannot lose the content type", async () => {
    let asked = 0;
    const headers = async () => ({ authorization: `Bearer ${++asked}`, "Content-Type": "text/plain" });
    const { fetch, signed, sent } = twoServers(signsFor);
    const client = await clientFor(BACKEND, { fetch, headers, signer: remoteSigner(SIGN) });
    await client.friendList(player);
    await client.friendList(player);
    const expected = ["Bearer 1", "Bearer 2"].map((authorization) => ({
      authorization,
      "content-type": "application/json",
    }));
    for (const requests of [signed, sent])
      assert.deepEqual(
        requests.map((request) => request.headers),
        expected,
      );
  });

  it("asks for nothing when the headers are wrong, which is a config error as ever", async () => {
    const { fetch, signed } = twoServers(signsFor);
    const headers = () => ({ "a b": "c" });
    const client = await clientFor(BACKEND, { fetch, headers, signer: remoteSigner(SIGN) });
    const error = await failureOf(client.friendList(player));
    assert.deepEqual([error.kind, error.field, signed.length], ["config", "headers", 0]);
  });

  it("signs each attempt anew", async () => {
    let now = 1_000_000;
    const { fetch, signed, sent } = twoServers(
      signsFor,
      status(503, { "retry-after": "0" }),
      status(503, { "retry-after": "0" }),
      good,
    );
    const signer = remoteSigner(SIGN);
    const client = await clientFor(BACKEND, { fetch, signer, now: () => (now += 5000) });
    await client.friendList(player);
    const inputs = signed.map(({ body }) => JSON.parse(body) as SignInput);
    assert.equal(new Set(inputs.map(({ canonicalQuery }) => canonicalQuery)).size, 3);
    assert.deepEqual(
      sent.map(({ query }) => query.get("sig")),
      inputs.map(sigFor),
    );
  });

  it("takes any 2xx, either case, and other fields beside", async () => {
    const { fetch, sent } = twoServers(() =>
      Response.json({ code: 0, sig: SIG.toUpperCase() }, { status: 201 }),
    );
    const client = await clientFor(BACKEND, { fetch, signer: remoteSigner(SIGN) });
    await client.friendList(player);
    assert.equal(sent[0]?.query.get("sig"), SIG);
  });

  it("says so when a wrapper keeps from it what the client passed", async () => {
    const remote = remoteSigner(SIGN);
    const { fetch, signed, sent } = twoServers(signsFor);
    const kept = {
      sign: (input: SignInput, { signal }: { signal: AbortSignal }) => remote.sign(input, { signal }),
    };
    const error = await failureOf(
      clientFor(BACKEND, { fetch, signer: kept }).then((c) => c.friendList(player)),
    );
    assert.deepEqual(outcomeOf(error), refused);
    assert.match(error.message, /second argument/);
    const alone = { sign: (input: SignInput) => remote.sign(input, undefined as never) };
    const other = await clientFor(BACKEND, { fetch, signer: alone });
    assert.match((await failureOf(other.friendList(player))).message, /second argument/);
    const passed: SignedOptions["signer"] = { sign: (input, options) => remote.sign(input, options) };
    await (await clientFor(BACKEND, { fetch, signer: passed })).friendList(player);
    assert.deepEqual([signed.length, sent.length], [1, 1]);
  });
});

describe("the url of remoteSigner", () => {
  const bad = [
    ...[undefined, null, "", 1, {}, [], new URL(SIGN)],
    ...["http://game.example/sign", "ftp://game.example", "//game.example/sign", "game.example/sign", "sign"],
    ...["https://user:password@game.example/sign", `${SIGN}?key=${KEY}`, `${SIGN}#x`, ` ${SIGN}`, "/sign"],
    // It signs nothing.
    ...[Environment.China, `${Environment.Test}/sign`],
  ];
  for (const url of bad) {
    it(`may not be ${JSON.stringify(url) ?? "undefined"}, which is thrown at once`, () => {
      const error = thrown(() => remoteSigner(url as string));
      assert.deepEqual([error.kind, error.field, error.attempts], ["config", "url", 0]);
      assert.match(error.message, /url: expected an https URL/);
      assertNoMarker(markers, "url", error);
    });
  }

  it("may be https, or http on loopback", () => {
    for (const url of [SIGN, "https://game.example:8443", "http://localhost:1/sign", "http://127.0.0.1/a/b"])
      assert.equal(typeof remoteSigner(url).sign, "function");
  });

  it("may be a path in a page, and is fetched as it is", async () => {
    const { fetch, requests } = scriptedFetch(({ url, body }) =>
      url === "/sign" ? Response.json({ sig: sigFor(JSON.parse(body)) }) : Response.json({ ret: 0, msg: "" }),
    );
    const globals = {
      location: {},
      URL,
      TextEncoder,
      TextDecoder,
      WebAssembly,
      atob,
      setTimeout,
      clearTimeout,
    };
    const page = entryInWorld("msdk-friends/inline", { ...globals, AbortController, fetch });
    const options = {
      baseUrl: "/msdk",
      gameId: "12",
      channel: Channel.QQ,
      signer: page.remoteSigner("/sign"),
    };
    await (await page.createClient(options)).friendList(player);
    assert.deepEqual(
      requests.map(({ url }) => url.split("?")[0]),
      ["/sign", `/msdk${PATHS.friend_list}`],
    );
    assert.equal(thrown(() => page.remoteSigner("//game.example")).field, "url");
  });
});

describe("remoteSigner of a function", () => {
  it("is that function as a signer", async () => {
    const { fetch, requests } = scriptedFetch(good);
    const inputs: SignInput[] = [];
    const signer = remoteSigner(async (input, { signal }) => {
      assert.equal(signal.aborted, false);
      inputs.push(input);
      return sigFor(input);
    });
    await (await clientFor(BACKEND, { fetch, signer })).friendList(player);
    assert.deepEqual(Object.keys(inputs[0] ?? {}), ["path", "canonicalQuery", "body"]);
    assert.equal(requests[0]?.query.get("sig"), sigFor(inputs[0] as SignInput));
  });

  it("whose own errors stay its own: one message, the cause masked, never retried", async () => {
    const { fetch, requests } = scriptedFetch(good);
    const signer = remoteSigner(async ({ body }) => {
      throw new Error(body);
    });
    const error = await failureOf(clientFor(BACKEND, { fetch, signer }).then((c) => c.friendList(player)));
    assert.deepEqual([outcomeOf(error), requests.length], [refused, 0]);
    assert.match(error.message, /the signer did not return/);
    assertNoMarker(markers, "function", error);
  });

  it("that throws another client's error: the kind is signature, and nothing but the message is taken over", async () => {
    const other = await failureOf(
      clientFor(BACKEND, { fetch: scriptedFetch(status(503)).fetch, maxRetries: 0 }).then((c) =>
        c.friendList(player),
      ),
    );
    const { fetch, requests } = scriptedFetch(good);
    for (const thrown of [
      other,
      Object.assign(Object.create(other), { kind: "signature", message: "said", retryable: true }),
    ]) {
      const signer = remoteSigner(() => Promise.reject(thrown));
      const error = await failureOf(clientFor(BACKEND, { fetch, signer }).then((c) => c.friendList(player)));
      assert.deepEqual([outcomeOf(error), error.status, requests.length], [refused, undefined, 0]);
    }
  });
});

describe("remoteSigner in every entry", () => {
  for (const entry of ["msdk-friends", "msdk-friends/slim", "msdk-friends/inline", "msdk-friends/wasm2js"]) {
    it(entry, async () => {
      const of = (await import(entry)) as typeof import("msdk-friends");
      await of.init();
      const { fetch, signed, sent } = twoServers(signsFor);
      const client = await of.createClient({ ...optionsFor(BACKEND), fetch, signer: of.remoteSigner(SIGN) });
      await client.friendList(player);
      assert.deepEqual([signed.length, sent.length], [1, 1]);
    });
  }

  it("keySigner's refusal in a page leads there", () => {
    const page = entryInWorld("msdk-friends/slim", { window: {}, document: {} });
    assert.throws(() => page.keySigner(KEY), /remoteSigner\(url\)/);
    assert.equal(typeof keySigner(KEY).sign, "function");
  });
});
