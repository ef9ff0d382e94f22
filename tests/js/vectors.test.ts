// Every known answer of tests/vectors, against the reference twin and, through its public API, against the package.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { before, describe, test } from "node:test";
import {
  avatarSize,
  avatarSrcset,
  avatarUrl,
  Channel,
  canonicalRequest,
  endpoints,
  init,
  isMsdkError,
  keySigner,
  type MsdkError,
  maskGender,
  packArkExtra,
  parseFriendList,
  sign,
} from "msdk-friends";
import { callEndpoint, capturedClient, goodInput } from "../twin/captured.ts";
import * as twin from "../twin/index.ts";

const directory = new URL("../vectors/", import.meta.url);

function load<Vectors>(file: string): Vectors {
  return JSON.parse(readFileSync(new URL(file, directory), "utf8"));
}

/** The cases of a file; the count keeps a file that was cut short from passing. */
function cases<Case>(file: string, count: number): Case[] {
  const vectors = load<{ cases: Case[] }>(file);
  assert.equal(vectors.cases.length, count, file);
  return vectors.cases;
}

const CHANNELS: Record<string, number> = {
  wechat: Channel.WeChat,
  qq: Channel.QQ,
  facebook: Channel.Facebook,
};

function channelOf(name: string): number {
  const id = CHANNELS[name];
  assert.ok(id !== undefined, `channel ${name}`);
  return id;
}

/** The error of a call or function that has to fail. */
async function failure(run: () => unknown): Promise<MsdkError> {
  let result: unknown;
  try {
    result = await run();
  } catch (error) {
    assert.ok(isMsdkError(error), `not an MsdkError: ${error}`);
    return error;
  }
  assert.fail(`no error, but ${JSON.stringify(result)}`);
}

function twinFailure(run: () => unknown): twin.TwinError {
  let result: unknown;
  try {
    result = run();
  } catch (error) {
    assert.ok(error instanceof twin.TwinError, String(error));
    return error;
  }
  assert.fail(`no error, but ${JSON.stringify(result)}`);
}

const ENDPOINT_NAMES = Object.keys(twin.ENDPOINTS) as twin.EndpointName[];

/** The twin's reader of an endpoint's answers. */
const READERS: Record<twin.EndpointName, (bytes: Uint8Array, channel: number, status?: number) => unknown> = {
  friend_list: (bytes, channel, status) => twin.readFriendList(bytes, channel, false, status),
  recall_friends_list: (bytes, _, status) => twin.readRecallFriendsList(bytes, status),
  get_sopenid: (bytes, _, status) => twin.readSopenid(bytes, status),
  share: (bytes, _, status) => twin.readReceipt(bytes, status),
  ark_share: (bytes, _, status) => twin.readReceipt(bytes, status),
};

const encode = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

before(() => init());

test("no vector file is left out", () => {
  const tested = [
    "ark-extra.json",
    "avatar-fit.json",
    "avatar.json",
    "channels.json",
    "errors.json",
    "gender.json",
    "requests.json",
    "responses.json",
    "signing.json",
    "statuses.json",
  ];
  assert.deepEqual(readdirSync(directory).sort(), tested);
});

