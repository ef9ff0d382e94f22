import { brotliCompressSync, gzipSync } from "node:zlib";
import type { Attack, AttackClass, Edit } from "../support/attack.ts";
import {
  ANY_CONTENT_TYPE,
  ANY_DEPTH,
  ANY_FIELD,
  ANY_LENGTH,
  ANY_OPENID,
  ANY_TEXT_AS_JSON,
  FIELDS_AS_THEY_CAME,
  NO_DEADLINE,
} from "../support/edits.ts";
import { PLAYERS } from "../support/players.ts";

const tooLarge = { status: 413, error: "too_large" };
const badRequest = { status: 400, error: "bad_request" };
const slow = { status: 408, error: "slow_body" };
const mediaType = { status: 415, error: "media_type" };

const MAX = 65_536;
const GOOD = JSON.stringify(PLAYERS.alice);
const padded = (length: number): string => GOOD.padEnd(length);

const ANY_ANNOUNCED: Edit = ["guard.ts", `Number(header("content-length") ?? 0) > maxBytes`, "false"];

export const oversizedBodies: AttackClass = {
  name: "oversized bodies",
  attacks: [
    { name: "a byte too many", call: { body: padded(MAX + 1) }, answer: tooLarge },
    { name: "a byte too many in pieces", call: { body: padded(MAX + 1), isChunked: true }, answer: tooLarge },
    { name: "a megabyte in pieces", call: { body: padded(2 ** 20), isChunked: true }, answer: tooLarge },
    {
      name: "a length too many that never comes",
      call: { headers: { "content-length": "999999999999" } },
      answer: tooLarge,
    },
    {
      name: "a body above a limit of one's own",
      world: { options: { maxBodyBytes: 100 } },
      call: { body: padded(101) },
      answer: tooLarge,
    },
    {
      name: "a head of 20 KB",
      call: { headers: { "x-much": "a".repeat(20_000) } },
      answer: { status: 431 },
      doors: ["socket"],
    },
  ],
  guards: [
    {
      name: "bodies are counted as they come",
      edits: [...ANY_LENGTH, ANY_ANNOUNCED],
      cases: [
        "a byte too many",
        "a byte too many in pieces",
        "a megabyte in pieces",
        "a body above a limit of one's own",
      ],
    },
    {
      name: "an announced length is not waited for",
      edits: [ANY_ANNOUNCED],
      cases: ["a length too many that never comes"],
      otherwise: "slow_body",
      doors: ["socket"],
    },
    {
      name: "an announced length counts",
      edits: [ANY_ANNOUNCED, ...ANY_LENGTH],
      cases: ["a length too many that never comes"],
      doors: ["request"],
    },
    {
      name: "Node's own limit of a head",
      edits: [
        [
          "node/start.ts",
          "connectionsCheckingInterval: CHECK_MS }",
          "connectionsCheckingInterval: CHECK_MS, maxHeaderSize: 65536 }",
        ],
      ],
      cases: ["a head of 20 KB"],
    },
  ],
};

const nested = (depth: number, open: string, close: string): string =>
  `{"openid":${open.repeat(depth)}1${close.repeat(depth)}}`;

export const deepBodies: AttackClass = {
  name: "deep bodies",
  attacks: [
    { name: "lists in lists", call: { body: nested(5000, "[", "]") }, answer: badRequest },
    { name: "objects in objects", call: { body: nested(5000, '{"a":', "}") }, answer: badRequest },
    { name: "one level too many", call: { body: nested(4, "[", "]") }, answer: badRequest },
    {
      name: "depth that is never closed",
      call: { body: "[".repeat(60_000) },
      answer: badRequest,
    },
    {
      name: "depth in a field that takes an object",
      call: {
        path: "/msdk/v2/friend/share",
        fields: { fopenid: "1", game_tag: "MSG_INVITE", channel_info: { act: { a: { b: { c: 1 } } } } },
      },
      answer: badRequest,
    },
  ],
  guards: [
    {
      name: "depth has a limit, and the openid is the player's",
      edits: [ANY_DEPTH, ANY_OPENID],
      cases: ["lists in lists", "objects in objects", "one level too many"],
    },
    {
      name: "depth and fields",
      edits: [ANY_DEPTH, ANY_FIELD, FIELDS_AS_THEY_CAME],
      cases: ["depth in a field that takes an object"],
    },
    {
      name: "a body is JSON, and depth has a limit",
      edits: [
        ANY_DEPTH,
        ["json.ts", "value = JSON.parse(text);", "value = text.startsWith('{') ? JSON.parse(text) : {};"],
      ],
      cases: ["depth that is never closed"],
    },
  ],
};

