import type { Signal } from "#host/abort.ts";
import type { HeaderRecord } from "./types.ts";

/** One request as it goes out. */
export interface OutgoingRequest {
  readonly headers: HeaderRecord;
  readonly body: string;
  readonly signal: Signal;
  readonly timeoutMs: number;
  /** More of the answer is not read. */
  readonly maxBytes: number;
}

/** One answer as it came in. */
export interface IncomingAnswer {
  /** 0 where a browser hides a redirect. */
  readonly status: number;
  readonly retryAfter: string | null | undefined;
  /** Absent where there are more than the request takes. */
  readonly bytes: Uint8Array | undefined;
}

export interface Transport {
  /**
   * Waits until the host takes one more request, where it counts them; gives the function that ends the turn. A request
   * that is called off may keep its place for longer: that is for `send` to see to.
   */
  turn?(signal: Signal): Promise<() => void>;
  /** Posts one request. It follows no redirect, and it rejects when no whole answer came. */
  send(url: string, request: OutgoingRequest): Promise<IncomingAnswer>;
}

/** What one attempt may use: its end, and requests by the client's transport with the client's headers. */
export interface Attempt {
  readonly signal: Signal;
  post(url: string, body: string, maxBytes: number): Promise<IncomingAnswer>;
}

/** Looks at one option: its value or the fallback, when it is right. */
export type ReadOption<Options> = <T>(
  name: keyof Options,
  fallback: T,
  isRight: (value: unknown) => boolean,
  allowed: string,
) => T;

/** The part of fetch's Request and Response that is used of their bodies. */
interface FetchBody {
  readonly headers: { get(name: string): string | null };
  readonly body?: unknown;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** The part of fetch's Response that is used, and that a stand-in must have. */
interface FetchResponse extends FetchBody {
  readonly status: number;
}

/** What a fetch has answered, with its body. */
export const answerOf = async (
  response: FetchResponse,
  maxBytes: number,
  signal: Signal,
): Promise<IncomingAnswer> => ({
  status: response.status,
  retryAfter: response.headers.get("retry-after"),
  bytes: await readBody(response, maxBytes, signal),
});

interface BodyReader {
  read(): Promise<{ value?: Uint8Array }>;
  cancel(): Promise<void>;
}

/** The body; `undefined` where it is too large. */
export async function readBody(
  response: FetchBody,
  maxBytes: number,
  signal: Signal,
): Promise<Uint8Array | undefined> {
  const announced = Number(response.headers.get("content-length"));
  // Older hosts have bodies that are no web streams.
  const reader = (response.body as { getReader?(): BodyReader } | undefined)?.getReader?.();
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
    const { value } = await reader.read();
    if (!value) break;
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
