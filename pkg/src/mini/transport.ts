// Requests by a mini-game host's own API, `X.request`.

import { bytesOf } from "../bytes.ts";
import { argumentError, MsdkError } from "../errors.ts";
import {
  answerOf,
  type IncomingAnswer,
  type OutgoingRequest,
  type ReadOption,
  type Transport,
} from "../transport.ts";
import { findVendor } from "../vendors.ts";
import { MAX_TIMEOUT_MS } from "../within.ts";
import type { Signal } from "./abort.ts";
import type { MiniAnswer, MiniFailure, MiniHost, MiniRequest } from "./host.ts";
import type { WasmOptions } from "./init.ts";
import { hold, turn } from "./queue.ts";

declare const tt: unknown;

/** fetch, or what is used of it. `signal` is none of the host's own, so that a fetch cannot take it in `init`. */
export type Fetch = (
  url: string,
  init: { method: "POST"; redirect: "manual"; headers: Record<string, string>; body: string },
  signal: Signal,
  // biome-ignore lint/suspicious/noExplicitAny: a Response, where the program's libraries know one
) => Promise<any>;

/** The options of a client that only mini-game hosts have. */
export interface HostOptions extends WasmOptions {
  /** The host's object, such as `wx`, `qq`, `tt` or `my`; looked for where absent. */
  host?: MiniHost | undefined;
  /** How many requests may be under way at once: 10 by default, 15 on Douyin. The others wait, unsigned, for their turn. */
  maxParallelRequests?: number | undefined;
  /** Instead of the host's requests: for an engine's web build, where there is no such host. */
  fetch?: Fetch | undefined;
}

/** The host's own timer comes second, so that ours says what happened. */
const HOST_TIMEOUT_MARGIN_MS = 1000;
/** How long a host may take to end what is called off; some never say that they have. */
const HOST_ABORT_MS = 1000;

const isFunction = (value: unknown) => typeof value === "function";

export function transportOf(options: HostOptions, option: ReadOption<HostOptions>): Transport {
  const own = option(
    "fetch",
    options.fetch,
    (value) => value === undefined || isFunction(value),
    "a function",
  );
  if (own) return fetchTransport(own);
  const host = option<MiniHost>(
    "host",
    findVendor() as MiniHost,
    (value) => isFunction((value as Partial<MiniHost> | undefined)?.request),
    "the host's object with request(), such as wx (or fetch in an engine's web build)",
  );
  const limit = option(
    "maxParallelRequests",
    typeof tt !== "undefined" && host === tt ? 15 : 10,
    (value) => Number.isInteger(value) && (value as number) > 0,
    "a whole number from 1",
  );
  return {
    turn: (signal) => turn(limit, signal),
    send: (url, request) => send(host, url, request),
  };
}

/** What the caller does not end by the signal goes on until its answer comes. */
const fetchTransport = (own: Fetch): Transport => ({
  async send(url, { headers, body, signal, maxBytes }) {
    const init = { method: "POST", redirect: "manual", headers: { ...headers }, body } as const;
    const response = await own(url, init, signal);
    return answerOf(response, maxBytes, signal);
  },
});

function send(
  host: MiniHost,
  url: string,
  { headers, body, signal, timeoutMs, maxBytes }: OutgoingRequest,
): Promise<IncomingAnswer> {
  return new Promise((resolve, reject) => {
    const request: MiniRequest = {
      url,
      method: "POST",
      header: headers,
      headers,
      data: body,
      responseType: "arraybuffer",
      dataType: "arraybuffer",
      redirect: "manual",
      timeout: Math.min(timeoutMs + HOST_TIMEOUT_MARGIN_MS, MAX_TIMEOUT_MS),
      success: settleWith(readAnswer),
      fail: settleWith(readFailure),
    };
    let settled = () => signal.removeEventListener("abort", abort);
    /** What comes later than an abort is passed over by the promise itself. */
    function settleWith<T>(read: (given: T, maxBytes: number) => IncomingAnswer) {
      return (given: T) => {
        settled();
        try {
          resolve(read(given, maxBytes));
        } catch (error) {
          reject(error);
        }
      };
    }
    function abort() {
      reject(signal.reason);
      // The host counts the request until it says that it has ended.
      const free = hold();
      const timer = setTimeout(free, HOST_ABORT_MS);
      settled = () => {
        clearTimeout(timer);
        free();
      };
      try {
        task?.abort?.();
      } catch {
        // Then it ends by itself.
      }
    }
    signal.addEventListener("abort", abort);
    const task = host.request(request) as { abort?(): void } | undefined;
  });
}

/** @throws `malformed_response` */
function readAnswer(answer: MiniAnswer, maxBytes: number): IncomingAnswer {
  const bytes = bytesOf(answer.data ?? "");
  if (!bytes) {
    throw new MsdkError({
      kind: "malformed_response",
      message: "malformed response: the host has parsed the answer, so its numbers cannot be trusted",
    });
  }
  return {
    status: (answer.statusCode ?? answer.status) as number,
    retryAfter: headerOf(answer.header ?? answer.headers ?? {}, "retry-after"),
    bytes: bytes.length > maxBytes ? undefined : bytes,
  };
}

/** Names arrive in any case, and values may be lists. */
function headerOf(headers: object, wanted: string): string | undefined {
  const found = Object.keys(headers).find((name) => name.toLowerCase() === wanted);
  return found === undefined ? undefined : String((headers as Record<string, unknown>)[found]);
}

/** An answer, where there was one after all. @throws why there was none */
function readFailure(failure: MiniFailure | undefined, maxBytes: number): IncomingAnswer {
  const { errMsg, errorMessage, errno, status } = failure ?? {};
  if (failure && typeof status === "number" && status >= 100) return readAnswer(failure, maxBytes);

  const said = String(errMsg ?? errorMessage ?? "");
  if (errno === URL_NOT_ALLOWED || /domain list|合法域名/.test(said)) {
    const allowed = "an address on a domain that the game's settings list for requests";
    throw argumentError("config", "baseUrl", allowed, "one that is not listed");
  }
  if (/time ?out/i.test(said)) {
    throw new MsdkError({ kind: "timeout", message: "the host's own timeout came first", retryable: true });
  }
  // A request that is open when the app goes to the background ends so after five seconds.
  const why = /interrupted/.test(said) ? "the app went to the background" : said;
  throw new MsdkError({ kind: "network", message: `no whole answer arrived: ${why}`, retryable: true });
}

/** WeChat's number for a domain that is not listed. */
const URL_NOT_ALLOWED = 600002;
