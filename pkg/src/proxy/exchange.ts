// A call as it comes in and an answer as it goes out, in the words that all hosts share.

/** One incoming request. Its body is read at most once. */
export interface Incoming {
  readonly method: string;
  /** What is wrong with its head, where the host can tell. */
  readonly flaw?: string | undefined;
  /** As it arrived, nothing decoded: the path, without the query. */
  readonly path: string;
  /** Without the question mark. */
  readonly query: string;
  /** @param name in lower case */
  header(name: string): string | undefined;
  /** The body; `undefined` where it is longer than `maxBytes`. */
  body(maxBytes: number, signal: AbortSignal): Promise<Uint8Array | undefined>;
  /** The address of the connection, where the host knows it. */
  readonly remoteAddress: string | undefined;
  /** Aborts when the caller is gone. */
  readonly gone: AbortSignal | undefined;
  /** Without its body: what `authorize` looks at. */
  toRequest(): Request;
}

export interface Outgoing {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | string;
  /** Of a call that the backend refused, for the log. */
  readonly ret?: number | undefined;
}

const encoder = new TextEncoder();

export const json = (status: number, value: object, headers: Outgoing["headers"] = {}): Outgoing => ({
  status,
  headers: { "content-type": "application/json", ...headers },
  body: encoder.encode(JSON.stringify(value)),
});
