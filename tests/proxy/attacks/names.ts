import { strict as assert } from "node:assert";
import type { Attack, AttackClass } from "../support/attack.ts";
import {
  ANY_CHARACTER,
  ANY_FIELD,
  ANY_GAME,
  ANY_OPENID,
  ANY_PARAMETER,
  ANY_SOURCE,
  ANY_TEXT_AS_JSON,
  EXTRA_DROPPED,
  FIELDS_AS_THEY_CAME,
  NAMES_TWICE,
  PARAMETERS_TWICE,
} from "../support/edits.ts";
import { PLAYERS } from "../support/players.ts";

const badRequest = { status: 400, error: "bad_request" };
const { alice, bob } = PLAYERS;
const SHARE = { path: "/msdk/v2/friend/share" };
const shareBody = (info: string): string => `{"fopenid":"1","game_tag":"MSG_INVITE","channel_info":${info}}`;

const body = (name: string, text: string | Buffer, call: Attack["call"] = {}): Attack => ({
  name,
  call: { ...call, body: text },
  answer: badRequest,
});
const query = (name: string, text: string): Attack => ({ name, call: { query: text }, answer: badRequest });

export const twiceInJson: AttackClass = {
  name: "duplicate keys in JSON",
  attacks: [
    body("two openids, the own one last", `{"openid":"${bob.openid}","openid":"${alice.openid}"}`),
    body("two openids, the own one first", `{"openid":"${alice.openid}","openid":"${bob.openid}"}`),
    body("two openids, one with an escape", `{"open\\u0069d":"${bob.openid}","openid":"${alice.openid}"}`),
    body("two tokens", `{"token":"${bob.token}","token":"${alice.token}"}`),
    body("a name twice further inside", shareBody('{"act":1,"act":2}'), SHARE),
    body("a name twice behind a text that looks like an end", `{"token":"\\"}","token":"${alice.token}"}`),
  ],
  guards: [
    {
      name: "no name twice",
      edits: [NAMES_TWICE],
      cases: [
        "two openids, the own one last",
        "two tokens",
        "a name twice further inside",
        "a name twice behind a text that looks like an end",
        "two openids, one with an escape",
      ],
    },
    {
      name: "no name twice, and the openid is the player's",
      edits: [NAMES_TWICE, ANY_OPENID],
      cases: ["two openids, the own one first"],
    },
    {
      name: "names are compared as they are read",
      edits: [["json.ts", "const name = JSON.parse(token) as string;", "const name = token;"]],
      cases: ["two openids, one with an escape"],
    },
  ],
};

export const twiceInQuery: AttackClass = {
  name: "duplicate keys in the query",
  attacks: [
    query("two games", "channelid=2&gameid=12&gameid=13"),
    query("two channels", "channelid=2&channelid=1"),
    query("two sources", "channelid=2&source=0&source=1"),
    query("one name twice with one value", "channelid=2&seq=a&seq=a"),
    query("a name twice, once with an escape", "channelid=2&gameid=12&%67ameid=13"),
    query("a name that is a list", "channelid=2&gameid[]=13"),
  ],
  guards: [
    {
      name: "no parameter twice",
      edits: [PARAMETERS_TWICE],
      cases: ["two channels", "one name twice with one value"],
    },
    {
      name: "no parameter twice, and no key that is not there",
      edits: [PARAMETERS_TWICE, ANY_SOURCE],
      cases: ["two sources"],
    },
    {
      name: "no parameter twice, and the game is the proxy's",
      edits: [PARAMETERS_TWICE, ANY_GAME],
      cases: ["two games"],
    },
    {
      name: "no escapes in the query",
      edits: [ANY_CHARACTER, ANY_PARAMETER, EXTRA_DROPPED],
      cases: ["a name twice, once with an escape", "a name that is a list"],
    },
  ],
};

const unpolluted = (): void => assert.equal(({} as Record<string, unknown>).isAdmin, undefined);
const polluting = (attack: Attack): Attack => ({ ...attack, proof: unpolluted });

