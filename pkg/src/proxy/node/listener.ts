import type { IncomingMessage, ServerResponse } from "node:http";
import type { Incoming, Outgoing } from "../exchange.ts";
import { deliveryIn, type ProxyHandler } from "../handler.ts";
import { bodyOf } from "./body.ts";
import { flawIn } from "./head.ts";

/** How long a caller may take to read an answer. */
const DELIVERY_MS = 60_000;

/** What `http.createServer` and Express take. */
export type NodeHandler = (req: IncomingMessage, res: ServerResponse) => void;

/**
 * A handler as a listener of Node's http server. It must see the URL and the body as they arrived: mount it first.
 *
 * @throws `config` for anything but a handler of this package, such as the promise of one
 */
export function nodeListener(handler: ProxyHandler): NodeHandler {
  const answer = deliveryIn(handler);
  return (req, res) => {
    const connection = new AbortController();
    const closed = new Promise<void>((resolve) => {
      res.once("close", () => {
        if (!res.writableFinished) connection.abort();
        resolve();
      });
    });
    void answer(incomingOf(req, connection.signal), (outgoing) => {
      // Another program may have answered meanwhile, such as one that watches over the time.
      if (!res.destroyed && !res.headersSent) send(req, res, outgoing);
      // Whoever ends the proxy waits for its last byte.
      return closed;
    });
  };
}

function incomingOf(req: IncomingMessage, gone: AbortSignal): Incoming {
  // Not parsed: a URL parser would make of `/a/%2e%2e/b` what the backend may understand otherwise.
  const target = req.url ?? "";
  const mark = target.indexOf("?");
  const header = (name: string): string | undefined => {
    const value = req.headers[name];
    return Array.isArray(value) ? value.join(", ") : value;
  };
  return {
    method: req.method ?? "",
    flaw: flawIn(req.rawHeaders),
    path: mark < 0 ? target : target.slice(0, mark),
    query: mark < 0 ? "" : target.slice(mark + 1),
    header,
    body: (maxBytes, signal) => bodyOf(req, maxBytes, signal),
    remoteAddress: req.socket.remoteAddress,
    gone,
    toRequest: () => requestOf(req),
  };
}

const HOST = /^[\w.-]+(:\d+)?$|^\[[\da-f:]+\](:\d+)?$/i;

function requestOf({ method = "", url = "", headers, socket }: IncomingMessage): Request {
  const scheme = "encrypted" in socket ? "https" : "http";
  const origin = `${scheme}://${headers.host}`;
  const base = HOST.test(headers.host ?? "") && URL.canParse(origin) ? origin : `${scheme}://localhost`;
  const pairs: [string, string][] = [];
  for (const [name, value] of Object.entries(headers)) {
    for (const one of Array.isArray(value) ? value : [value ?? ""]) pairs.push([name, one]);
  }
  return new Request(base + url, { method, headers: pairs });
}

function send(req: IncomingMessage, res: ServerResponse, { status, headers, body }: Outgoing): void {
  // What is left of a body that nobody wants is not waited for.
  const isLeft = !req.complete;
  const length = typeof body === "string" ? Buffer.byteLength(body) : body.length;
  const lengthOf = status === 204 ? {} : { "content-length": length };
  res.writeHead(status, { ...headers, ...lengthOf, ...(isLeft && { connection: "close" }) });
  // Whoever does not read would keep it in the memory for ever.
  const late = setTimeout(() => res.destroy(), DELIVERY_MS).unref();
  res.once("close", () => clearTimeout(late));
  res.end(body, isLeft ? () => req.destroy() : undefined);
}
