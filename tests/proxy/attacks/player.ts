import { strict as assert } from "node:assert";
import type { AttackClass, Edit } from "../support/attack.ts";
import {
  ANY_FIELD,
  ANY_OPENID,
  ANY_PARAMETER,
  EXTRA_DROPPED,
  FIELDS_AS_THEY_CAME,
  FIELDS_BEFORE_PLAYER,
  NO_DEADLINE,
} from "../support/edits.ts";
import { PLAYERS } from "../support/players.ts";

const { alice, bob } = PLAYERS;
const player = { status: 403, error: "player" };
const SHARE = { path: "/msdk/v2/friend/share", query: "channelid=2" };
const shared = { fopenid: "9007199254740993333", game_tag: "MSG_INVITE" };

export const otherPlayer: AttackClass = {
  name: "another player's openid",
  attacks: [
    { name: "bob's openid in alice's session", call: { fields: { openid: bob.openid } }, answer: player },
    {
      name: "bob's openid and bob's token in alice's session",
      call: { fields: bob },
      answer: player,
    },
    {
      name: "bob's openid as the one who shares",
      call: { ...SHARE, fields: { ...bob, ...shared } },
      answer: player,
    },
    { name: "openid null", call: { fields: { openid: null } }, answer: player },
    {
      name: "a list of openids, the own one first",
      call: { fields: { openid: [alice.openid, bob.openid] } },
      answer: player,
    },
    {
      name: "the own openid as a number that rounds",
      call: { body: `{"openid":${alice.openid}}` },
      answer: player,
    },
    {
      name: "the own openid with a blank behind it",
      call: { fields: { openid: `${alice.openid} ` } },
      answer: player,
    },
    {
      name: "bob's token beside the own openid",
      call: { fields: { openid: alice.openid, token: bob.token } },
      answer: { status: 200 },
      reaches: 1,
      proof: ([seen]) => assert.deepEqual(JSON.parse(seen?.body ?? ""), alice),
    },
    {
      name: "a body without a player",
      call: { fields: {} },
      answer: { status: 200 },
      reaches: 1,
      proof: ([seen]) => assert.deepEqual(JSON.parse(seen?.body ?? ""), alice),
      control: { fields: alice },
    },
  ],
  guards: [
    {
      name: "the openid is the logged-in player's",
      edits: [ANY_OPENID, FIELDS_BEFORE_PLAYER],
      cases: [
        "bob's openid in alice's session",
        "bob's openid and bob's token in alice's session",
        "bob's openid as the one who shares",
        "the own openid with a blank behind it",
      ],
    },
    {
      name: "an openid is one text, the logged-in player's",
      edits: [ANY_OPENID],
      cases: [
        "openid null",
        "a list of openids, the own one first",
        "the own openid as a number that rounds",
      ],
    },
    {
      name: "the token is the session's",
      edits: [FIELDS_BEFORE_PLAYER],
      cases: ["bob's token beside the own openid"],
    },
    {
      name: "the proxy puts the player into the body",
      edits: [["forward.ts", "{ ...fields, ...player }", "fields"], FIELDS_AS_THEY_CAME],
      cases: ["a body without a player"],
    },
  ],
};

const ANYBODY: Edit = [
  "guard.ts",
  "if (!player) throw",
  `player ??= { openid: "1", token: "1" };\n  if (!player) throw`,
];

export const unauthorized: AttackClass = {
  name: "nobody is logged in",
  attacks: [
    {
      name: "no credentials",
      call: { headers: { authorization: undefined } },
      answer: { status: 401, error: "unauthorized" },
    },
    {
      name: "credentials of nobody",
      call: { headers: { authorization: "Bearer mallory" } },
      answer: { status: 401, error: "unauthorized" },
    },
    {
      name: "the name of what every object inherits as a player's",
      call: { headers: { authorization: "Bearer __proto__" } },
      answer: { status: 401, error: "unauthorized" },
    },
    {
      name: "credentials in the query",
      call: { query: "channelid=2&authorization=alice", headers: { authorization: undefined } },
      answer: { status: 401, error: "unauthorized" },
    },
    {
      name: "a call while the session store is down",
      world: { options: { authorize: () => Promise.reject(new Error("marker-token-51c2 evil")) } },
      call: {},
      answer: { status: 503, error: "unavailable" },
      control: null,
    },
    {
      name: "a session without a token",
      world: { options: { authorize: () => ({ openid: alice.openid, token: "" }) } },
      call: {},
      answer: { status: 500, error: "internal" },
      control: null,
    },
    {
      name: "a session that is a list of players",
      world: { options: { authorize: () => ({ openid: [alice.openid], token: alice.token }) as never } },
      call: {},
      answer: { status: 500, error: "internal" },
      control: null,
    },
    {
      name: "a session store that answers after the deadline",
      world: {
        options: {
          timeoutMs: 100,
          authorize: () => new Promise((resolve) => setTimeout(resolve, 200, alice)),
        },
      },
      call: {},
      answer: { status: 503, error: "unavailable" },
      settleMs: 200,
      control: null,
    },
  ],
  guards: [
    {
      name: "no player, no call",
      edits: [ANYBODY],
      cases: [
        "no credentials",
        "credentials of nobody",
        "the name of what every object inherits as a player's",
      ],
    },
    {
      name: "no player, no call, and no parameter that nobody allowed",
      edits: [ANYBODY, ANY_PARAMETER, EXTRA_DROPPED],
      cases: ["credentials in the query"],
    },
    {
      name: "a session store that fails lets nobody in",
      edits: [
        [
          "guard.ts",
          `throw new Refusal("unavailable", "the proxy cannot tell who is calling just now");`,
          `player = { openid: "1", token: "1" };`,
        ],
      ],
      cases: ["a call while the session store is down"],
    },
    {
      name: "what authorize returns is looked at",
      edits: [
        [
          "guard.ts",
          `typeof openid !== "string" || openid === "" || typeof token !== "string" || token === ""`,
          "false",
        ],
        FIELDS_AS_THEY_CAME,
        ANY_FIELD,
      ],
      cases: ["a session without a token", "a session that is a list of players"],
    },
    {
      name: "one deadline over all of a call",
      edits: [NO_DEADLINE],
      cases: ["a session store that answers after the deadline"],
    },
  ],
};
