import type { Attack, AttackClass } from "../support/attack.ts";
import { QUERY } from "../support/call.ts";
import {
  ANY_FIELD,
  ANY_GAME,
  ANY_PARAMETER,
  ANY_SOURCE,
  EXTRA_DROPPED,
  OWN_SIG_AND_TS,
} from "../support/edits.ts";

const badRequest = { status: 400, error: "bad_request" };
const query = (name: string, more: string): Attack => ({
  name,
  call: { query: `${QUERY}&${more}` },
  answer: badRequest,
});
const SIG = "0123456789abcdef0123456789abcdef";

export const otherGame: AttackClass = {
  name: "another game's gameid",
  attacks: [
    query("gameid of another game", "gameid=13"),
    query("gameid that begins like the own one", "gameid=123"),
    query("gameid with a zero in front", "gameid=012"),
    query("gameid without a value", "gameid="),
    query("gameid in capitals", "GAMEID=13"),
    { name: "gameid in the body", call: { fields: { gameid: "13" } }, answer: badRequest },
  ],
  guards: [
    {
      name: "the game is the proxy's",
      edits: [ANY_GAME],
      cases: [
        "gameid of another game",
        "gameid that begins like the own one",
        "gameid with a zero in front",
        "gameid without a value",
      ],
    },
    { name: "no parameter that nobody allowed", edits: [ANY_PARAMETER], cases: ["gameid in capitals"] },
    {
      name: "no field that the endpoint lacks",
      edits: [ANY_FIELD],
      cases: ["gameid in the body"],
    },
  ],
};

export const otherSystem: AttackClass = {
  name: "another os",
  attacks: [
    query("os of a page", "os=3"),
    query("os of a phone", "os=1"),
    query("os without a value", "os="),
    query("os with a zero in front", "os=04"),
    query("os in capitals", "OS=1"),
  ],
  guards: [
    {
      name: "os is the backend's",
      edits: [["forward.ts", `parameters.get("os") !== String(BACKEND)`, "false"]],
      cases: ["os of a page", "os of a phone", "os without a value", "os with a zero in front"],
    },
    { name: "no parameter that nobody allowed", edits: [ANY_PARAMETER], cases: ["os in capitals"] },
  ],
};

const source = (name: string, value: string): Attack => ({
  name,
  call: { query: `channelid=2&source=${value}` },
  answer: badRequest,
});

export const otherSource: AttackClass = {
  name: "a source without a key",
  attacks: [
    source("another source", "1"),
    source("a source with a zero in front", "00"),
    source("a source without a value", ""),
    source("a source that every object has", "toString"),
    {
      name: "the source of a key that was taken away",
      world: { options: { keys: { "7": "marker-key-7f3a" } } },
      call: { query: "channelid=2" },
      answer: badRequest,
      control: { query: "channelid=2&source=7" },
    },
  ],
  guards: [
    {
      name: "no key that is not there",
      edits: [ANY_SOURCE],
      cases: [
        "another source",
        "a source with a zero in front",
        "a source without a value",
        "a source that every object has",
        "the source of a key that was taken away",
      ],
    },
  ],
};

export const ownSignature: AttackClass = {
  name: "sig or ts supplied by the caller",
  attacks: [
    query("sig", `sig=${SIG}`),
    query("sig without a value", "sig="),
    query("ts", "ts=1700000000"),
    query("ts without a value", "ts="),
    query("ts far in the future", "ts=9999999999"),
    query("sig in capitals", `SIG=${SIG}`),
    { name: "sig in the body", call: { fields: { sig: SIG } }, answer: badRequest },
    { name: "ts in the body", call: { fields: { ts: 1_700_000_000 } }, answer: badRequest },
  ],
  guards: [
    {
      name: "ts is the proxy's",
      edits: [OWN_SIG_AND_TS],
      cases: ["ts", "ts without a value", "ts far in the future"],
    },
    {
      name: "sig is the proxy's",
      edits: [OWN_SIG_AND_TS, ANY_PARAMETER, EXTRA_DROPPED],
      cases: ["sig", "sig without a value"],
    },
    { name: "no parameter that nobody allowed", edits: [ANY_PARAMETER], cases: ["sig in capitals"] },
    {
      name: "no field that the endpoint lacks",
      edits: [ANY_FIELD],
      cases: ["sig in the body", "ts in the body"],
    },
  ],
};

export const parameters: AttackClass = {
  name: "unknown parameters",
  attacks: [
    query("a parameter of nobody's", "admin=1"),
    query("an openid in the query", "openid=9007199254740993222"),
    query("a parameter without a name", "=1"),
    query("a parameter without a value", "cgsource"),
    query("two equal signs", "cgsource=1=2"),
    query("two ampersands", "&cgsource=1"),
    query("a second question mark", "?gameid=13"),
    { name: "no channel", call: { query: "seq=" }, answer: badRequest },
    { name: "a channel that is none", call: { query: "channelid=2e0" }, answer: badRequest },
  ],
  guards: [
    {
      name: "no parameter that nobody allowed",
      edits: [ANY_PARAMETER, EXTRA_DROPPED],
      cases: ["a parameter of nobody's", "an openid in the query"],
    },
    {
      name: "name=value, joined by &",
      edits: [
        [
          "query.ts",
          `name === "" || value === undefined || more.length > 0 || !PLAIN.test(name) || !PLAIN.test(value)`,
          `value === "\\n"`,
        ],
        ["query.ts", "parameters.set(name, value);", `parameters.set(name, value ?? "");`],
        ANY_PARAMETER,
        EXTRA_DROPPED,
      ],
      cases: [
        "a parameter without a name",
        "a parameter without a value",
        "two equal signs",
        "two ampersands",
        "a second question mark",
      ],
    },
    {
      name: "a channel is a number",
      edits: [
        ["query.ts", String.raw`!/^[1-9]\d{0,9}$/.test(given("channelid"))`, "false"],
        ["query.ts", `channel: Number(given("channelid")),`, `channel: Number(given("channelid")) || 2,`],
      ],
      cases: ["no channel", "a channel that is none"],
    },
  ],
};
