import type { Endpoint } from "./call.ts";
import type { Redact } from "./redact.ts";
import type { HookEvent, Hooks, Logger } from "./types.ts";

/** What an event may say besides where and when. */
export type EventDetails = {
  readonly [Name in "status" | "ret" | "seq" | "bytes" | "delayMs" | "kind"]?: HookEvent[Name] | undefined;
};

/** Tells hooks and logger what happens. Neither can change or break a call. */
export interface Observers {
  /** @param began epoch milliseconds, where the event's `ms` counts from */
  notify(hook: keyof Hooks, attempt: number, began: number, details: EventDetails): void;
  log(level: keyof Logger, text: string, details: object): void;
}

/** The logger's level for each hook's event. */
const LEVELS = { onRequest: "debug", onResponse: "debug", onRetry: "warn", onError: "error" } as const;

export function observe(
  hooks: Hooks,
  logger: Partial<Logger>,
  { name, path }: Endpoint,
  redact: Redact,
): Observers {
  const log: Observers["log"] = (level, text, details) => {
    try {
      settle(logger[level]?.(`msdk-friends: ${text}`, details), () => {});
    } catch {
      // A logger that fails has nowhere to say so.
    }
  };
  return {
    log,
    notify: (hook, attempt, began, details) => {
      const event = (): HookEvent => ({
        endpoint: name,
        path,
        attempt,
        ms: Date.now() - began,
        ...present(details, redact),
      });
      log(LEVELS[hook], `${name} ${hook}`, event());
      try {
        settle(hooks[hook]?.(event()), () => log("warn", `the hook ${hook} failed`, {}));
      } catch {
        // What a hook threw may hold anything, so it is not quoted.
        log("warn", `the hook ${hook} threw`, {});
      }
    },
  };
}

/** The details that there are. `seq` is the backend's text, which may echo what it was sent. */
function present(
  { status, ret, seq, bytes, delayMs, kind }: EventDetails,
  redact: Redact,
): Partial<HookEvent> {
  const entries = Object.entries({ status, ret, seq: seq && redact(seq), bytes, delayMs, kind });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

/** The failure of an async observer would otherwise end a Node process. */
function settle(result: unknown, onFailure: () => void): void {
  const { then } = (result ?? {}) as Partial<PromiseLike<unknown>>;
  if (typeof then === "function") then.call(result, undefined, onFailure);
}
