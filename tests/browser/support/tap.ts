// A proxy between Chromium and all servers, which keeps every byte that a page, its workers included, loads and sends.
import { createServer, type IncomingHttpHeaders, type IncomingMessage, request } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import type { Piece } from "./spellings.ts";

export interface Tap {
  readonly url: string;
  /** Heads and bodies of all answers, uncompressed. */
  readonly loaded: Piece[];
  /** Lines, heads and bodies of all requests. */
  readonly sent: Piece[];
  /** Who was to be reached through a tunnel, by https or a WebSocket: nobody is, as nothing could be read of it. */
  readonly tunnels: string[];
  /** What it answers by itself at a path, as though the page's server did. */
  readonly answers: Map<string, Buffer>;
  close(): Promise<void>;
}

/** Chromium asks there by itself what the fields of a form are called elsewhere; it is turned away like everybody. */
const AUTOFILL = "content-autofill.googleapis.com:443";

export async function openTap(): Promise<Tap> {
  const loaded: Piece[] = [];
  const sent: Piece[] = [];
  const tunnels: string[] = [];
  const answers = new Map<string, Buffer>();

  const server = createServer(async (req, res) => {
    const where = `${req.method} ${req.url}`;
    const body = await buffer(req);
    sent.push({ where, bytes: piece([where, ...req.rawHeaders], body) });
    const own = answers.get(new URL(req.url ?? "").pathname);
    const answer = own ? { status: 200, headers: {}, body: own } : await passOn(req, body);
    loaded.push({ where, bytes: piece([JSON.stringify(answer.headers)], answer.body) });
    res.writeHead(answer.status, answer.headers).end(answer.body);
  });
  server.on("connect", ({ url = "" }, socket) => {
    if (url !== AUTOFILL) tunnels.push(url);
    socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    loaded,
    sent,
    tunnels,
    answers,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const piece = (head: string[], body: Buffer) => Buffer.concat([Buffer.from(`${head.join("\n")}\n`), body]);

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** Between two connections: what belongs to one of them stays behind, and so does compression. */
function passOn({ url = "", method, headers }: IncomingMessage, body: Buffer): Promise<Answer> {
  const { "accept-encoding": _, "proxy-connection": _same, ...rest } = headers;
  return new Promise((resolve, reject) => {
    const onward = request(url, { method, headers: rest }, async (answer) => {
      const { connection: _, "transfer-encoding": _same, ...own } = answer.headers;
      resolve({ status: answer.statusCode ?? 0, headers: own, body: await buffer(answer) });
    });
    onward.once("error", reject);
    onward.end(body);
  });
}
