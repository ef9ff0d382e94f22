// Why the proxy does not pass a call on: the answer it gives, and the class that metrics and logs count it under.

/** A status each; a client tells the kinds of its errors by it. */
const STATUS = {
  /** Not a request that this package could have made. */
  bad_request: 400,
  /** `authorize` knows no player. */
  unauthorized: 401,
  origin: 403,
  /** A player acts for another one. */
  player: 403,
  not_found: 404,
  method: 405,
  /** The body did not arrive in time. */
  slow_body: 408,
  too_large: 413,
  media_type: 415,
  /** Nobody waits for this answer any more. */
  gone: 499,
  rate_limit: 429,
  /** The backend did not answer in a way that can be passed on. */
  upstream: 502,
  /** Too many calls at once, or the proxy is ending. */
  overload: 503,
  /** The store of the limits, or `authorize`, is broken. */
  unavailable: 503,
  upstream_timeout: 504,
  internal: 500,
} as const;

/** How long a caller is told to wait for what passes by itself. */
export const SOON_MS = 1000;

type RefusalClass = keyof typeof STATUS;

export class Refusal extends Error {
  readonly status: number;

  /**
   * @param message for the developer of the page: it names the field and what is allowed, and quotes no value
   * @param retryAfterMs when the same call may work
   */
  constructor(
    readonly reason: RefusalClass,
    message: string,
    readonly retryAfterMs?: number,
  ) {
    super(message);
    this.status = STATUS[reason];
  }
}

export const badRequest = (message: string): Refusal => new Refusal("bad_request", message);
