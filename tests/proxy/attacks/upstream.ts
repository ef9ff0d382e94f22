import type { Attack, AttackClass } from "../support/attack.ts";
import { EVIL } from "../support/call.ts";
import { ANY_LENGTH, NO_DEADLINE } from "../support/edits.ts";
import { answerText, OK_ANSWER } from "../support/stand-in.ts";

const refused = { status: 502, error: "upstream" };
const BODY = '{"ret":0,"msg":"success"}';

/** The backend answers so once, and well after that. */
const answering = (name: string, answer: string, expected: Attack["answer"], options = {}): Attack => ({
  name,
  world: { answers: [answer, OK_ANSWER], options },
  call: {},
  answer: expected,
  reaches: 1,
});
const redirect = (status: string, location = "{elsewhere}/v2/friend/friend_list"): Attack =>
  answering(`a redirect with ${status}`, answerText(status, { location }, "{}"), refused);

/** A Response takes no body with these, and no status above 599. */
const NO_BODY = [
  "handler.ts",
  "new Response(status === 204 ? null : (body as BodyInit), { status, headers })",
  "new Response([204, 205, 304].includes(status) ? null : (body as BodyInit), { status: Math.min(status, 599), headers })",
] as const;

export const redirects: AttackClass = {
  name: "a backend that redirects",
  attacks: [
    redirect("300 Multiple Choices"),
    redirect("301 Moved Permanently"),
    redirect("302 Found"),
    redirect("303 See Other"),
    redirect("307 Temporary Redirect"),
    redirect("308 Permanent Redirect"),
    answering("304 with nothing in it", answerText("304 Not Modified", {}, ""), refused),
  ],
  guards: [
    {
      name: "a redirect is no answer",
      edits: [["upstream.ts", "status < 200 || (status >= 300 && status < 400)", "status < 200"], NO_BODY],
      cases: [
        "a redirect with 300 Multiple Choices",
        "a redirect with 301 Moved Permanently",
        "a redirect with 302 Found",
        "a redirect with 303 See Other",
        "a redirect with 307 Temporary Redirect",
        "a redirect with 308 Permanent Redirect",
        "304 with nothing in it",
      ],
    },
    {
      name: "fetch follows no redirect",
      edits: [["upstream.ts", `redirect: "manual"`, `redirect: "follow"`]],
      cases: [
        "a redirect with 301 Moved Permanently",
        "a redirect with 302 Found",
        "a redirect with 303 See Other",
        "a redirect with 307 Temporary Redirect",
        "a redirect with 308 Permanent Redirect",
      ],
      doors: ["request"],
    },
  ],
};

const withHeaders = (name: string, headers: Record<string, string>, status = "200 OK"): Attack =>
  answering(name, answerText(status, headers, BODY), { status: Number.parseInt(status, 10), body: BODY });

export const foreignHeaders: AttackClass = {
  name: "a backend with headers of its own",
  attacks: [
    withHeaders("Set-Cookie", { "set-cookie": "session=evil; Path=/; HttpOnly" }),
    withHeaders("Set-Cookie beside an error", { "set-cookie": "session=evil" }, "500 Internal Server Error"),
    withHeaders("CORS for another host", { "access-control-allow-origin": EVIL }),
    withHeaders("CORS for everybody", { "access-control-allow-origin": "*" }),
    withHeaders("CORS with other methods", { "access-control-allow-methods": "DELETE" }),
    withHeaders("CORS that exposes more", { "access-control-expose-headers": "X-Evil", "x-evil": "1" }),
    withHeaders("a page instead of JSON", { "content-type": "text/html" }),
    withHeaders("an answer that may be kept", { "cache-control": "public, max-age=31536000" }),
    withHeaders("Location beside 200", { location: EVIL }),
    withHeaders("Refresh", { refresh: `0; url=${EVIL}` }),
    withHeaders("Clear-Site-Data", { "clear-site-data": '"*"' }),
    withHeaders("a demand for a password", { "www-authenticate": "Basic" }, "401 Unauthorized"),
    withHeaders("Retry-After with a text", { "retry-after": "evil <script>" }, "503 Service Unavailable"),
  ],
  guards: [
    {
      name: "an answer's headers are the proxy's",
      edits: [
        [
          "node/transport.ts",
          `retryAfter: response.headers["retry-after"], bytes`,
          `retryAfter: response.headers["retry-after"], bytes, all: response.headers`,
        ],
        [
          "upstream.ts",
          "return answerOf(response, maxBytes, signal);",
          "return { ...(await answerOf(response, maxBytes, signal)), all: Object.fromEntries(response.headers) };",
        ],
        ["forward.ts", "...retryAfter },", "...retryAfter, ...(answer as unknown as { all: object }).all },"],
      ],
      cases: [
        "Set-Cookie",
        "Set-Cookie beside an error",
        "CORS for another host",
        "CORS for everybody",
        "CORS with other methods",
        "CORS that exposes more",
        "a page instead of JSON",
        "an answer that may be kept",
        "Location beside 200",
        "Refresh",
        "Clear-Site-Data",
        "a demand for a password",
      ],
    },
    {
      name: "Retry-After is a time",
      edits: [["forward.ts", "isWait(answer.retryAfter)", "answer.retryAfter"]],
      cases: ["Retry-After with a text"],
    },
  ],
};

