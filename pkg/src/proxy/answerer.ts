// One call from arrival to answer: the guards, the door behind them, one deadline over all of it, and what is told of it.

import { isMsdkError, within } from "../facade.ts";
import type { Door, Progress } from "./door.ts";
import { type Incoming, json, type Outgoing } from "./exchange.ts";
import { admit } from "./guard.ts";
import type { Metrics, Outcome } from "./metrics.ts";
import type { Guards } from "./options.ts";
import { checkOrigin, crossOriginHeaders, preflightHeaders } from "./origin.ts";
import { loggable } from "./quoting.ts";
import { Refusal, SOON_MS } from "./refusal.ts";

/** Answers one call. Never rejects. */
type Answerer = (incoming: Incoming) => Promise<Outgoing>;

/** No answer of ours is a page, and none is kept. */
const ALWAYS = { "cache-control": "no-store", "x-content-type-options": "nosniff" };

/** What has happened to a call when its time is over. */
const TOO_LATE: Record<Progress["phase"], () => Refusal> = {
  asking: () => new Refusal("unavailable", "it was not learned in time who is calling", SOON_MS),
  reading: () => new Refusal("slow_body", "the call did not arrive in time"),
  waiting: () => new Refusal("overload", "the call waited too long for its turn", SOON_MS),
  upstream: () => new Refusal("upstream_timeout", "the backend did not answer in time"),
};

export function answererOf(
  door: Door,
  guards: Guards,
  metrics: Metrics,
  loadCore: () => Promise<void>,
  isEnding: () => boolean,
): Answerer {
  return async (incoming) => {
    const began = performance.now();
    const label = door.labelOf(incoming.path);
    let outgoing: Outgoing;
    let outcome: Outcome;
    try {
      if (!label) throw new Refusal("not_found", "there is none of the five calls at this path");
      if (isEnding()) throw new Refusal("overload", "the proxy is ending", SOON_MS);
      outgoing = await answered(incoming, door, guards, loadCore);
      outcome = outcomeOf(outgoing);
    } catch (error) {
      const refusal = refusalOf(error);
      outgoing = refused(refusal);
      outcome = refusal.reason;
      // What a guard found wrong it has said already.
      if (refusal !== error && outcome === "internal")
        guards.logger.error("the proxy failed", loggable(error));
    }
    const ms = performance.now() - began;
    metrics.observe(label ?? "other", outcome, ms / 1000);
    const { status, ret } = outgoing;
    const event = { endpoint: label ?? "other", class: outcome, status, ms: Math.round(ms) };
    guards.logger.info("call", ret === undefined ? event : { ...event, ret });
    const headers = { ...ALWAYS, ...crossOriginHeaders(incoming, guards.origins), ...outgoing.headers };
    return { ...outgoing, headers };
  };
}

/** What the backend made of a call that was passed on. */
function outcomeOf({ status, ret }: Outgoing): Outcome {
  if (status >= 400) return "upstream_error";
  return ret === undefined ? "ok" : "refused";
}

function answered(
  incoming: Incoming,
  door: Door,
  guards: Guards,
  loadCore: () => Promise<void>,
): Promise<Outgoing> {
  if (incoming.method === "OPTIONS") {
    checkOrigin(incoming, guards.origins);
    return Promise.resolve({ status: 204, headers: preflightHeaders(guards.origins), body: "" });
  }
  const progress: Progress = { phase: "asking" };
  const work = async (signal: AbortSignal) => {
    const admitted = await admit(incoming, guards, progress, signal);
    await loadCore();
    return door.answer(incoming, admitted, progress, signal);
  };
  return within("timeoutMs", guards.timeoutMs, incoming.gone, work).catch((error: unknown) => {
    throw isMsdkError(error) && error.kind === "timeout" ? TOO_LATE[progress.phase]() : error;
  });
}

function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (isMsdkError(error) && error.kind === "aborted") return new Refusal("gone", "the caller is gone");
  // Whatever else is a mistake of the proxy's, whose message could hold anything.
  return new Refusal("internal", "the proxy failed; its log says more");
}

function refused({ status, reason, message, retryAfterMs }: Refusal): Outgoing {
  const headers: Record<string, string> = {};
  if (retryAfterMs !== undefined)
    headers["retry-after"] = String(Math.max(1, Math.ceil(retryAfterMs / 1000)));
  if (reason === "method") headers.allow = "POST, OPTIONS";
  return json(status, { error: reason, msg: message }, headers);
}
