import type { Signal } from "#host/abort.ts";
import { decode } from "#host/codec.ts";
import { expect, object, text } from "./arguments.ts";
import * as core from "./core.ts";
import { type EndpointName, type ErrorParts, isMsdkError, MsdkError } from "./errors.ts";
import { toJson } from "./json.ts";
import type { ReadRow } from "./lists.ts";
import { type EventDetails, observe } from "./observers.ts";
import { checkCallTimeout, type Settings } from "./options.ts";
import { type Redact, redactor } from "./redact.ts";
import { poster, signedUrl } from "./request.ts";
import { retryAfterMs } from "./retry-after.ts";
import { keyOf } from "./signers.ts";
import type { IncomingAnswer } from "./transport.ts";
import type { CallOptions } from "./types.ts";
import { wait, within } from "./within.ts";

/** What the core says of an endpoint (src/endpoint.rs). */
export interface Endpoint {
  readonly name: EndpointName;
  readonly path: string;
  readonly idempotent: boolean;
  /** The fields that identify somebody, or prove who it is. */
  readonly secrets: readonly string[];
}

/** The kinds of an answer that says no, as opposed to one that does not know. */
const REFUSAL = /^(config|request|signature|auth|permission|rate_limit)$/;

/** Whether the call was not carried out: the statuses from 400 on that mean nothing else say so too. */
const isRefusal = ({ kind, status = 0 }: MsdkError): boolean =>
  REFUSAL.test(kind) || (kind === "unknown" && status >= 400);

/** The part of an answer that an error keeps, in bytes: whatever is longer is no explanation. */
const MAX_KEPT = 64 * 2 ** 10;
/** What a character of a secret may be spelled with, in bytes. */
const MAX_SPELLING = 12;

/** An error keeps what came back. */
function keep(
  failure: MsdkError,
  { status, bytes }: IncomingAnswer,
  secrets: unknown[],
  redact: Redact,
): void {
  // The end of what is cut off, behind what is kept, may be the first half of a secret: it is masked, but not shown.
  const behind = MAX_SPELLING * Math.max(...secrets.map((secret) => String(secret).length));
  const masked = redact(decode(bytes?.subarray(0, MAX_KEPT + behind)));
  const isWhole = bytes?.[MAX_KEPT] === undefined;
  Object.assign(failure, { status, responseText: isWhole ? masked : masked.slice(0, -behind) });
}

function checkedOptions(options: CallOptions, settings: Settings) {
  const { signal, seq = "", timeoutMs = settings.timeoutMs } = object("options", options);
  text("seq", seq);
  const isSignal = signal === undefined || typeof signal?.removeEventListener === "function";
  expect(signal, isSignal, "signal", "an AbortSignal");
  checkCallTimeout(timeoutMs);
  return { signal, seq, timeoutMs };
}

function whole(answer: IncomingAnswer, { maxResponseBytes }: Settings): IncomingAnswer {
  const { status, bytes } = answer;
  // An error's status says enough.
  if (bytes || status >= 400) return answer;
  const message = `malformed response: larger than maxResponseBytes (${maxResponseBytes})`;
  throw new MsdkError({ kind: "malformed_response", message, status, offset: maxResponseBytes });
}

/** Runs one call with all its attempts and waits. Rejects with an {@link MsdkError} and nothing else. */
export async function call<T extends { seq?: string }>(
  settings: Settings,
  endpoint: Endpoint,
  input: unknown,
  options: CallOptions,
  readRow?: ReadRow,
): Promise<T> {
  const { name, path } = endpoint;
  const { signer, totalTimeoutMs, useRemark } = settings;
  const secrets: unknown[] = [keyOf(signer)];
  const redact = redactor(secrets);
  const { notify, log } = observe(settings, endpoint, redact);
  const callBegan = Date.now();
  let attempts = 0;
  let maybeSent = false;

  try {
    const json = toJson("the argument", input);
    const given = JSON.parse(json) as Record<string, unknown> | null;
    secrets.push(...endpoint.secrets.map((secret) => given?.[secret]));
    const { signal: callers, seq, timeoutMs } = checkedOptions(options, settings);
    const { body, channel, warnings } = core.prepare(name, settings.channel, json, !signer);
    // Before the first attempt, so that a wrong seq sends nothing.
    core.query(settings.queryOptions, seq);
    for (const warning of warnings) log("warn", `${name}: ${warning}`, {});

    const attempt = async (signal: Signal): Promise<IncomingAnswer> => {
      attempts++;
      notify("onRequest", attempts, Date.now(), {});
      const post = await poster(settings, signal, timeoutMs);
      const url = await signedUrl(settings, path, seq, body, secrets, { signal, post });
      // The caller's functions may have answered too late.
      if (signal.aborted) throw signal.reason;
      maybeSent = true;
      return whole(await post(url, body, settings.maxResponseBytes), settings);
    };

    return await within("totalTimeoutMs", totalTimeoutMs, callers, async (signal) => {
      while (!signal.aborted) {
        // Before the attempt, which is stamped when it begins, and has its time for itself.
        const endTurn = await settings.transport.turn?.(signal);
        const began = Date.now();
        const before = maybeSent;
        let answer: IncomingAnswer | undefined;
        let result: T | undefined;
        let failure: MsdkError | undefined;
        try {
          answer = await within("timeoutMs", timeoutMs, signal, attempt);
          const { status, bytes = new Uint8Array() } = answer;
          result = core.readAnswer<T>(name, { status, bytes, channel, useRemark, readRow });
        } catch (thrown) {
          failure = thrown as MsdkError;
        }
        // Whatever the caller's functions still do, and whether or not there was an answer.
        endTurn?.();

        if (answer) {
          const { status, bytes } = answer;
          if (failure) keep(failure, answer, secrets, redact);
          const { ret, seq }: EventDetails = failure ?? { ret: 0, seq: result?.seq };
          notify("onResponse", attempts, began, { status, ret, seq, bytes: bytes?.length });
        }
        if (!failure) return result as T;

        if (isRefusal(failure)) maybeSent = before;
        const delayMs = core.retryDelay(
          endpoint.idempotent && failure.retryable,
          attempts,
          settings.maxRetries,
          retryAfterMs(answer?.retryAfter ?? "", settings.now),
          callBegan + totalTimeoutMs - Date.now(),
          Math.random(),
        );
        if (Number.isNaN(delayMs)) throw failure;
        notify("onRetry", attempts, began, { ...failure, delayMs });
        await wait(delayMs, signal);
      }
      // The call has ended already, and nobody gets to see this.
      throw signal.reason;
    });
  } catch (thrown) {
    const parts: ErrorParts = isMsdkError(thrown)
      ? thrown
      : { kind: "unknown", message: "the call failed", cause: thrown };
    // A copy: what was thrown may be another one's, and frozen.
    const error = Object.assign(new MsdkError(parts, redact), { endpoint: name, attempts, maybeSent });
    notify("onError", attempts, callBegan, error);
    throw error;
  }
}