export const pollution: AttackClass = {
  name: "prototype pollution",
  attacks: [
    polluting(body("__proto__", '{"__proto__":{"isAdmin":1}}')),
    polluting(body("__proto__ with an escape", '{"\\u005f_proto__":{"isAdmin":1}}')),
    polluting(body("__proto__ that would bring bob's openid", `{"__proto__":{"openid":"${bob.openid}"}}`)),
    polluting(body("constructor", '{"constructor":{"prototype":{"isAdmin":1}}}')),
    polluting(body("__proto__ further inside", shareBody('{"__proto__":{"isAdmin":1}}'), SHARE)),
    polluting(body("what every object inherits as a field", '{"toString":"1"}')),
    polluting(query("__proto__ in the query", "channelid=2&__proto__=1")),
    polluting(query("constructor in the query", "channelid=2&constructor.prototype.isAdmin=1")),
    polluting(query("__proto__ as a source", "channelid=2&source=__proto__")),
  ],
  guards: [
    {
      name: "no field that the endpoint lacks",
      edits: [ANY_FIELD],
      cases: [
        "__proto__",
        "__proto__ with an escape",
        "__proto__ that would bring bob's openid",
        "constructor",
        "__proto__ further inside",
        "what every object inherits as a field",
      ],
    },
    {
      name: "no parameter that nobody allowed",
      edits: [ANY_PARAMETER],
      cases: ["__proto__ in the query", "constructor in the query"],
    },
    {
      name: "no key that is not there",
      edits: [ANY_SOURCE],
      cases: ["__proto__ as a source"],
    },
  ],
};

export const unknownFields: AttackClass = {
  name: "unknown fields",
  attacks: [
    body("a field of nobody's", '{"is_admin":true}'),
    body("a caller's spelling", '{"gameTag":"MSG_INVITE","fopenid":"1"}', SHARE),
    body("a field of another endpoint", '{"fopenid":"1"}'),
    body("a field of nobody's further inside", shareBody('{"act":1,"openid":"1"}'), SHARE),
    body("a known field of another kind", shareBody('{"act":"1"}'), SHARE),
    body("a list", "[]"),
    body("a text", '"openid"'),
    body("null", "null"),
    body("nothing", ""),
    body("a comment", '{/* */"openid":"1"}'),
  ],
  guards: [
    {
      name: "no field that the endpoint lacks",
      edits: [ANY_FIELD],
      cases: ["a field of nobody's", "a field of another endpoint", "a field of nobody's further inside"],
    },
    {
      name: "the core writes the body",
      edits: [ANY_FIELD, FIELDS_AS_THEY_CAME],
      cases: ["a caller's spelling", "a known field of another kind"],
    },
    {
      name: "a body is an object of JSON",
      edits: [
        ANY_TEXT_AS_JSON,
        [
          "json.ts",
          `if (!isObject(value)) throw badRequest("the body is not a JSON object");`,
          "if (!isObject(value)) return {};",
        ],
      ],
      cases: ["a list", "a text", "null", "nothing", "a comment"],
    },
  ],
};

const text = (name: string, title: string | Buffer): Attack =>
  body(
    name,
    Buffer.concat(
      ['{"fopenid":"1","game_tag":"MSG_INVITE","title":"', title, '"}'].map((part) => Buffer.from(part)),
    ),
    SHARE,
  );

export const texts: AttackClass = {
  name: "texts that two readers may understand differently",
  attacks: [
    text("a lone surrogate", "\\ud800"),
    text("two surrogates in the wrong order", "\\udc00\\ud800"),
    text("a raw control character", "\u0001"),
    text("bytes that are no UTF-8", Buffer.from([0xff, 0xfe])),
    text("a slash in more bytes than it needs", Buffer.from([0xc0, 0xaf])),
    text("a surrogate as bytes", Buffer.from([0xed, 0xa0, 0x80])),
    body("a byte order mark", "\ufeff{}"),
    body("UTF-16", Buffer.from("{}", "utf16le")),
    query("an encoded zero byte in the query", "channelid=2&seq=%00"),
    query("a plus in the query", "channelid=2&seq=a+b"),
    query("a fragment in the query", "channelid=2&seq=a%23b"),
  ],
  guards: [
    {
      name: "bytes are UTF-8",
      edits: [["json.ts", "fatal: true, ignoreBOM: true", "fatal: false, ignoreBOM: false"]],
      cases: [
        "bytes that are no UTF-8",
        "a slash in more bytes than it needs",
        "a surrogate as bytes",
        "a byte order mark",
      ],
    },
    {
      name: "a body is JSON",
      edits: [
        [
          "json.ts",
          `throw badRequest("the body is not JSON");`,
          String.raw`value = JSON.parse(text.replace(/[\0-\x1f]/g, ""));`,
        ],
      ],
      cases: ["a raw control character", "UTF-16"],
    },
    {
      name: "the core writes the body",
      edits: [FIELDS_AS_THEY_CAME],
      cases: ["a lone surrogate", "two surrogates in the wrong order"],
    },
    {
      name: "the query has plain characters alone",
      edits: [
        ANY_CHARACTER,
        [
          "query.ts",
          "return query(JSON.stringify(options), seq, ts);",
          "return query(JSON.stringify(options), '', ts) + '&also=' + seq;",
        ],
      ],
      cases: ["an encoded zero byte in the query", "a plus in the query", "a fragment in the query"],
    },
  ],
};
