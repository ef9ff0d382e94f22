import type { HeaderRecord } from "./types.ts";

/** One request as it goes out. */
export interface OutgoingRequest {
  readonly headers: HeaderRecord;
  readonly body: string;
  readonly signal: AbortSignal;
}

/** One answer as it came in. */
export interface IncomingAnswer {
  /** 0 where a browser hides a redirect. */
  readonly status: number;
  readonly retryAfter: string | null;
  /** Absent where there are more than the client takes. */
  readonly bytes: Uint8Array | undefined;
}

/** Posts one request. It follows no redirect, and it rejects when no whole answer came. */
export type Transport = (url: string, request: OutgoingRequest) => Promise<IncomingAnswer>;

export function fetchTransport(
  own: typeof fetch | undefined,
  credentials: RequestCredentials | "",
  maxBytes: number,
): Transport {
  return async (url, request) => {
    // The global one is looked up at each call, so that what patches it later is honoured.
    const response = await (own ?? fetch)(url, {
      method: "POST",
      redirect: "manual",
      ...request,
      // Only when asked for: edge workers refuse the mere presence of the option.
      ...(credentials && { credentials }),
    });
    return {
      status: response.status,
      retryAfter: response.headers.get("retry-after"),
      bytes: await readBody(response, maxBytes, request.signal),
    };
  };
}

/** The body; `undefined` where it is too large. */
async function readBody(
  response: Response,
  maxBytes: number,
  signal: AbortSignal,
): Promise<Uint8Array | undefined> {
  const announced = Number(response.headers.get("content-length"));
  // Older hosts have bodies that are no web streams.
  const reader = response.body?.getReader?.();
  // Ends the connection; whether that works is of no interest any more.
  const cancel = (): undefined => {
    reader?.cancel().catch(() => {});
  };
  // A fetch that heeds its signal does this itself.
  signal.addEventListener("abort", cancel);
  if (signal.aborted || announced > maxBytes) return cancel();
  if (!reader) {
    const whole = new Uint8Array(await response.arrayBuffer());
    return whole.length > maxBytes ? undefined : whole;
  }

  const chunks: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    chunks.push(value);
    length += value.length;
    if (length > maxBytes) return cancel();
  }
  const whole = new Uint8Array(length);
  for (const chunk of chunks.reverse()) {
    length -= chunk.length;
    whole.set(chunk, length);
  }
  return whole;
}