describe("signing.json", () => {
  interface Case {
    name: string;
    path: string;
    params: Record<string, string>;
    body: string;
    sigKey: string;
    canonicalQuery: string;
    sig: string;
  }
  const all = cases<Case>("signing.json", 10);

  for (const { name, path, params, body, sigKey, canonicalQuery, sig } of all) {
    test(`twin: ${name}`, () => {
      assert.equal(twin.canonicalQuery(params), canonicalQuery);
      assert.equal(twin.sign(path, canonicalQuery, body, sigKey), sig);
    });

    test(`package: ${name}`, () => {
      const shuffled = Object.fromEntries(Object.entries(params).reverse());
      for (const query of [params, shuffled]) {
        const canonical = canonicalRequest({ path, query, body });
        assert.deepEqual(canonical, { canonicalQuery, text: `${path}?${canonicalQuery}${body}` });
        assert.equal(sign({ path, query, body, key: sigKey }), sig);
      }
    });

    test(`keySigner alone: ${name}`, async () => {
      const { signal } = new AbortController();
      assert.equal(await keySigner(sigKey).sign({ path, canonicalQuery, body }, { signal }), sig);
    });
  }

  // A client always sends the fixed parameters, and builds its body itself; the rest is not expressible through one.
  const FIXED = ["channelid", "conn", "gameid", "os", "seq", "source", "ts", "version"];
  const expressible = all.filter(({ params }) => FIXED.every((name) => name in params));
  let exact = 0;

  for (const { name, path, params, body, sigKey, canonicalQuery, sig } of expressible) {
    test(`client: ${name}`, async () => {
      const { channelid, conn, gameid, os, seq, source, ts, version, ...extraQuery } = params;
      const channel = Number(channelid);
      const { client, sent } = await capturedClient({
        channel,
        gameId: gameid as string,
        os: Number(os) as 1,
        source: source as string,
        version: version as string,
        conn: conn as string,
        extraQuery,
        now: () => Number(ts) * 1000 + 999,
        signer: keySigner(sigKey),
      });
      const endpoint = ENDPOINT_NAMES.find((one) => twin.ENDPOINTS[one].path === path);
      assert.ok(endpoint);
      const { openid = "10001", token = "T0" } = JSON.parse(body || "{}") as {
        openid?: string;
        token?: string;
      };
      const input = { ...goodInput(endpoint, channel), openid, token };
      await callEndpoint(client, endpoint, input, { seq });

      const [request] = sent;
      assert.ok(request);
      assert.equal(request.url.pathname, path);
      const expected = twin.sign(path, canonicalQuery, request.body, sigKey);
      assert.equal(request.url.search, `?${canonicalQuery}&sig=${expected}`);
      if (request.body === body) {
        exact++;
        assert.equal(expected, sig);
      }
    });
  }

  test("client: as many cases as can be expressed were", () => {
    assert.equal(expressible.length, 8);
    assert.equal(exact, 4, "bodies that came out byte for byte as in the vector");
  });
});

describe("requests.json", () => {
  interface Case {
    name: string;
    endpoint: twin.EndpointName;
    channel: string;
    input: Record<string, unknown>;
    body?: Record<string, unknown>;
    error?: string;
    field?: string;
  }

  for (const { name, endpoint, channel, input, body, error, field } of cases<Case>("requests.json", 18)) {
    test(`twin: ${name}`, () => {
      const prepared = twin.prepare(endpoint, channelOf(channel), input);
      if (body) assert.deepEqual(prepared, { body });
      else assert.equal("faults" in prepared && prepared.faults[0], field);
    });

    test(`package: ${name}`, async () => {
      const { client, sent } = await capturedClient({ channel: channelOf(channel) });
      if (body) {
        await callEndpoint(client, endpoint, input);
        assert.equal(sent.length, 1);
        assert.deepEqual(JSON.parse(sent[0]?.body ?? ""), body);
        return;
      }
      const thrown = await failure(() => callEndpoint(client, endpoint, input));
      assert.equal(thrown.kind, error);
      assert.equal(thrown.field, field);
      assert.equal(thrown.endpoint, endpoint);
      assert.equal(thrown.attempts, 0);
      assert.equal(thrown.maybeSent, false);
      assert.equal(thrown.retryable, false);
      assert.ok(thrown.allowed, "says what is allowed");
      assert.match(thrown.message, new RegExp(`^${field}: `));
      assert.ok(thrown.message.includes(thrown.allowed), thrown.message);
      assert.deepEqual(sent, [], "nothing was sent");
    });
  }
});

describe("responses.json", () => {
  interface Case {
    name: string;
    endpoint: twin.EndpointName;
    channel: string;
    response: unknown;
    expected: unknown;
  }
  const all = cases<Case>("responses.json", 18);

  test("every endpoint has a case", () => {
    assert.deepEqual(new Set(all.map(({ endpoint }) => endpoint)), new Set(ENDPOINT_NAMES));
  });

  for (const { name, endpoint, channel, response, expected } of all) {
    const bytes = encode(response);

    test(`twin: ${name}`, () => {
      assert.deepEqual(READERS[endpoint](bytes, channelOf(channel)), expected);
    });

    test(`package: ${name}`, async () => {
      const { client, sent } = await capturedClient({ channel: channelOf(channel) }, bytes);
      const result = await callEndpoint(client, endpoint, goodInput(endpoint, channelOf(channel)));
      assert.deepEqual(result, expected);
      assert.equal(sent.length, 1);
    });

    if (endpoint === "friend_list") {
      test(`parseFriendList: ${name}`, () => {
        assert.deepEqual(parseFriendList(bytes, { channel: channelOf(channel) }), expected);
        assert.deepEqual(
          parseFriendList(JSON.stringify(response), { channel: channelOf(channel) }),
          expected,
        );
      });
    }
  }
});

