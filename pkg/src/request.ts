import type { Signal } from "#host/abort.ts";
import * as core from "./core.ts";
import { type ErrorParts, isMsdkError, MsdkError } from "./errors.ts";
import { areHeaders, HEADERS } from "./headers.ts";
import type { Settings } from "./options.ts";
import type { Attempt } from "./transport.ts";
import type { HeaderRecord } from "./types.ts";

/** The address of one attempt, stamped and signed anew. */
export async function signedUrl(
  { baseUrl, queryOptions, signer, now }: Settings,
  path: string,
  seq: string,
  body: string,
  secrets: unknown[],
  attempt: Attempt,
): Promise<string> {
  let ts: number | undefined;
  if (signer) {
    const ms = await ask(now, isTime, {
      kind: "config",
      message: "now: expected a function that returns epoch milliseconds",
      field: "now",
    });
    ts = Math.floor(ms / 1000);
  }
  const canonicalQuery = core.query(queryOptions, seq, ts);
  const url = `${baseUrl}${path}?${canonicalQuery}`;
  if (!signer) return url;

  // The functions before it may have answered too late.
  if (attempt.signal.aborted) throw attempt.signal.reason;
  const sig = await ask(() => signer.sign({ path, canonicalQuery, body }, attempt), isSig, {
    kind: "signature",
    message: "the signer did not return the sig of path, canonicalQuery and body, 32 hex digits",
  });
  secrets.push(sig);
  return `${url}&sig=${sig.toLowerCase()}`;
}

/** Posts of one attempt, by the client's transport with the client's headers. They reject with an {@link MsdkError}. */
export async function poster(
  settings: Settings,
  signal: Signal,
  timeoutMs: number,
): Promise<Attempt["post"]> {
  const headers = await requestHeaders(settings);
  return (url, body, maxBytes) =>
    settings.transport.send(url, { headers, body, signal, timeoutMs, maxBytes }).catch(notArrived);
}

function notArrived(cause: unknown): never {
  if (isMsdkError(cause)) throw cause;
  const message = "no whole answer arrived: the server cannot be reached, or in a page CORS forbids it";
  throw new MsdkError({ kind: "network", message, retryable: true, cause });
}

/** The caller's own headers, asked for anew, and the one that is always sent. */
async function requestHeaders({ headers }: Settings): Promise<HeaderRecord> {
  const own = await ask(() => (typeof headers === "function" ? headers() : headers), areHeaders, {
    kind: "config",
    message: `headers: expected a function that returns ${HEADERS}`,
    field: "headers",
  });
  const sent: Record<string, string> = {};
  for (const name of Object.keys(own)) {
    if (name.toLowerCase() !== "content-type") sent[name] = own[name] as string;
  }
  return { ...sent, "content-type": "application/json" };
}

/** In milliseconds, whose seconds the core takes exactly. */
const isTime = (value: unknown): value is number =>
  Number.isSafeInteger(Math.floor(Number(value) / 1000)) && typeof value === "number" && value >= 0;

/** Whether it is what a signer has to return. */
export const isSig = (value: unknown): value is string =>
  typeof value === "string" && /^[0-9a-f]{32}$/i.test(value);

/** Asks a function of the caller's. What it throws and what it must not return are the same error. */
async function ask<T>(
  run: () => unknown,
  isRight: (value: unknown) => value is T,
  error: ErrorParts,
): Promise<T> {
  let { message, cause } = error;
  try {
    const value = await run();
    if (isRight(value)) return value;
  } catch (thrown) {
    cause = thrown;
    // remoteSigner has said it better.
    if (isMsdkError(thrown) && thrown.kind === "signature") ({ message, cause } = thrown);
  }
  throw new MsdkError({ ...error, message, cause });
}
