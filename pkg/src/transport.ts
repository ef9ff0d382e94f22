import type { HeaderRecord } from "./types.ts";

/** One request as it goes out. */
export interface OutgoingRequest {
  readonly url: string;
  readonly headers: HeaderRecord;
  readonly body: string;
  readonly signal: AbortSignal;
  /** More is not read. */
  readonly maxBytes: number;
}

/** One answer as it came in. */
export interface IncomingAnswer {
  /** 0 where a browser hides a redirect. */
  readonly status: number;
  readonly retryAfter: string | null;
  readonly bytes: Uint8Array;
}

/** Carries one request. It follows no redirect, and it rejects when no whole answer came. */
export type Transport = (request: OutgoingRequest) => Promise<IncomingAnswer>;

/** Thrown by a transport that stopped reading. */
export class TooLarge {
  constructor(
    readonly status: number,
    readonly maxBytes: number,
  ) {}
}

export function fetchTransport(fetch: typeof globalThis.fetch, credentials?: RequestCredentials): Transport {
  return async ({ url, headers, body, signal, maxBytes }) => {
    const init: RequestInit = { method: "POST", headers, body, signal, redirect: "manual" };
    // Only when asked for: edge workers refuse the mere presence of the option.
    if (credentials !== undefined) init.credentials = credentials;
    const response = await fetch(url, init);
    return {
      status: response.status,
      retryAfter: response.headers.get("retry-after"),
      bytes: await readBody(response, maxBytes, signal),
    };
  };
}

async function readBody(response: Response, maxBytes: number, signal: AbortSignal): Promise<Uint8Array> {
  const announced = Number(response.headers.get("content-length"));
  // Older hosts have bodies that are no web streams.
  const reader = typeof response.body?.getReader === "function" ? response.body.getReader() : undefined;
  if (!reader) {
    if (announced > maxBytes) throw new TooLarge(response.status, maxBytes);
    return checked(new Uint8Array(await response.arrayBuffer()), response.status, maxBytes);
  }
  const cancel = () => {
    // Ends the connection; whether that works is of no interest any more.
    reader.cancel().catch(() => {});
  };
  // A fetch that heeds its signal does this itself.
  signal.addEventListener("abort", cancel);

  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    if (announced > maxBytes) throw new TooLarge(response.status, maxBytes);
    if (signal.aborted) throw signal.reason;
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return concat(chunks, length);
      length += value.length;
      if (length > maxBytes) throw new TooLarge(response.status, maxBytes);
      chunks.push(value);
    }
  } catch (error) {
    cancel();
    // The status says enough.
    if (error instanceof TooLarge && !response.ok) return new Uint8Array();
    throw error;
  } finally {
    signal.removeEventListener("abort", cancel);
  }
}

function checked(bytes: Uint8Array, status: number, maxBytes: number): Uint8Array {
  if (bytes.length > maxBytes) throw new TooLarge(status, maxBytes);
  return bytes;
}

function concat(chunks: readonly Uint8Array[], length: number): Uint8Array {
  if (chunks.length === 1) return chunks[0] as Uint8Array;
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