describe("errors.json", () => {
  interface Case {
    channel: string;
    ret: number;
    msg: string;
    kind: string;
    retryable: boolean;
    platformCode?: number;
  }

  for (const { channel: name, ret, msg, kind, retryable, platformCode } of cases<Case>("errors.json", 20)) {
    const channel = channelOf(name);
    const bytes = encode({ ret, msg, seq: "s-1" });

    for (const endpoint of ENDPOINT_NAMES) {
      if (
        twin.ENDPOINTS[endpoint].channels.length > 0 &&
        !twin.ENDPOINTS[endpoint].channels.includes(channel)
      ) {
        continue;
      }

      test(`twin: ${endpoint}, ${ret}, ${msg}`, () => {
        const error = twinFailure(() => READERS[endpoint](bytes, channel));
        assert.equal(error.kind, kind);
        assert.equal(error.retryable, retryable);
        assert.deepEqual(error.fields, {
          ret,
          msg,
          ...(platformCode !== undefined && { platformCode }),
          seq: "s-1",
        });
      });

      // Whatever the HTTP status is: a ret that is not 0 wins.
      for (const status of [200, 503]) {
        test(`package: ${endpoint}, ${ret}, ${msg}, HTTP ${status}`, async () => {
          const { client, sent } = await capturedClient({ channel }, bytes, status);
          const error = await failure(() => callEndpoint(client, endpoint, goodInput(endpoint, channel)));
          assert.equal(error.kind, kind);
          assert.equal(error.retryable, retryable);
          assert.equal(error.ret, ret);
          assert.equal(error.msg, msg);
          assert.equal(error.platformCode, platformCode);
          assert.equal(error.seq, "s-1");
          assert.equal(error.status, status);
          assert.equal(error.endpoint, endpoint);
          assert.equal(error.attempts, 1);
          assert.equal(sent.length, 1);
          assert.ok(error.message.includes(String(ret)), error.message);
        });
      }
    }

    test(`parseFriendList: ${ret}, ${msg}`, async () => {
      const error = await failure(() => parseFriendList(bytes, { channel }));
      const {
        kind: itsKind,
        retryable: its,
        ret: itsRet,
        msg: itsMsg,
        platformCode: itsCode,
        endpoint,
      } = error;
      assert.deepEqual([itsKind, its, itsRet, itsMsg, itsCode], [kind, retryable, ret, msg, platformCode]);
      assert.equal(endpoint, undefined, "absent for pure functions");
    });
  }

  test("repeated as often as retryable says, where the endpoint allows it", async () => {
    for (const { channel: name, ret, msg, retryable } of cases<Case>("errors.json", 20)) {
      const channel = channelOf(name);
      for (const endpoint of ["friend_list", "share"] as const) {
        if (endpoint === "share" && channel !== Channel.QQ) continue;
        const { client, sent } = await capturedClient({ channel, maxRetries: 1 }, encode({ ret, msg }));
        await failure(() => callEndpoint(client, endpoint, goodInput(endpoint, channel)));
        assert.equal(
          sent.length,
          retryable && endpoint === "friend_list" ? 2 : 1,
          `${endpoint}, ${ret}, ${msg}`,
        );
      }
    }
  });
});

describe("statuses.json", () => {
  interface Case {
    status: number;
    kind: string;
    retryable: boolean;
  }
  const bodies = ["", "<html>", '{"ret":0}', '{"ret":0,"lists":7}', "{", "[]"];

  for (const { status, kind, retryable } of cases<Case>("statuses.json", 36)) {
    test(`twin: ${status}`, () => {
      for (const body of bodies) {
        const error = twinFailure(() =>
          twin.readFriendList(new TextEncoder().encode(body), 1, false, status),
        );
        assert.deepEqual([error.kind, error.retryable], [kind, retryable], body);
      }
    });

    test(`package: ${status}`, async () => {
      for (const body of bodies) {
        const { client } = await capturedClient({ channel: Channel.WeChat }, body, status);
        const error = await failure(() => client.friendList({ openid: "12345678", token: "t-1234567" }));
        assert.deepEqual([error.kind, error.retryable, error.status], [kind, retryable, status], body);
        assert.equal(error.ret, undefined);
        assert.match(error.message, new RegExp(`\\b${status}\\b`));
      }
    });
  }

  test("200 to 299 are read like 200", async () => {
    for (const status of [200, 201, 202, 206, 226, 299]) {
      const { client } = await capturedClient({ channel: Channel.WeChat }, '{"ret":0}', status);
      const list = await client.friendList({ openid: "12345678", token: "t-1234567" });
      assert.deepEqual(list, { friends: [], degraded: false });
    }
  });
});

