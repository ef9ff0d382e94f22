import { object } from "./arguments.ts";
import { attempt, type Outcome, type Plan } from "./attempt.ts";
import * as core from "./core.ts";
import {
  type EndpointName,
  type ErrorParts,
  isMsdkError,
  MsdkError,
  partsOfError,
  requestError,
  typeName,
} from "./errors.ts";
import { toJson } from "./json.ts";
import { type Observers, observe } from "./observers.ts";
import { checkCallTimeout, type Settings } from "./options.ts";
import { partsOfStop, retryAfterMs, wasRefused } from "./outcomes.ts";
import { redactor } from "./redact.ts";
import { openScope, type Scope, Stopped, wait } from "./scope.ts";
import type { IncomingAnswer } from "./transport.ts";
import type { CallOptions } from "./types.ts";

/** What the core says of an endpoint (src/endpoint.rs). */
export interface Endpoint {
  readonly name: EndpointName;
  readonly path: string;
  readonly idempotent: boolean;
  /** The fields that identify somebody, or prove who it is. */
  readonly secrets: readonly string[];
}

/** Reads an answer by the rules of the channel that was queried. @throws MsdkError */
export type ReadAnswer<T> = (answer: IncomingAnswer, channel: number) => T;

/** One call on its way. */
interface Progress {
  readonly endpoint: Endpoint;
  readonly settings: Settings;
  readonly observers: Observers;
  /** Epoch milliseconds. */
  readonly began: number;
  attempts: number;
  /** Whether the backend may have carried out one of the attempts. */
  maybeSent: boolean;
}

/** The call's last failure, on its way out of the loop. */
class CallFailure {
  constructor(readonly parts: ErrorParts) {}
}

/** Runs one call with all its attempts and waits. Rejects with an {@link MsdkError} and nothing else. */
export async function call<T>(
  settings: Settings,
  endpoint: Endpoint,
  input: unknown,
  options: CallOptions,
  read: ReadAnswer<T>,
): Promise<T> {
  const secrets: unknown[] = [...settings.secrets];
  const redact = redactor(secrets);
  const observers = observe(settings.hooks, settings.logger, endpoint, redact);
  const progress: Progress = {
    endpoint,
    settings,
    observers,
    began: Date.now(),
    attempts: 0,
    maybeSent: false,
  };
  try {
    const plan = prepare(progress, input, options, read, (...found) => secrets.push(...found));
    const scope = openScope({ option: "totalTimeoutMs", ms: settings.totalTimeoutMs }, options.signal);
    try {
      return await attempts(plan, progress, scope);
    } finally {
      scope.close();
    }
  } catch (thrown) {
    const parts = { ...partsOf(thrown, progress), endpoint: endpoint.name, attempts: progress.attempts };
    const error = new MsdkError(parts, redact);
    observers.notify("onError", progress.attempts, progress.began, error);
    throw error;
  }
}

/** Checks the input and makes what stays the same in all attempts. @throws `request` */
function prepare<T>(
  { endpoint, settings, observers }: Progress,
  input: unknown,
  options: CallOptions,
  read: ReadAnswer<T>,
  keepSecret: (...found: unknown[]) => void,
): Plan<T> {
  const json = toJson("the argument", object("the argument", input));
  const given = (JSON.parse(json) ?? {}) as Record<string, unknown>;
  keepSecret(...endpoint.secrets.map((name) => given[name]));
  const { seq = "", signal } = object("options", options);
  if (typeof seq !== "string") throw requestError("seq", "a string", typeName(seq));
  if (signal !== undefined && typeof signal?.addEventListener !== "function") {
    throw requestError("signal", "an AbortSignal", typeName(signal));
  }
  const timeoutMs = checkCallTimeout(options.timeoutMs, settings.timeoutMs);
  const prepared = core.prepare(endpoint.name, settings.channel, json, settings.signer === undefined);
  // Before the first attempt, so that a wrong seq sends nothing.
  core.stampQuery(settings.queryBase, seq, -1);
  for (const warning of prepared.warnings) observers.log("warn", `${endpoint.name}: ${warning}`, {});
  return {
    path: endpoint.path,
    body: prepared.body,
    seq,
    timeoutMs,
    read: (answer) => read(answer, prepared.channel),
    keepSecret,
  };
}

/** The loop: attempt, decide, wait. */
async function attempts<T>(plan: Plan<T>, progress: Progress, scope: Scope): Promise<T> {
  // A signal that is already aborted ends the call before anything is tried.
  await scope.race(Promise.resolve());
  for (;;) {
    progress.attempts++;
    const began = Date.now();
    const outcome = await observed(plan, progress, scope, began);
    if (!outcome.failure) return outcome.result as T;
    progress.maybeSent ||= outcome.sent && !wasRefused(outcome.failure);
    const delayMs = delayAfter(outcome, outcome.failure, progress);
    if (Number.isNaN(delayMs)) throw new CallFailure({ ...outcome.failure, maybeSent: progress.maybeSent });
    progress.observers.notify("onRetry", progress.attempts, began, { ...outcome.failure, delayMs });
    await wait(delayMs, scope);
  }
}

async function observed<T>(
  plan: Plan<T>,
  { observers, settings, attempts }: Progress,
  scope: Scope,
  began: number,
): Promise<Outcome<T>> {
  observers.notify("onRequest", attempts, began, {});
  const outcome = await attempt(plan, settings, scope);
  const { answer, failure } = outcome;
  if (answer) {
    const ret = failure ? failure.ret : 0;
    const { status, bytes } = answer;
    observers.notify("onResponse", attempts, began, { ret, seq: outcome.seq, status, bytes: bytes.length });
  }
  return outcome;
}

/** The wait before the next attempt; NaN when there is none (src/retry.rs decides). */
function delayAfter(outcome: Outcome<unknown>, failure: ErrorParts, progress: Progress): number {
  const { endpoint, settings, attempts, began } = progress;
  return core.retryDelay(
    endpoint.idempotent && failure.retryable === true,
    attempts,
    settings.maxRetries,
    retryAfterMs(outcome.answer, settings.now),
    began + settings.totalTimeoutMs - Date.now(),
    Math.random(),
  );
}

function partsOf(thrown: unknown, { maybeSent }: Progress): ErrorParts {
  if (thrown instanceof CallFailure) return thrown.parts;
  // Ended during a wait or before the first attempt.
  if (thrown instanceof Stopped) return { ...partsOfStop(thrown), maybeSent };
  if (isMsdkError(thrown)) return partsOfError(thrown);
  return { kind: "unknown", message: "the call failed", cause: thrown };
}
