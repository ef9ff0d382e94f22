// A call as an attacker makes it: the good one with something changed, over a socket byte for byte or as a Request.
import { AssertionError } from "node:assert/strict";
import { connect } from "node:net";
import { setTimeout as delay } from "node:timers/promises";

export const PAGE = "https://game.example";
export const EVIL = "https://evil.example";

export interface Call {
  /** The whole request target; else `path` and `query`. */
  readonly target?: string;
  readonly method?: string;
  readonly path?: string;
  /** Without the question mark. */
  readonly query?: string;
  /** Merged over the good ones; `undefined` drops one, an array sends one twice. */
  readonly headers?: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** Merged over the good body; `undefined` drops one. */
  readonly fields?: object;
  readonly body?: string | Buffer;
  /** More is announced than comes, and the connection stays open. */
  readonly isUnfinished?: boolean;
  /** In pieces of 1000 bytes whose total nobody announces. */
  readonly isChunked?: boolean;
  /** Of a host that says so, which only the handler for Requests can be told. */
  readonly remoteAddress?: string;
  /** Changes the bytes that go over the socket. */
  readonly bytes?: (text: string) => string;
}

export interface Answer {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly text: string;
}

export const QUERY = "channelid=2&conn=&seq=&source=0&version=";
const GOOD_HEADERS = {
  host: "proxy.example",
  origin: PAGE,
  "sec-fetch-site": "same-site",
  authorization: "Bearer alice",
  "content-type": "application/json",
};

export const targetOf = ({ target, path = "/msdk/v2/friend/friend_list", query = QUERY }: Call): string =>
  target ?? `${path}?${query}`;

export const bodyOf = ({ body, fields }: Call): Buffer =>
  Buffer.isBuffer(body) ? body : Buffer.from(body ?? JSON.stringify({ ...fields }));

export function headersOf(call: Call): [string, string][] {
  return Object.entries({ ...GOOD_HEADERS, ...call.headers }).flatMap(([name, value = []]) =>
    [value].flat().map((one): [string, string] => [name, one]),
  );
}

const PIECE = 1000;
/** How much of an unfinished body is still to come. */
const MISSING = 100;

/** The request as text, a character a byte. */
export function bytesOf(call: Call): string {
  const body = bodyOf(call);
  const head = [...headersOf(call), ["connection", "close"]];
  const length = body.length + (call.isUnfinished ? MISSING : 0);
  const hasLength = head.some(([name]) => /^(content-length|transfer-encoding)$/i.test(name ?? ""));
  if (call.isChunked) head.push(["transfer-encoding", "chunked"]);
  else if (!hasLength) head.push(["content-length", String(length)]);
  const lines = [
    `${call.method ?? "POST"} ${targetOf(call)} HTTP/1.1`,
    ...head.map(([name, value]) => `${name}: ${value}`),
  ];
  const text = `${lines.join("\r\n")}\r\n\r\n${(call.isChunked ? chunked(body) : body).toString("latin1")}`;
  return call.bytes?.(text) ?? text;
}

function chunked(body: Buffer): Buffer {
  const pieces = piecesOf(body).flatMap((piece) => [`${piece.length.toString(16)}\r\n`, piece, "\r\n"]);
  return Buffer.concat([...pieces, "0\r\n\r\n"].map((piece) => Buffer.from(piece)));
}

const piecesOf = (body: Buffer): Buffer[] =>
  Array.from({ length: Math.ceil(body.length / PIECE) }, (_, index) =>
    body.subarray(index * PIECE, (index + 1) * PIECE),
  );

/** How long an answer may take before it counts as none; above every deadline of the tests' proxies. */
const PATIENCE_MS = 3000;
const noAnswer = (): AssertionError =>
  new AssertionError({ message: `there was no whole answer after ${PATIENCE_MS} ms` });

/** All that comes back over one connection. Rejects where it does not end in time. */
export function overSocket(port: number, call: Call): Promise<Answer[]> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1");
    let text = "";
    const timer = setTimeout(() => {
      reject(noAnswer());
      socket.destroy();
    }, PATIENCE_MS);
    socket.setEncoding("latin1");
    socket.on("data", (piece: string) => {
      text += piece;
    });
    // A server that has refused may reset the rest.
    socket.on("error", () => {});
    socket.on("close", () => {
      clearTimeout(timer);
      resolve(answersIn(text, call.method === "HEAD"));
    });
    socket.write(bytesOf(call), "latin1");
  });
}

function answersIn(text: string, isHead: boolean): Answer[] {
  const answers: Answer[] = [];
  for (let rest = text; rest !== ""; ) {
    const end = rest.indexOf("\r\n\r\n");
    const [first = "", ...lines] = rest.slice(0, end).split("\r\n");
    const headers = new Map(
      lines.map((line) => [
        line.slice(0, line.indexOf(":")).toLowerCase(),
        line.slice(line.indexOf(":") + 2),
      ]),
    );
    const status = Number(first.split(" ")[1]);
    const length = isHead || status < 200 ? 0 : Number(headers.get("content-length") ?? rest.length);
    if (status >= 200) answers.push({ status, headers, text: rest.slice(end + 4, end + 4 + length) });
    rest = rest.slice(end + 4 + length);
  }
  return answers;
}

export function requestOf(call: Call): Request {
  const body = bodyOf(call);
  const { method = "POST", isUnfinished, isChunked } = call;
  const hasBody = method !== "GET" && method !== "HEAD";
  const stream = isUnfinished || isChunked ? streamOf(body, isUnfinished === true) : new Uint8Array(body);
  return new Request(`http://proxy.example${targetOf(call)}`, {
    method,
    headers: headersOf(call),
    ...(hasBody && { body: stream, duplex: "half" }),
  } as RequestInit);
}

function streamOf(body: Buffer, isUnfinished: boolean): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async start(controller) {
      for (const piece of piecesOf(body)) controller.enqueue(piece);
      if (isUnfinished) await delay(PATIENCE_MS, undefined, { ref: false });
      else controller.close();
    },
  });
}

/** What a handler answers. Rejects where that takes too long. */
export function answerOf(responding: Response | Promise<Response>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(noAnswer()), PATIENCE_MS);
    Promise.resolve(responding)
      .then(async (response) => ({
        status: response.status,
        headers: new Map(response.headers),
        text: await response.text(),
      }))
      .then(resolve, reject)
      .finally(() => clearTimeout(timer));
  });
}