describe("avatar.json", () => {
  interface Case {
    channel: string;
    pictureUrl: string;
    size: number;
    expected: string | null;
  }

  for (const { channel: name, pictureUrl, size, expected } of cases<Case>("avatar.json", 9)) {
    const channel = channelOf(name);
    const title = `${name}, ${size}, ${pictureUrl}`;
    const wanted = expected ?? undefined;

    test(`twin: ${title}`, () => {
      assert.equal(twin.avatarUrl(channel, pictureUrl, { size }), wanted);
    });

    test(`package: ${title}`, async () => {
      assert.equal(avatarUrl(channel, pictureUrl, { size }), wanted);
      const own = await capturedClient({ channel });
      assert.equal(own.client.avatarUrl(pictureUrl, { size }), wanted);
      const other = await capturedClient({ channel: Channel.Facebook });
      assert.equal(other.client.avatarUrl(pictureUrl, { size, channel }), wanted);
    });
  }

  test("a size of no channel is refused with those there are", async () => {
    for (const [channel, sizes] of [
      [Channel.WeChat, "0, 46, 64, 96, 132"],
      [Channel.QQ, "40, 100"],
    ] as const) {
      const url = "https://wx.qlogo.cn/a";
      for (const size of [-1, 1, 39.5, 41, 640, Number.NaN, Number.POSITIVE_INFINITY]) {
        const error = await failure(() => avatarUrl(channel, url, { size }));
        assert.deepEqual([error.kind, error.field], ["request", "size"], String(size));
        assert.ok(error.allowed?.includes(sizes), error.allowed);
        assert.equal(twinFailure(() => twin.avatarUrl(channel, url, { size })).fields.field, "size");
      }
    }
  });
});

describe("avatar-fit.json", () => {
  interface Case {
    channel: string;
    cssPixels: number;
    devicePixelRatio: number;
    expected: number;
  }

  for (const { channel: name, cssPixels, devicePixelRatio, expected } of cases<Case>("avatar-fit.json", 12)) {
    const channel = channelOf(name);
    const title = `${name}, ${cssPixels} x ${devicePixelRatio}`;
    const url = "https://wx.qlogo.cn/a";

    test(`twin: ${title}`, () => {
      assert.equal(twin.avatarSize(channel, cssPixels, devicePixelRatio), expected);
      assert.equal(twin.avatarUrl(channel, url, { cssPixels, devicePixelRatio }), `${url}/${expected}`);
    });

    test(`package: ${title}`, async () => {
      assert.equal(avatarSize(channel, cssPixels, devicePixelRatio), expected);
      assert.equal(avatarUrl(channel, url, { cssPixels, devicePixelRatio }), `${url}/${expected}`);
      const { client } = await capturedClient({ channel });
      assert.equal(client.avatarUrl(url, { cssPixels, devicePixelRatio }), `${url}/${expected}`);
      if (devicePixelRatio === 1) {
        assert.equal(avatarSize(channel, cssPixels), expected);
        assert.equal(avatarUrl(channel, url, { cssPixels }), `${url}/${expected}`);
      }
    });
  }
});

describe("gender.json", () => {
  interface Case {
    channel: number;
    gender: number;
    expected: number;
  }
  const all = cases<Case>("gender.json", 68);

  test("twin", () => {
    for (const { channel, gender, expected } of all) {
      assert.equal(twin.maskGender(channel, gender), expected, `${channel}, ${gender}`);
    }
  });

  test("package", () => {
    for (const { channel, gender, expected } of all) {
      assert.equal(maskGender(channel, gender), expected, `${channel}, ${gender}`);
      const answer = JSON.stringify({ ret: 0, lists: [{ openid: "1", gender }] });
      assert.equal(
        parseFriendList(answer, { channel }).friends[0]?.gender,
        expected,
        `${channel}, ${gender}, parsed`,
      );
    }
  });

  test("package, of a bound channel: the queried channel's rules", async () => {
    for (const { channel: subChannelId, gender, expected } of all) {
      const answer = encode({ ret: 0, lists: [{ openid: "1", gender }] });
      const { client } = await capturedClient({ channel: Channel.WeChat }, answer);
      const { friends } = await client.friendList({ openid: "12345678", token: "t-1234567", subChannelId });
      assert.equal(friends[0]?.gender, expected, `${subChannelId}, ${gender}`);
    }
  });
});

