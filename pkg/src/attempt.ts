import * as core from "./core.ts";
import { type ErrorParts, isMsdkError, MsdkError, partsOfError } from "./errors.ts";
import { checkHeaderRecord } from "./headers.ts";
import type { Settings } from "./options.ts";
import { partsOfStop } from "./outcomes.ts";
import { openScope, type Scope, Stopped } from "./scope.ts";
import { type IncomingAnswer, TooLarge } from "./transport.ts";
import type { HeaderRecord } from "./types.ts";

/** What every attempt of a call has in common. */
export interface Plan<T> {
  readonly path: string;
  readonly body: string;
  readonly seq: string;
  readonly timeoutMs: number;
  /** Reads an answer. @throws MsdkError */
  readonly read: (answer: IncomingAnswer) => T;
  /** The signature of each attempt is to be masked like the other secrets. */
  readonly keepSecret: (sig: string) => void;
}

/** How an attempt went. */
export interface Outcome<T> {
  readonly result?: T;
  readonly failure?: ErrorParts;
  readonly answer?: IncomingAnswer;
  /** The answer's own. */
  readonly seq?: string | undefined;
  /** Whether the request was handed to the transport. */
  readonly sent: boolean;
}

/** Stamps, signs and sends once; never rejects. */
export async function attempt<T>(plan: Plan<T>, settings: Settings, call: Scope): Promise<Outcome<T>> {
  const scope = openScope({ option: "timeoutMs", ms: plan.timeoutMs }, call.signal);
  let sent = false;
  let answer: IncomingAnswer | undefined;
  try {
    scope.throwIfStopped();
    const url = await signedUrl(plan, settings, scope);
    const headers = await requestHeaders(settings, scope);
    const request = {
      url,
      headers,
      body: plan.body,
      signal: scope.signal,
      maxBytes: settings.maxResponseBytes,
    };
    scope.throwIfStopped();
    sent = true;
    answer = await scope.race(inTransit(settings.transport(request)));
    const result = plan.read(answer);
    return { result, answer, sent, seq: (result as { seq?: string }).seq };
  } catch (thrown) {
    const failure = failureOf(thrown, answer);
    return { failure, sent, seq: failure.seq, ...(answer && { answer }) };
  } finally {
    scope.close();
  }
}

/** Marks what a transport rejects with, so that it is told from every other failure. */
class TransportFailure {
  constructor(readonly cause: unknown) {}
}

async function inTransit(answer: Promise<IncomingAnswer>): Promise<IncomingAnswer> {
  try {
    return await answer;
  } catch (cause) {
    throw cause instanceof TooLarge ? cause : new TransportFailure(cause);
  }
}

async function signedUrl<T>(plan: Plan<T>, settings: Settings, scope: Scope): Promise<string> {
  const { signer, queryBase, baseUrl } = settings;
  const query = core.stampQuery(queryBase, plan.seq, signer ? unixSeconds(settings.now) : -1);
  const url = `${baseUrl}${plan.path}?${query}`;
  if (!signer) return url;
  const input = { path: plan.path, canonicalQuery: query, body: plan.body };
  let sig: unknown;
  try {
    sig = await scope.race(Promise.resolve(signer.sign(input, { signal: scope.signal })));
  } catch (thrown) {
    if (thrown instanceof Stopped) throw thrown;
    throw new MsdkError({ kind: "signature", message: `the signer failed. ${CHECK_SIGNER}`, cause: thrown });
  }
  if (typeof sig !== "string" || !/^[0-9a-f]{32}$/i.test(sig)) {
    throw new MsdkError({
      kind: "signature",
      message: `the signer returned something else than 32 hex digits. ${CHECK_SIGNER}`,
    });
  }
  plan.keepSecret(sig);
  return `${url}&sig=${sig.toLowerCase()}`;
}

const CHECK_SIGNER =
  "Check the service or function that signs: it gets path, canonicalQuery and body, and returns the sig";

function unixSeconds(now: () => number): number {
  let cause: unknown;
  try {
    const seconds = Math.floor(now() / 1000);
    if (Number.isSafeInteger(seconds) && seconds >= 0) return seconds;
  } catch (thrown) {
    cause = thrown;
  }
  throw new MsdkError({
    cause,
    kind: "config",
    message: "now: expected a function that returns epoch milliseconds",
    field: "now",
  });
}

async function requestHeaders(settings: Settings, scope: Scope): Promise<HeaderRecord> {
  const headers: Record<string, string> = {};
  try {
    const own = await scope.race(Promise.resolve(settings.headers()));
    for (const [name, value] of Object.entries(checkHeaderRecord(own))) {
      if (name.toLowerCase() !== "content-type") headers[name] = value;
    }
  } catch (thrown) {
    if (thrown instanceof Stopped || isMsdkError(thrown)) throw thrown;
    throw new MsdkError({
      kind: "config",
      message: "headers: the function failed",
      field: "headers",
      cause: thrown,
    });
  }
  headers["content-type"] = "application/json";
  return headers;
}

function failureOf(thrown: unknown, answer: IncomingAnswer | undefined): ErrorParts {
  if (isMsdkError(thrown)) {
    const parts = partsOfError(thrown);
    return answer ? { ...parts, status: answer.status, responseText: textOf(answer) } : parts;
  }
  if (thrown instanceof Stopped) return partsOfStop(thrown);
  if (thrown instanceof TooLarge) {
    const { status, maxBytes: offset } = thrown;
    const message = `malformed response: larger than maxResponseBytes (${offset})`;
    return { kind: "malformed_response", message, status, offset };
  }
  if (thrown instanceof TransportFailure) {
    const message = `no whole answer arrived${codeOf(thrown.cause)}`;
    return { kind: "network", message, retryable: true, cause: thrown.cause };
  }
  return { kind: "unknown", message: "the attempt failed", cause: thrown };
}

/** The code in the chain of causes that says why, such as ECONNREFUSED; a browser tells nobody. */
function codeOf(cause: unknown, depth = 0): string {
  if (typeof cause !== "object" || cause === null || depth > 3) return "";
  try {
    const { code, cause: next } = cause as { code?: unknown; cause?: unknown };
    return typeof code === "string" && /^[A-Z_]{3,30}$/.test(code) ? ` (${code})` : codeOf(next, depth + 1);
  } catch {
    return "";
  }
}

/** The most of an answer that an error keeps, in bytes. */
const MAX_KEPT_BYTES = 64 * 2 ** 10;

const textOf = ({ bytes }: IncomingAnswer): string =>
  new TextDecoder().decode(bytes.subarray(0, MAX_KEPT_BYTES));
