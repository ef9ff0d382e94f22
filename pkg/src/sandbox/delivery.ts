import type { ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setTimeout as delay } from "node:timers/promises";
import type { BlindFault, DeliveryFault } from "./faults.ts";

/** Where an answer goes. */
export interface Reply {
  readonly res: ServerResponse;
  /** Aborts when the connection is gone, so that no timer outlives it. */
  readonly gone: AbortSignal;
}

const JSON_TYPE = "application/json; charset=utf-8";

/** A stalled answer is given up after this time. */
const STALL_MS = 60_000;

const DRIP_PIECES = 30;
const DRIP_PAUSE_MS = 50;

/** Above the 16 MiB at which clients may stop reading. */
const HUGE_BYTES = 17 * 1024 * 1024;

export function sendJson({ res }: Reply, body: Buffer): void {
  send(res, 200, JSON_TYPE, body);
}

export function sendText(res: ServerResponse, status: number, text: string): void {
  send(res, status, "text/plain; charset=utf-8", Buffer.from(text));
}

export async function sendBlindFault(fault: BlindFault, reply: Reply): Promise<void> {
  await BLIND[fault](reply);
}

export async function sendBadly(fault: DeliveryFault, reply: Reply, body: Buffer): Promise<void> {
  await BADLY[fault](reply, body);
}

const BLIND: Record<BlindFault, (reply: Reply) => void | Promise<void>> = {
  "http-500": ({ res }) => sendText(res, 500, "sandbox fault: http-500\n"),
  "http-429-retry-after": ({ res }) => {
    res.setHeader("retry-after", "1");
    sendText(res, 429, "sandbox fault: http-429-retry-after\n");
  },
  reset: ({ res }) => {
    res.socket?.resetAndDestroy();
  },
  "stall-headers": stall,
  "not-json": ({ res }) => send(res, 200, JSON_TYPE, Buffer.from("ret=0&msg=sandbox fault: not-json")),
  // Status 200, the nasty one: gateways and captive portals do it.
  "html-error-page": ({ res }) => send(res, 200, "text/html; charset=utf-8", Buffer.from(ERROR_PAGE)),
};

const ERROR_PAGE =
  "<!DOCTYPE html>\n<html><head><title>502 Bad Gateway</title></head>" +
  "<body><h1>502 Bad Gateway</h1><p>sandbox fault: html-error-page</p></body></html>\n";

const BADLY: Record<DeliveryFault, (reply: Reply, body: Buffer) => Promise<void>> = {
  "stall-body": async (reply, body) => {
    announce(reply.res, body.length);
    reply.res.write(firstHalf(body));
    await stall(reply);
  },
  "slow-drip": async ({ res, gone }, body) => {
    announce(res, body.length);
    const size = Math.ceil(body.length / DRIP_PIECES);
    for (let start = 0; start < body.length; start += size) {
      res.write(body.subarray(start, start + size));
      await delay(DRIP_PAUSE_MS, undefined, { signal: gone });
    }
    res.end();
  },
  truncated: async ({ res }, body) => {
    announce(res, body.length);
    res.write(firstHalf(body));
    res.socket?.end(() => res.destroy());
  },
  huge: async ({ res, gone }, body) => {
    res.writeHead(200, { "content-type": JSON_TYPE });
    await pipeline(Readable.from(inflated(body)), res, { signal: gone });
  },
};

async function stall({ res, gone }: Reply): Promise<void> {
  await delay(STALL_MS, undefined, { signal: gone });
  res.destroy();
}

/** The same answer made huge by an unknown member `padding`; made as it is read, never held whole. */
function* inflated(body: Buffer): Generator<Buffer> {
  const chunk = Buffer.from(`,"${"x".repeat(64 * 1024)}"`);
  yield body.subarray(0, body.length - 1);
  yield Buffer.from(',"padding":[""');
  for (let sent = 0; sent < HUGE_BYTES; sent += chunk.length) yield chunk;
  yield Buffer.from("]}");
}

function send(res: ServerResponse, status: number, type: string, body: Buffer): void {
  res.writeHead(status, { "content-type": type, "content-length": body.length });
  res.end(body);
}

function announce(res: ServerResponse, length: number): void {
  res.writeHead(200, { "content-type": JSON_TYPE, "content-length": length });
}

function firstHalf(body: Buffer): Buffer {
  return body.subarray(0, Math.floor(body.length / 2));
}
