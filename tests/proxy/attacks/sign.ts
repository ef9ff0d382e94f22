import type { Attack, AttackClass } from "../support/attack.ts";
import {
  ANY_FIELD,
  ANY_GAME,
  ANY_ORIGIN,
  ANY_PARAMETER,
  ANY_SOURCE,
  ANY_TIME,
  EXTRA_DROPPED,
  NAMES_TWICE,
  OWN_SIG_AND_TS,
} from "../support/edits.ts";
import { PLAYERS, SIGN_CLOCK } from "../support/players.ts";
import { signCall } from "../support/to-sign.ts";

const badRequest = { status: 400, error: "bad_request" };
const player = { status: 403, error: "player" };
const { alice, bob } = PLAYERS;
const SIG = "0123456789abcdef0123456789abcdef";

type ToSign = Parameters<typeof signCall>[0];
const asking = (name: string, toSign: ToSign, answer = badRequest): Attack => ({
  name,
  world: { sign: {} },
  call: signCall(toSign),
  answer,
});
const at = (seconds: number): ToSign => ({ query: { ts: String(SIGN_CLOCK + seconds) } });

const WRITTEN = ["sign.ts", `if (written.join("&") !== canonicalQuery)`, "if (written.length < 0)"] as const;
const ANY_MISSING = ["sign.ts", "if (missing) throw", "if (missing?.length === 0) throw"] as const;
const OWN_BODY = [
  "sign.ts",
  "if (written !== body && JSON.stringify(inOrderOf(fields, JSON.parse(written))) !== body)",
  `if (written === "")`,
] as const;
const PATH_TEXT = [
  "sign.ts",
  `typeof path === "string" ? byPath.get(path) : undefined`,
  "byPath.get(String(path))",
] as const;
/** Whatever comes is signed. */
const ANY_BODY = ["sign.ts", "checkBody(endpoint, options.channel, body, player);", ""] as const;
const ANY_QUERY = [
  "sign.ts",
  `const whole = canonicalQueryOf(options, parameters.get("seq") ?? "", Number(parameters.get("ts")));
      checkQuery(canonicalQuery, parameters, whole);`,
  "",
] as const;

