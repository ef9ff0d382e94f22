import type { Incoming } from "./exchange.ts";

/** A WHATWG request as a call. Its URL was parsed by the host: `.` and `..` are gone from its path. */
export function incomingOf(request: Request, remoteAddress: string | undefined): Incoming {
  const { pathname, search } = new URL(request.url);
  return {
    method: request.method,
    path: pathname,
    query: search.slice(1),
    header: (name) => request.headers.get(name) ?? undefined,
    body: (maxBytes, signal) => bodyOf(request, maxBytes, signal),
    remoteAddress,
    gone: request.signal,
    toRequest: () => new Request(request.url, { method: request.method, headers: request.headers }),
  };
}

/** Read piece by piece: nothing says how long a body really is. */
async function bodyOf(
  { body }: Request,
  maxBytes: number,
  signal: AbortSignal,
): Promise<Uint8Array | undefined> {
  if (!body) return new Uint8Array();
  const reader = body.getReader();
  const stop = () => void reader.cancel().catch(() => {});
  signal.addEventListener("abort", stop, { once: true });
  const pieces: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { value } = await reader.read();
    if (!value) break;
    pieces.push(value);
    length += value.length;
    if (length > maxBytes) {
      stop();
      return undefined;
    }
  }
  return joined(pieces, length);
}

export function joined(pieces: readonly Uint8Array[], length: number): Uint8Array {
  if (pieces.length === 1) return pieces[0] as Uint8Array;
  const whole = new Uint8Array(length);
  let end = 0;
  for (const piece of pieces) {
    whole.set(piece, end);
    end += piece.length;
  }
  return whole;
}