describe("ark-extra.json", () => {
  interface Case {
    name: string;
    input: string;
    extra: string;
  }

  for (const { name, input, extra } of cases<Case>("ark-extra.json", 5)) {
    test(`twin: ${name}`, () => {
      assert.equal(twin.packArkExtra(input), extra);
    });

    test(`package: ${name}`, async () => {
      assert.equal(packArkExtra(input), extra);
      assert.equal(packArkExtra(`\uFEFF${input}`), extra, "with a byte order mark");
      const { client, sent } = await capturedClient({ channel: Channel.QQ });
      await client.arkShare({ openid: "12345678", token: "t-1234567", fopenid: "87654321", extra: input });
      const body = JSON.parse(sent[0]?.body ?? "");
      assert.deepEqual(body, { openid: "12345678", token: "t-1234567", fopenid: "87654321", extra });
    });

    test(`package, as an object: ${name}`, async () => {
      const template = JSON.parse(decodeURIComponent(extra)) as object;
      assert.equal(packArkExtra(template), extra);
      const { client, sent } = await capturedClient({ channel: Channel.QQ });
      await client.arkShare({
        openid: "12345678",
        token: "t-1234567",
        sopenid: "so-7654321",
        extra: template,
      });
      assert.equal(JSON.parse(sent[0]?.body ?? "").extra, extra);
    });
  }
});

describe("channels.json", () => {
  interface Case {
    name: string;
    id: number;
    avatarSizes: number[];
    gender: "shown" | "masked";
  }
  const all = cases<Case>("channels.json", 16);
  const { unknownIds } = load<{ unknownIds: number[] }>("channels.json");

  test("Channel holds these ids and no other", () => {
    assert.deepEqual(Channel, Object.fromEntries(all.map(({ name, id }) => [name, id])));
  });

  const unknown = unknownIds.map((id): Case => ({ name: "unknown", id, avatarSizes: [], gender: "masked" }));
  assert.equal(unknown.length, 8);

  for (const { name, id, avatarSizes, gender } of [...all, ...unknown]) {
    test(`${name}, ${id}: gender`, () => {
      for (const arrives of [0, 1, 2, 3, -1, 1.5, Number.NaN]) {
        const seen = gender === "shown" && (arrives === 1 || arrives === 2) ? arrives : 0;
        assert.equal(twin.maskGender(id, arrives), seen);
        assert.equal(maskGender(id, arrives), seen);
      }
    });

    test(`${name}, ${id}: avatar sizes`, async () => {
      const url = "https://wx.qlogo.cn/a/b";
      assert.deepEqual(twin.avatarSizes(id), avatarSizes);
      for (const size of avatarSizes) assert.equal(avatarUrl(id, url, { size }), `${url}/${size}`);
      const widths = avatarSizes.filter((size) => size > 0);
      const srcset = widths.map((size) => `${url}/${size} ${size}w`).join(", ") || undefined;
      assert.equal(avatarSrcset(id, url), srcset);
      assert.equal(twin.avatarSrcset(id, url), srcset);
      if (avatarSizes.length > 0) return;
      assert.equal((await failure(() => avatarSize(id, 40))).field, "channel");
      assert.equal(twinFailure(() => twin.avatarSize(id, 40)).fields.field, "channel");
    });

    test(`${name}, ${id}: a client takes it`, async () => {
      const { client, sent } = await capturedClient({ channel: id });
      await client.friendList({ openid: "12345678", token: "t-1234567" });
      assert.equal(sent[0]?.url.searchParams.get("channelid"), String(id));
    });
  }
});

test("endpoints() and the twin know the same ones", () => {
  const known = endpoints().map(({ name, path, idempotent, channels }) => [
    name,
    { path, idempotent, channels: [...channels].sort() },
  ]);
  assert.deepEqual(Object.fromEntries(known), twin.ENDPOINTS);
});