export const signEndpoint: AttackClass = {
  name: "the sign endpoint",
  attacks: [
    asking("any text as a body", { body: "sign this" }),
    asking("any text as a query", { canonicalQuery: "sign this" }),
    asking("the path of another service", { path: "/v2/auth/verify_login" }),
    asking("a path with a query", { path: "/v2/friend/friend_list?gameid=13" }),
    asking("a path that every object has", { path: "__proto__" }),
    asking("a path that is a list", { path: ["/v2/friend/friend_list"] }),
    asking("a path that cannot be a text", { path: { toString: 1, valueOf: 1 } }),
    asking("a path of one endpoint with the body of another", { path: "/v2/friend/share" }),
    asking("bob's openid", { fields: { openid: bob.openid } }, player),
    asking("bob's token", { fields: { token: bob.token } }, player),
    asking("a body without a player", { body: "{}" }, player),
    asking("gameid of another game", { query: { gameid: "13" } }),
    asking("no gameid", { query: { gameid: undefined } }),
    asking("no os", { query: { os: undefined } }),
    asking("an os that is none", { query: { os: "4e0" } }),
    asking("parameters in another order", {
      canonicalQuery: `ts=${SIGN_CLOCK}&channelid=2&conn=&gameid=12&os=3&seq=&source=0&version=`,
    }),
    asking("a parameter of nobody's", { query: { zzz: "1" } }),
    asking("a body with a blank more", { body: `${JSON.stringify(alice)} ` }),
    asking("a body with a letter as an escape", {
      body: JSON.stringify(alice).replace("token", String.raw`\u0074oken`),
    }),
    asking("a body without a field that is always there", {
      path: "/v2/friend/recall_friends_list",
      body: JSON.stringify(alice),
    }),
    asking("a field of nobody's", { body: JSON.stringify({ ...alice, admin: 1 }) }),
    asking("two openids", { body: `{"openid":"${bob.openid}",${JSON.stringify(alice).slice(1)}` }),
    asking("a member more", { more: { key: "0" } }),
    asking("__proto__ as a member more", {
      more: JSON.parse(`{"__proto__":{"path":"/v2/friend/share"}}`) as object,
    }),
    asking("a body that is an object", { body: alice }),
    { ...asking("a query of the endpoint's own", {}), call: { ...signCall(), target: "/sign?source=1" } },
    {
      ...asking("a source without a key", { query: { source: "1" } }),
    },
    {
      ...asking("a foreign origin", {}),
      call: { ...signCall(), headers: { origin: "https://evil.example" } },
      answer: { status: 403, error: "origin" },
    },
    {
      ...asking("nobody's session", {}),
      call: { ...signCall(), headers: { authorization: "Bearer mallory" } },
      answer: { status: 401, error: "unauthorized" },
    },
    {
      ...asking("one of the five paths", {}),
      call: { ...signCall(), target: "/v2/friend/friend_list?channelid=2" },
      answer: { status: 404, error: "not_found" },
    },
  ],
  guards: [
    {
      name: "a body is as the core writes it, and the player's",
      edits: [ANY_BODY],
      cases: [
        "any text as a body",
        "a path of one endpoint with the body of another",
        "a body without a field that is always there",
        "bob's openid",
        "bob's token",
        "a body without a player",
      ],
    },
    {
      name: "a body is as the core writes it, byte for byte",
      edits: [OWN_BODY],
      cases: ["a body with a blank more", "a body with a letter as an escape"],
    },
    {
      name: "no field that the endpoint lacks",
      edits: [OWN_BODY, ANY_FIELD],
      cases: ["a field of nobody's"],
    },
    {
      name: "no name twice",
      edits: [OWN_BODY, NAMES_TWICE],
      cases: ["two openids"],
    },
    {
      name: "only paths that are an endpoint's",
      edits: [
        [
          "sign.ts",
          `if (!endpoint) throw badRequest("path: not one of the five endpoints");`,
          `if (!endpoint) return { endpoint: { ...endpoints()[0], path: String(path) } as EndpointInfo, canonicalQuery, body };`,
        ],
        // The core too signs no such path.
        ["keys.ts", "signCanonical(path,", `signCanonical(path && "/",`],
      ],
      cases: ["the path of another service", "a path with a query", "a path that every object has"],
    },
    {
      name: "a path is a text",
      edits: [PATH_TEXT],
      cases: ["a path that is a list"],
    },
    {
      name: "a path that cannot be a text is none",
      edits: [PATH_TEXT],
      cases: ["a path that cannot be a text"],
      otherwise: "internal",
    },
    {
      name: "a query is one of the core's",
      edits: [
        ANY_TIME,
        [
          "query.ts",
          `throw badRequest("the query is not name=value joined by &, in characters of A-Z a-z 0-9 - . _ ~");`,
          "continue;",
        ],
        [
          "query.ts",
          `throw badRequest("channelid: a channel's number is wanted");`,
          'return { ...set, channel: 2, source: "0", version: "", conn: "", extraQuery: {} };',
        ],
        ANY_QUERY,
      ],
      cases: ["any text as a query"],
    },
    {
      name: "the game is the proxy's",
      edits: [ANY_GAME, ANY_QUERY],
      cases: ["gameid of another game"],
    },
    {
      name: "a query is as the core writes it",
      edits: [WRITTEN],
      cases: ["an os that is none", "parameters in another order"],
    },
    { name: "what has no default is there", edits: [ANY_MISSING], cases: ["no gameid"] },
    // The core too takes none that is no number.
    { name: "an os is there", edits: [ANY_MISSING, ANY_QUERY], cases: ["no os"] },
    {
      name: "no parameter that nobody allowed",
      edits: [ANY_PARAMETER],
      cases: ["a parameter of nobody's"],
    },
    {
      name: "three members and no more",
      edits: [["sign.ts", "Object.keys(more).length > 0 || ", ""]],
      cases: ["a member more", "__proto__ as a member more"],
    },
    {
      name: "a body is a text",
      edits: [
        [
          "sign.ts",
          "return { endpoint, canonicalQuery, body };",
          'return { endpoint, canonicalQuery, body: JSON.stringify(body).replace(/^"(.*)"$/s, (text) => JSON.parse(text)) };',
        ],
        ["sign.ts", ` || typeof body !== "string"`, ""],
      ],
      cases: ["a body that is an object"],
    },
    {
      name: "no query of its own",
      edits: [["sign.ts", `if (own !== "") throw`, `if (own === "\\n") throw`]],
      cases: ["a query of the endpoint's own"],
    },
    {
      name: "no key that is not there",
      edits: [ANY_SOURCE],
      cases: ["a source without a key"],
    },
    {
      name: "an origin is one of the allowed ones",
      edits: [ANY_ORIGIN],
      cases: ["a foreign origin"],
    },
    {
      name: "no player, no signature",
      edits: [
        ["guard.ts", "if (!player) throw", `player ??= ${JSON.stringify(alice)};\n  if (!player) throw`],
      ],
      cases: ["nobody's session"],
    },
    {
      name: "one path",
      edits: [
        ["sign.ts", "given === path ? path : undefined", "given"],
        ["sign.ts", `if (own !== "") throw`, `if (own === "\\n") throw`],
      ],
      cases: ["one of the five paths"],
    },
  ],
};

