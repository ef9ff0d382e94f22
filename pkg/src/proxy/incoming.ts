import { readBody } from "../facade.ts";
import type { Incoming } from "./exchange.ts";

/** A WHATWG request as a call. Its URL was parsed by the host: `.` and `..` are gone from its path. */
export function incomingOf(request: Request, remoteAddress: string | undefined): Incoming {
  const { pathname, search } = new URL(request.url);
  return {
    method: request.method,
    path: pathname,
    query: search.slice(1),
    header: (name) => request.headers.get(name) ?? undefined,
    body: (maxBytes, signal) => readBody(request, maxBytes, signal),
    remoteAddress,
    gone: request.signal,
    toRequest: () => new Request(request.url, { method: request.method, headers: request.headers }),
  };
}