const LARGE = `{"ret":0,"msg":"${"a".repeat(2000)}"}`;
const small = { maxResponseBytes: 1000 };
const pieces = (text: string): string =>
  `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n${text.length.toString(16)}\r\n${text}\r\n`;

/** A client that takes whatever comes over a connection for the answer. */
const UNTIL_SILENCE = String.raw`await new Promise(async (resolve) => {
  const { connect } = await import("node:net");
  const { hostname, port, pathname, search } = new URL(url);
  const socket = connect(port, hostname);
  let text = "";
  socket.on("data", (piece) => { text += piece; });
  socket.setTimeout(50, () => socket.destroy());
  socket.on("close", () => {
    const bytes = new TextEncoder().encode(text.split("\r\n\r\n").slice(1).join());
    resolve({ status: 200, retryAfter: null, bytes });
  });
  const head = "POST " + pathname + search + " HTTP/1.1\r\nhost: " + hostname + "\r\ncontent-length: ";
  socket.write(head + Buffer.byteLength(request.body) + "\r\n\r\n" + request.body);
}).catch(`;

export const brokenAnswers: AttackClass = {
  name: "a backend that answers badly",
  attacks: [
    answering("too much", answerText("200 OK", {}, LARGE), refused, small),
    answering(
      "too much in pieces",
      `${pieces(LARGE).replace("\r\n", "\r\nconnection: close\r\n")}0\r\n\r\n`,
      refused,
      small,
    ),
    answering(
      "too much that never ends",
      pieces(LARGE).replace("\r\n", "\r\nconnection: keep-alive\r\n"),
      refused,
      small,
    ),
    answering("less than was announced", answerText("200 OK", { "content-length": "100" }, BODY), refused),
    answering("pieces without an end", pieces(BODY), refused),
    answering("nothing", "", refused),
    answering("what is no HTTP", "evil\r\n\r\n", refused),
    answering("two lengths", answerText("200 OK", { "Content-Length": "1" }, BODY), refused),
    answering(
      "less than was announced, and then silence",
      answerText("200 OK", { "content-length": "100", connection: "keep-alive" }, BODY),
      { status: 504, error: "upstream_timeout" },
      { timeoutMs: 300 },
    ),
    answering("a status that nobody knows", answerText("999 Evil", {}, BODY), refused),
    answering("a status that takes no body", answerText("205 Reset Content", {}, ""), refused),
    {
      ...answering(
        "an answer to nobody's call behind the first",
        OK_ANSWER.replace("connection: close", "connection: keep-alive") +
          answerText("200 OK", {}, '{"ret":0,"msg":"evil"}'),
        { status: 200, body: BODY },
      ),
      settleMs: 50,
    },
  ],
  guards: [
    {
      name: "an answer's size has a limit",
      edits: ANY_LENGTH,
      cases: ["too much", "too much in pieces"],
    },
    {
      name: "an answer's size has a limit, whether it ends or not",
      edits: ANY_LENGTH,
      cases: ["too much that never ends"],
      otherwise: "upstream_timeout",
    },
    {
      name: "what is no whole answer is none",
      edits: [
        [
          "upstream.ts",
          // biome-ignore lint/suspicious/noTemplateCurlyInString: a text of the source
          'throw new Refusal("upstream", `the backend gave no whole answer${codeOf(cause)}`);',
          "return { status: 200, retryAfter: null, bytes: new Uint8Array() };",
        ],
      ],
      cases: [
        "less than was announced",
        "pieces without an end",
        "nothing",
        "what is no HTTP",
        "two lengths",
      ],
    },
    {
      name: "one deadline over all of a call",
      edits: [NO_DEADLINE],
      cases: ["less than was announced, and then silence"],
    },
    {
      name: "a status is one of an answer with a body",
      edits: [["upstream.ts", "status > 599 || status === 204 || status === 205", "status < 0"], NO_BODY],
      cases: ["a status that nobody knows", "a status that takes no body"],
    },
    {
      name: "an answer ends where it says",
      edits: [["upstream.ts", "await upstream(url, request).catch(", UNTIL_SILENCE]],
      cases: ["an answer to nobody's call behind the first"],
    },
  ],
};
