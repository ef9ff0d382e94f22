import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import {
  ARK_EXTRA,
  call,
  FOPENID,
  goodQuery,
  KEY,
  now,
  OPENID,
  PATHS,
  type Spec,
  signedCall,
  sigOf,
  TOKEN,
  withSandbox,
} from "./support/sandbox-client.ts";

const PATH = PATHS.friend_list;

const refusals: Record<string, { spec: Spec; ret: number; msg: RegExp }> = {
  "a changed parameter": { spec: changed("ts=", "ts=1"), ret: 1008, msg: /changed after signing/ },
  "a changed os": {
    spec: { tamper: (all) => all.map((pair) => pair.replace("os=4", "os=9")) },
    ret: 1008,
    msg: /./,
  },
  "an added parameter": {
    spec: { tamper: (all) => [...all, "added=1"] },
    ret: 1008,
    msg: /query is added=1&channelid=2/,
  },
  "a parameter added twice": { spec: { tamper: (all) => [...all, "os=4"] }, ret: 1008, msg: /os=4&os=4/ },
  "a stray &": { spec: { tamper: (all) => [...all, ""] }, ret: 1008, msg: /./ },
  "a dropped parameter": {
    spec: { tamper: (all) => all.filter((pair) => pair !== "conn=") },
    ret: 1008,
    msg: /./,
  },
  "a dropped ts": {
    spec: { tamper: (all) => all.filter((pair) => !pair.startsWith("ts=")) },
    ret: 1008,
    msg: /./,
  },
  "a value that is encoded after signing": {
    spec: { query: { conn: "a-b" }, tamper: (all) => all.map((pair) => pair.replace("a-b", "a%2Db")) },
    ret: 1008,
    msg: /percent-decoded/,
  },
  "another key": { spec: { key: "another" }, ret: 1008, msg: /the key is another one/ },
  "no sig": {
    spec: { tamper: (all) => all.filter((pair) => !pair.startsWith("sig=")) },
    ret: 1008,
    msg: /unsigned/,
  },
  "no query": { spec: { tamper: () => [] }, ret: 1008, msg: /query is , body/ },
  "a sig in upper case": { spec: { tamper: upperCaseSig }, ret: 1008, msg: /lower-case/ },
  "a short sig": {
    spec: { tamper: (all) => all.map((p) => (p.startsWith("sig=") ? "sig=12" : p)) },
    ret: 1008,
    msg: /32/,
  },
  "two sigs": { spec: { tamper: (all) => [...all, ...all.slice(-1)] }, ret: 1008, msg: /twice/ },
  "a signed repetition": { spec: withPairs("os=4"), ret: 1007, msg: /"os" is given twice/ },
  "a signed parameter without =": { spec: withPairs("bare"), ret: 1007, msg: /name=value/ },
  "a signed empty parameter": { spec: withPairs(""), ret: 1007, msg: /name=value/ },
  "no ts": { spec: { query: { ts: undefined } }, ret: 1003, msg: /lack param: ts is missing/ },
  "no gameid": { spec: { query: { gameid: undefined } }, ret: 1003, msg: /gameid is missing/ },
  "no os": { spec: { query: { os: "" } }, ret: 1003, msg: /os is empty/ },
  "no channelid": { spec: { query: { channelid: undefined } }, ret: 1003, msg: /channelid is missing/ },
  "a bad os": { spec: { query: { os: "9" } }, ret: 1007, msg: /4 Linux/ },
  "a foreign game": { spec: { query: { gameid: "13" } }, ret: 1104, msg: /"13" is not served here.*"12"/ },
  "a bad channelid": { spec: { query: { channelid: "qq" } }, ret: 13000, msg: /"qq"/ },
  "channelid 0": { spec: { query: { channelid: "0" } }, ret: 13000, msg: /positive/ },
  "a bad source": { spec: { query: { source: "x" } }, ret: 13001, msg: /"x"/ },
  "an empty source": { spec: { query: { source: "" } }, ret: 13001, msg: /usual/ },
  "a stale ts": {
    spec: { query: { ts: String(now() - 3600) } },
    ret: 13002,
    msg: /is 36\d\d s behind, 600 s/,
  },
  "a ts from the future": { spec: { query: { ts: String(now() + 3600) } }, ret: 13002, msg: /ahead/ },
  "a ts in milliseconds": { spec: { query: { ts: String(Date.now()) } }, ret: 13002, msg: /milliseconds/ },
  "a ts that is no number": { spec: { query: { ts: "soon" } }, ret: 13002, msg: /"soon"/ },
  "a wrong path": {
    spec: { path: "/v2/friend/friends" },
    ret: 1001,
    msg: /there are \/v2\/friend\/friend_list, /,
  },
  "a path with a prefix": { spec: { path: "/msdk/v2/friend/share" }, ret: 1001, msg: /no endpoint/ },
  "a wrong method": { spec: { method: "PUT" }, ret: 1000, msg: /takes POST, not "PUT"/ },
  "a wrong content type": {
    spec: { headers: { "content-type": "text/plain" } },
    ret: 1010,
    msg: /not "text\/plain"/,
  },
  "another charset": {
    spec: { headers: { "content-type": "application/json; charset=gbk" } },
    ret: 1010,
    msg: /application\/json/,
  },
  "an unknown fault": {
    spec: { headers: { "x-sandbox-fault": "fire" } },
    ret: 1010,
    msg: /"fire".*http-500, .*none/,
  },
  "a list of faults in the header": {
    spec: { headers: { "x-sandbox-fault": "reset,none" } },
    ret: 1010,
    msg: /./,
  },
  "no body": { spec: { body: "" }, ret: 1004, msg: /empty/ },
  "a body that is no JSON": {
    spec: { body: `{"token":"${TOKEN}"` },
    ret: 1005,
    msg: /not JSON \(\d+ bytes\)/,
  },
  "a body that is an array": { spec: { body: "[]" }, ret: 1005, msg: /an array/ },
  "a body that is not UTF-8": { spec: { body: Buffer.from([0x7b, 0xff, 0x7d]) }, ret: 1005, msg: /UTF-8/ },
  "a body with a byte order mark": { spec: { body: "\ufeff{}" }, ret: 1005, msg: /byte order mark/ },
  "a body that is too long": { spec: { body: `"${"x".repeat(1024 * 1024)}"` }, ret: 1005, msg: /1048576/ },
  "no openid": { spec: { fields: { openid: undefined } }, ret: 1006, msg: /openid is missing/ },
  "an empty token": { spec: { fields: { token: "" } }, ret: 1006, msg: /token is empty/ },
  "openid as a number": { spec: { fields: { openid: 12345 } }, ret: 1009, msg: /openid is a number.*2\^53/ },
  "token as null": { spec: { fields: { token: null } }, ret: 1009, msg: /token is null/ },
  "sub_channelid as text": {
    spec: { fields: { sub_channelid: "2" } },
    ret: 1009,
    msg: /sub_channelid is a string/,
  },
  "recall on WeChat without task_id": {
    spec: recall(1, { task_id: undefined }),
    ret: 1006,
    msg: /task_id is missing/,
  },
  "recall on QQ without count": {
    spec: recall(2, { count: undefined }),
    ret: 1006,
    msg: /count is missing.*1 to 20/,
  },
  "recall of 21": { spec: recall(2, { count: 21 }), ret: 1009, msg: /1 to 20/ },
  "recall of none": { spec: recall(2, { count: 0 }), ret: 1009, msg: /1 to 20/ },
  "recall of a fraction": { spec: recall(2, { count: 1.5 }), ret: 1009, msg: /fraction/ },
  "recall on Facebook": { spec: recall(4, {}), ret: 13000, msg: /WeChat \(1\) and QQ \(2\), not for 4/ },
  "sopenid on Line": { spec: { endpoint: "get_sopenid", channel: 14 }, ret: 13000, msg: /not for 14/ },
  "share on WeChat": { spec: { endpoint: "share", channel: 1 }, ret: 13000, msg: /share is for QQ/ },
  "ark_share on WeChat": {
    spec: { endpoint: "ark_share", channel: 1 },
    ret: 13000,
    msg: /ark_share is for QQ/,
  },
  "share of a type that is no integer": { spec: share({ type: 1.5 }), ret: 1009, msg: /type is a fraction/ },
  "share without a type": { spec: share({ type: undefined }), ret: 1006, msg: /20000/ },
  "share to nobody": { spec: share({ fopenid: undefined }), ret: 1006, msg: /sopenid/ },
  "share to two": { spec: share({ sopenid: "s" }), ret: 1009, msg: /one receiver/ },
  "share without a tag": { spec: share({ game_tag: undefined }), ret: 1006, msg: /game_tag/ },
  "share with a numeric title": { spec: share({ title: 7 }), ret: 1009, msg: /title is a number/ },
  "share with channel_info as text": {
    spec: share({ channel_info: "{}" }),
    ret: 1009,
    msg: /channel_info is a string/,
  },
  "share with dst as text": {
    spec: share({ channel_info: { dst: "1001" } }),
    ret: 1009,
    msg: /dst is a string/,
  },
  "ark without extra": { spec: ark(undefined), ret: 1006, msg: /extra is missing/ },
  "ark that is not encoded": { spec: ark('{"a":1}'), ret: 1009, msg: /not percent-encoded/ },
  "ark with + for a blank": { spec: ark("%7B%22a%22%3A%22b+c%22%7D"), ret: 1009, msg: /form-encoding/ },
  "ark encoded twice": { spec: ark(encodeURIComponent(ARK_EXTRA)), ret: 1009, msg: /twice/ },
  "ark with a comment": { spec: ark(encodeURIComponent('{"a":1}//x')), ret: 1009, msg: /comments/ },
  "ark with blanks": { spec: ark(encodeURIComponent('{ "a": "b c" }')), ret: 1009, msg: /blanks/ },
  "ark with broken escapes": { spec: ark("%7B%ff%7D"), ret: 1009, msg: /percent-encoded UTF-8/ },
};

