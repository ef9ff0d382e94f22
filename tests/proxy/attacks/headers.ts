import { strict as assert } from "node:assert";
import type { Attack, AttackClass, Guard } from "../support/attack.ts";
import { bytesOf, QUERY } from "../support/call.ts";
import { ANY_CHARACTER, ANY_OPENID, ANY_PARAMETER, EXTRA_DROPPED } from "../support/edits.ts";

/** Node answers by itself. */
const byNode = { status: 400 };
const badRequest = { status: 400, error: "bad_request" };

const bytes = (name: string, change: (text: string) => string): Attack => ({
  name,
  call: { bytes: change },
  answer: byNode,
  doors: ["socket"],
});
const added = (name: string, lines: string): Attack =>
  bytes(name, (text) => text.replace("\r\n", `\r\n${lines}\r\n`));

/** A call that hides behind another one: on its own it would be refused. */
const HIDDEN = bytesOf({ headers: { origin: undefined } });
const followed = (text: string): string => text.replace("connection: close\r\n", "") + HIDDEN;

const STRICT = "connectionsCheckingInterval: CHECK_MS }";
const LENIENT = "connectionsCheckingInterval: CHECK_MS, insecureHTTPParser: true }";
/** Taken out, Node's parser takes what others understand differently. */
const strictParser = (cases: readonly string[]): Guard => ({
  name: "Node's parser is strict",
  edits: [["node/start.ts", STRICT, LENIENT]],
  cases,
});

const STREAM = `import type { AddressInfo } from "node:net";`;
const SERVER = "server.keepAliveTimeout = KEEP_ALIVE_MS;";
/** Also where it is told to be lenient it takes none of these: taken out, it gets them as other parsers understand them. */
const parser = (cases: readonly string[]): Guard => ({
  name: "Node's parser",
  edits: [
    ["node/start.ts", STREAM, `${STREAM}\nimport { Duplex, Transform } from "node:stream";`],
    [
      "node/start.ts",
      SERVER,
      String.raw`${SERVER}
        const understood = (text) => text
          .replace(/transfer-encoding: x?chunked\r\n(?=[^]*\ncontent-length:)/, "")
          .replace(/content-length:.*\r\n(?=[^]*\ncontent-length:)/gi, "")
          .replace(/[^\r\n:]+ :.*\r\n/, "")
          .replace(/\r(?!\n)/g, "");
        const [listener] = server.listeners("connection");
        server.removeAllListeners("connection").on("connection", (socket) => {
          const transform = (bytes, _, done) => done(null, Buffer.from(understood(bytes.toString("latin1")), "latin1"));
          listener.call(server, Duplex.from({ readable: socket.pipe(new Transform({ transform })), writable: socket }));
        });`,
    ],
  ],
  cases,
});

const unsent = (header: string, value: string): Attack => ({
  name: `${header} for the backend`,
  call: { headers: { [header]: value } },
  answer: { status: 200 },
  reaches: 1,
  proof: ([seen]) => assert.notEqual(seen?.headers[header], value),
});