const through = (name: string, more: string): Attack => ({
  name,
  call: { query: more },
  answer: badRequest,
});

export const replays: AttackClass = {
  name: "replayed signatures",
  attacks: [
    through(
      "a signed call, replayed as it was",
      `channelid=2&gameid=12&os=4&source=0&ts=1700000000&sig=${SIG}`,
    ),
    through("a signed call, its ts alone", "channelid=2&gameid=12&os=4&source=0&ts=1700000000"),
    through("a signed call, its sig alone", `channelid=2&gameid=12&os=4&source=0&sig=${SIG}`),
    asking("a signature for an hour ago", at(-3600)),
    asking("a signature for an hour from now", at(3600)),
    asking("a signature for a moment after the window", at(301)),
    asking("a signature for milliseconds", { query: { ts: `${SIGN_CLOCK}000` } }),
    asking("a signature without a time", { query: { ts: undefined } }),
    asking("a signature of what is signed already", { query: { sig: SIG } }),
    {
      ...asking("a signature of what another player may send", {}),
      call: { ...signCall(), headers: { authorization: "Bearer bob" } },
      answer: player,
    },
  ],
  guards: [
    {
      name: "sig and ts are the proxy's",
      edits: [OWN_SIG_AND_TS, ANY_PARAMETER, EXTRA_DROPPED],
      cases: [
        "a signed call, replayed as it was",
        "a signed call, its ts alone",
        "a signed call, its sig alone",
      ],
    },
    {
      name: "a signature is for now",
      edits: [ANY_TIME],
      cases: [
        "a signature for an hour ago",
        "a signature for an hour from now",
        "a signature for a moment after the window",
        "a signature for milliseconds",
      ],
    },
    {
      name: "a signature has a time",
      edits: [ANY_TIME, ANY_QUERY],
      cases: ["a signature without a time"],
    },
    {
      name: "nothing is signed twice",
      edits: [ANY_PARAMETER, ANY_QUERY],
      cases: ["a signature of what is signed already"],
    },
    {
      name: "only for the player who is logged in",
      edits: [["sign.ts", "fields.openid !== player.openid || fields.token !== player.token", "false"]],
      cases: ["a signature of what another player may send"],
    },
  ],
};