test("what is wrong gets its ret, a msg that helps, and nothing secret in it", async (t) => {
  await withSandbox({}, async (sandbox) => {
    for (const [name, { spec, ret, msg }] of Object.entries(refusals)) {
      await t.test(name, async () => {
        const answer = await call(sandbox, spec);
        assert.equal(answer.ret, ret, answer.msg);
        assert.match(answer.msg, msg);
        assertSecretFree(answer.msg, spec);
        assert.deepEqual(Object.keys(answer), ["ret", "msg", "seq"]);
        assert.equal(sandbox.requests.at(-1)?.ret, ret);
      });
    }
  });
});

const mistakes: Record<string, { sig: (pairs: string[], body: string) => string; msg: RegExp }> = {
  "wire order": {
    sig: (pairs, body) => md5(`${PATH}?${pairs.join("&")}${body}${KEY}`),
    msg: /sort them by name/,
  },
  "empty values left out": {
    sig: (pairs, body) =>
      sigOf(
        PATH,
        pairs.filter((pair) => !pair.endsWith("=")),
        body,
      ),
    msg: /empty value/,
  },
  "no question mark": {
    sig: (pairs, body) => md5(`${PATH}${sorted(pairs)}${body}${KEY}`),
    msg: /\? between/,
  },
  "no body": { sig: (pairs) => sigOf(PATH, pairs, ""), msg: /body was not signed/ },
  "no key": { sig: (pairs, body) => sigOf(PATH, pairs, body, ""), msg: /key was not signed/ },
  "key first": { sig: (pairs, body) => md5(`${PATH}?${sorted(pairs)}${KEY}${body}`), msg: /before the body/ },
  "line break": { sig: (pairs, body) => sigOf(PATH, pairs, body, `${KEY}\n`), msg: /line break/ },
  "one byte per character": {
    sig: (pairs, body) => sigOf(PATH, pairs, Buffer.from(body, "latin1")),
    msg: /UTF-8 bytes/,
  },
  "written again": {
    sig: (pairs, body) => sigOf(PATH, pairs, JSON.stringify(JSON.parse(body))),
    msg: /written again/,
  },
};
test("the usual signing mistakes are named", async () => {
  await withSandbox({}, async (sandbox) => {
    for (const [name, { sig, msg }] of Object.entries(mistakes)) {
      const body = `{ "openid": "${OPENID}", "token": "${TOKEN}", "note": "é" }`;
      const resigned = (pairs: string[]) => [...pairs.slice(0, -1), `sig=${sig(pairs.slice(0, -1), body)}`];
      const answer = await call(sandbox, { body, tamper: resigned });
      assert.equal(answer.ret, 1008, name);
      assert.match(answer.msg, msg, name);
      assertSecretFree(answer.msg, {});
    }
  });
});