const stalled = (name: string, call: Attack["call"], timeoutMs = 200): Attack => ({
  name,
  world: { options: { timeoutMs } },
  call,
  answer: slow,
  settleMs: 50,
});

export const slowBodies: AttackClass = {
  name: "slow bodies",
  attacks: [
    stalled("a body that stalls", { body: '{"openid":', isUnfinished: true }),
    stalled("a body that stalls after its JSON is whole", { body: GOOD, isUnfinished: true }),
    stalled("a body that never begins", { body: "", isUnfinished: true }),
    {
      ...stalled("pieces that stall", { body: GOOD, isChunked: true, bytes: (text) => text.slice(0, -5) }),
      doors: ["socket"],
    },
    {
      name: "a head that stalls",
      world: { options: { timeoutMs: 200 } },
      call: { bytes: (text) => text.slice(0, 60) },
      answer: { status: 408 },
      doors: ["socket"],
    },
  ],
  guards: [
    {
      name: "one deadline over all of a call",
      edits: [NO_DEADLINE],
      cases: [
        "a body that stalls",
        "a body that stalls after its JSON is whole",
        "a body that never begins",
        "pieces that stall",
      ],
    },
    {
      name: "a deadline over a head",
      edits: [
        [
          "node/start.ts",
          "server.headersTimeout = Math.min(timeoutMs, HEADERS_MS);",
          "server.headersTimeout = 60_000;",
        ],
      ],
      cases: ["a head that stalls"],
    },
  ],
};

const typed = (name: string, type: string | undefined, body = GOOD): Attack => ({
  name,
  call: { headers: { "content-type": type }, body },
  answer: mediaType,
});

export const contentTypes: AttackClass = {
  name: "what a form of another page can send",
  attacks: [
    typed("JSON as text/plain", "text/plain"),
    typed("a form", "application/x-www-form-urlencoded", "openid=1"),
    typed("a form with files", "multipart/form-data; boundary=x", '--x\r\nname="a"\r\n\r\n1\r\n--x--'),
    typed("no content-type", undefined),
    typed("text/plain that mentions JSON", "text/plain; application/json"),
    typed("JSON in another charset", "application/json; charset=utf-16"),
    typed("two types, JSON last", "text/plain, application/json"),
    typed("a type that begins like JSON's", "application/jsonp"),
  ],
  guards: [
    {
      name: "content-type is JSON's and nothing else",
      edits: [ANY_CONTENT_TYPE],
      cases: [
        "JSON as text/plain",
        "no content-type",
        "text/plain that mentions JSON",
        "JSON in another charset",
        "two types, JSON last",
        "a type that begins like JSON's",
      ],
    },
    {
      name: "content-type is JSON's, and a body is JSON",
      edits: [ANY_CONTENT_TYPE, ANY_TEXT_AS_JSON],
      cases: ["a form", "a form with files"],
    },
  ],
};

const compressed = (name: string, coding: string, body: Buffer): Attack => ({
  name,
  call: { headers: { "content-encoding": coding }, body },
  answer: mediaType,
});

const ANY_CODING: Edit = ["guard.ts", `!/^(identity)?$/i.test(header("content-encoding") ?? "")`, "false"];
const REFUSAL = `import { badRequest } from "./refusal.ts";`;

export const compressedBodies: AttackClass = {
  name: "compressed bodies",
  attacks: [
    compressed("gzip", "gzip", gzipSync(GOOD)),
    compressed("a bomb", "gzip", gzipSync(padded(2 ** 23))),
    compressed("brotli", "br", brotliCompressSync(GOOD)),
    compressed("two codings, the last one none", "gzip, identity", gzipSync(GOOD)),
    compressed("a coding that is not applied", "deflate", Buffer.from(GOOD)),
  ],
  guards: [
    {
      name: "nothing compressed",
      edits: [ANY_CODING],
      cases: ["a coding that is not applied"],
    },
    {
      name: "nothing compressed, and nothing unpacked",
      edits: [
        ANY_CODING,
        ["json.ts", REFUSAL, `${REFUSAL}\nimport { brotliDecompressSync, gunzipSync } from "node:zlib";`],
        [
          "json.ts",
          `throw badRequest("the body is not UTF-8");`,
          "try { return gunzipSync(bytes).toString(); } catch { return brotliDecompressSync(bytes).toString(); }",
        ],
      ],
      cases: ["gzip", "a bomb", "brotli", "two codings, the last one none"],
    },
  ],
};
