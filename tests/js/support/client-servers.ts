// Backends that the client tests script: a fetch that is no network, and a small HTTP server.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface SentRequest {
  readonly url: string;
  readonly query: URLSearchParams;
  readonly init: RequestInit;
  readonly headers: Record<string, string>;
  readonly body: string;
  readonly signal: AbortSignal;
  /** As performance.now() has it. */
  readonly at: number;
}

export type Step = (request: SentRequest) => Response | Promise<Response>;

export interface ScriptedFetch {
  readonly fetch: typeof globalThis.fetch;
  readonly requests: SentRequest[];
}

/** A fetch that answers by one step a request; the last step stays. */
export function scriptedFetch(...steps: readonly Step[]): ScriptedFetch {
  const requests: SentRequest[] = [];
  const fetch = (async (url: string, init: RequestInit) => {
    const request: SentRequest = {
      url,
      query: new URL(url, "http://relative").searchParams,
      init,
      headers: { ...(init.headers as Record<string, string>) },
      body: String(init.body),
      signal: init.signal as AbortSignal,
      at: performance.now(),
    };
    requests.push(request);
    const step = steps[Math.min(requests.length, steps.length) - 1] as Step;
    return step(request);
  }) as typeof globalThis.fetch;
  return { fetch, requests };
}

const GOOD = { ret: 0, msg: "", lists: [], sopenid: "9007199254740993999", seq: "answer-1" };

/** An answer that all five endpoints read. */
export const good: Step = () => Response.json(GOOD);

export const ret =
  (code: number, msg = "scripted"): Step =>
  () =>
    Response.json({ ret: code, msg });

export const status =
  (code: number, headers: Record<string, string> = {}): Step =>
  () =>
    new Response("scripted", { status: code, headers });

export const fails =
  (error: unknown): Step =>
  () =>
    Promise.reject(error);

/** Never answers, and heeds its signal, as the real one does. */
export const hangs: Step = ({ signal }) =>
  new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });

/** Never answers, whatever its signal says. */
export const isDeaf: Step = () => new Promise<never>(() => {});

/** Headers and a first piece, then nothing, whatever the signal says. */
export const stallsInBody =
  (onCancel: () => void = () => {}): Step =>
  () =>
    new Response(
      new ReadableStream({
        start: (controller) => controller.enqueue(new TextEncoder().encode('{"ret":0,')),
        cancel: onCancel,
      }),
    );

export interface ReceivedRequest {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  /** Path and query as they stood in the request line. */
  readonly target: string;
  readonly body: string;
}

export interface ScriptedServer {
  readonly url: string;
  readonly port: number;
  readonly received: ReceivedRequest[];
}

/** Runs a test against a server and closes it whatever happens. */
export async function withServer<T>(
  answer: (request: ReceivedRequest) => void,
  run: (server: ScriptedServer) => Promise<T>,
  host = "127.0.0.1",
): Promise<T> {
  const received: ReceivedRequest[] = [];
  const server = createServer((req, res) => {
    const chunks: Buffer[] = [];
    req.on("data", (chunk: Buffer) => chunks.push(chunk));
    req.on("end", () => {
      const request = { req, res, target: req.url ?? "", body: Buffer.concat(chunks).toString("utf8") };
      received.push(request);
      answer(request);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  try {
    return await run({ url: `http://${host.includes(":") ? `[${host}]` : host}:${port}`, port, received });
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

export function answerJson(res: ServerResponse, value: unknown, statusCode = 200): void {
  res.writeHead(statusCode, { "content-type": "application/json" });
  res.end(JSON.stringify(value));
}