export const smuggling: AttackClass = {
  name: "header smuggling",
  attacks: [
    added("a length and pieces", "transfer-encoding: chunked"),
    {
      name: "pieces and a length",
      call: { isChunked: true, headers: { "content-length": "2" } },
      answer: byNode,
      doors: ["socket"],
    },
    added("two lengths", "content-length: 0"),
    added("a list of lengths", "content-length: 2, 2"),
    added("a blank in front of a colon", "transfer-encoding : chunked"),
    added("pieces by another spelling", "transfer-encoding: xchunked"),
    {
      name: "a second call behind the end of the first",
      call: { bytes: followed },
      answer: { status: 200 },
      next: { status: 403, error: "origin" },
      reaches: 1,
      doors: ["socket"],
    },
    {
      name: "a second call behind the last piece",
      call: { isChunked: true, bytes: followed },
      answer: { status: 200 },
      next: { status: 403, error: "origin" },
      reaches: 1,
      doors: ["socket"],
    },
    {
      name: "an origin in the trailer",
      call: {
        headers: { origin: undefined },
        isChunked: true,
        bytes: (text) => text.replace(/\r\n$/, "origin: https://game.example\r\n\r\n"),
      },
      answer: { status: 403, error: "origin" },
      doors: ["socket"],
    },
    {
      name: "headers that Node drops without a word",
      call: { headers: { a: Array(1990).fill(""), "x-http-method-override": "GET" } },
      answer: badRequest,
      doors: ["socket"],
    },
    ...["authorization", "content-type"].map(
      (name): Attack => ({
        name: `${name} twice`,
        call: { bytes: (text) => text.replace(new RegExp(`(\\r\\n${name}: .*)`), "$1$1") },
        answer: badRequest,
        doors: ["socket"],
      }),
    ),
    unsent("x-msdk-sandbox-fault", "http-500"),
    unsent("x-original-url", "/v2/auth/verify_login"),
    unsent("x-forwarded-host", "localhost"),
    unsent("cookie", "session=alice"),
    unsent("authorization", "Bearer alice"),
    unsent("host", "other.example"),
    unsent("user-agent", "a browser"),
  ],
  guards: [
    strictParser(["pieces and a length"]),
    {
      name: "so many headers and no more, and once what says who calls",
      edits: [["guard.ts", "if (incoming.flaw !== undefined) throw badRequest(incoming.flaw);", ""]],
      cases: ["headers that Node drops without a word", "authorization twice", "content-type twice"],
    },
    parser([
      "a length and pieces",
      "pieces by another spelling",
      "two lengths",
      "a list of lengths",
      "a blank in front of a colon",
    ]),
    {
      name: "every call is asked for its origin",
      edits: [["origin.ts", "origin === undefined && !rules.allowMissingOrigin", "false"]],
      cases: [
        "a second call behind the end of the first",
        "a second call behind the last piece",
        "an origin in the trailer",
      ],
    },
    {
      name: "only headers that the options name go on",
      edits: [
        [
          "forward.ts",
          "forwardedHeaders(incoming, route.forwardHeaders)",
          `forwardedHeaders(incoming, ["x-msdk-sandbox-fault", "x-original-url", "x-forwarded-host", "cookie", "authorization", "user-agent", "host"])`,
        ],
      ],
      cases: [
        "x-msdk-sandbox-fault for the backend",
        "x-original-url for the backend",
        "x-forwarded-host for the backend",
        "cookie for the backend",
        "authorization for the backend",
        "user-agent for the backend",
      ],
    },
    {
      name: "Host is the backend's",
      edits: [
        [
          "forward.ts",
          "forwardedHeaders(incoming, route.forwardHeaders)",
          `forwardedHeaders(incoming, ["host"])`,
        ],
        // Node's fetch sends none but its own.
        [
          "upstream.ts",
          "const response = await fetch(",
          `const { pooledTransport } = await import("./node/transport.ts");
           return pooledTransport()(url, { headers, body, signal, maxBytes });
           const response = await fetch(`,
        ],
      ],
      cases: ["host for the backend"],
    },
  ],
};

export const lineBreaks: AttackClass = {
  name: "CRLF",
  attacks: [
    {
      name: "a value with an encoded line break",
      call: { query: `${QUERY}%0d%0ax-a:%201` },
      answer: badRequest,
    },
    {
      name: "a name with an encoded line break",
      call: { query: `${QUERY}&cgsource%0d%0ax=1` },
      answer: badRequest,
    },
    {
      name: "a path with an encoded line break",
      call: { path: "/msdk/v2/friend/friend_list%0d%0ax-a:%201" },
      answer: { status: 404, error: "not_found" },
    },
    {
      name: "an openid with a line break",
      call: { fields: { openid: "9007199254740993111\r\nx-a: 1" } },
      answer: { status: 403, error: "player" },
    },
    added("a line feed alone inside a header", "x-a: 1\nx-b: 2"),
    added("a header over two lines", "x-a: 1\r\n x-b: 2"),
    added("a zero byte in a header", "x-a: 1\0"),
    bytes("line feeds alone", (text) => text.replaceAll("\r\n", "\n")),
    added("a carriage return alone inside a header", "x-a: 1\rx-b: 2"),
    bytes("a carriage return in the request line", (text) => text.replace("?", "?\r")),
  ],
  guards: [
    strictParser(["a line feed alone inside a header", "a header over two lines", "line feeds alone"]),
    {
      name: "Node's parser is strict, and a Request takes no zero bytes",
      edits: [
        ["node/start.ts", STRICT, LENIENT],
        [
          "node/listener.ts",
          "pairs.push([name, one])",
          String.raw`pairs.push([name, one.replace("\0", "")])`,
        ],
      ],
      cases: ["a zero byte in a header"],
    },
    parser(["a carriage return alone inside a header", "a carriage return in the request line"]),
    {
      name: "the query has plain characters alone",
      edits: [
        ANY_CHARACTER,
        ANY_PARAMETER,
        EXTRA_DROPPED,
        ["query.ts", `version: given("version"),`, `version: "",`],
      ],
      cases: ["a value with an encoded line break", "a name with an encoded line break"],
    },
    {
      name: "a path is compared as it arrived",
      edits: [
        [
          "node/listener.ts",
          `const target = req.url ?? "";`,
          `const target = (req.url ?? "").replace(/%0d.*\\?/, "?");`,
        ],
        ["incoming.ts", "path: pathname,", `path: pathname.replace(/%0d.*/, ""),`],
      ],
      cases: ["a path with an encoded line break"],
    },
    {
      name: "the openid is the logged-in player's",
      edits: [ANY_OPENID],
      cases: ["an openid with a line break"],
    },
  ],
};
