// The known answers of what is read: results, errors and HTTP statuses, against the reference twin and the package.

import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { Channel, init, parseFriendList } from "msdk-friends";
import { callEndpoint, capturedClient, goodInput } from "../twin/captured.ts";
import * as twin from "../twin/index.ts";
import {
  cases,
  channelOf,
  ENDPOINT_NAMES,
  encode,
  failure,
  READERS,
  twinFailure,
} from "./support/vectors.ts";

before(() => init());

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