test("a 1008 shows the canonical query, the body's length and its md5", async () => {
  await withSandbox({}, async (sandbox) => {
    const { msg } = await call(sandbox, { key: "another", body: '{"a":"é"}', query: { ts: "1700000000" } });
    assert.ok(
      msg.includes("query is channelid=2&conn=&gameid=12&os=4&seq=&source=0&ts=1700000000&version=,"),
      msg,
    );
    assert.ok(msg.includes(`body is 10 bytes with md5 ${md5('{"a":"é"}')}`), msg);
  });
});

test("credentials that got into the query are masked", async () => {
  await withSandbox({}, async (sandbox) => {
    const { msg } = await call(sandbox, {
      key: "another",
      query: { token: TOKEN, openid: OPENID, note: KEY },
    });
    assert.match(msg, /note=\*\*\*&openid=\*\*\*.*&token=\*\*\*/);
    assertSecretFree(msg, {});
  });
});

function assertSecretFree(msg: string, spec: Spec): void {
  for (const secret of [KEY, TOKEN, OPENID, FOPENID]) assert.ok(!msg.includes(secret), `${secret} in ${msg}`);
  const { target, body } = signedCall(spec);
  const path = target.split("?")[0] ?? "";
  const pairs = (target.split("?")[1] ?? "").split("&").filter((pair) => !pair.startsWith("sig="));
  assert.ok(!msg.includes(sigOf(path, pairs, body)), `the expected sig in ${msg}`);
}

function md5(text: string): string {
  return createHash("md5").update(text).digest("hex");
}

function sorted(pairs: readonly string[]): string {
  return [...pairs].sort().join("&");
}

function changed(prefix: string, becomes: string): Spec {
  return { tamper: (all) => all.map((pair) => (pair.startsWith(prefix) ? becomes : pair)) };
}

function withPairs(extra: string): Spec {
  return { pairs: [...Object.entries(goodQuery(2)).map(([name, value]) => `${name}=${value}`), extra] };
}

function upperCaseSig(pairs: string[]): string[] {
  return pairs.map((pair) => (pair.startsWith("sig=") ? `sig=${pair.slice(4).toUpperCase()}` : pair));
}

function recall(channel: number, fields: Record<string, unknown>): Spec {
  return { endpoint: "recall_friends_list", channel, fields };
}

function share(fields: Record<string, unknown>): Spec {
  return { endpoint: "share", fields };
}

function ark(extra: string | undefined): Spec {
  return { endpoint: "ark_share", fields: { extra } };
}
