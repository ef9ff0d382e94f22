import type { Endpoint } from "./call.ts";
import type { Settings } from "./options.ts";
import type { Redact } from "./redact.ts";
import type { HookEvent, Hooks, Logger } from "./types.ts";

/** What an event may say besides where and when; anything else of an object is passed over. */
export type EventDetails = {
  readonly [Name in "status" | "ret" | "seq" | "bytes" | "delayMs" | "kind"]?: HookEvent[Name] | undefined;
};

/** Tells hooks and logger what happens. Neither can change or break a call. */
export interface Observers {
  /** @param began epoch milliseconds, where the event's `ms` counts from */
  notify(hook: keyof Hooks, attempt: number, began: number, details: EventDetails): void;
  log(level: keyof Logger, text: string, details: object): void;
}

/** The logger's level for a hook's event, where it is no everyday one. */
const LEVELS: { readonly [Hook in keyof Hooks]?: keyof Logger } = { onRetry: "warn", onError: "error" };

const EVENT = ["endpoint", "path", "attempt", "ms", "status", "ret", "seq", "bytes", "delayMs", "kind"];

// Async functions, but nobody waits for them: an observer is called at once, and its own promise may fail later.
export function observe({ hooks, logger }: Settings, { name, path }: Endpoint, redact: Redact): Observers {
  const log: Observers["log"] = async (level, text, details) => {
    try {
      await logger[level]?.(`msdk-friends: ${text}`, details);
    } catch {
      // A logger that fails has nowhere to say so.
    }
  };
  return {
    log,
    notify: async (hook, attempt, began, details) => {
      // The backend's text may echo what it was sent.
      const seq = details.seq && redact(details.seq);
      const all = { ...details, seq, endpoint: name, path, attempt, ms: Date.now() - began };
      // As JSON, where what is not there is left out, and from which every observer gets an object of its own.
      const event = JSON.stringify(all, EVENT);
      log(LEVELS[hook] ?? "debug", `${name} ${hook}`, JSON.parse(event));
      try {
        await hooks[hook]?.(JSON.parse(event));
      } catch {
        // What a hook threw may hold anything, so it is not quoted.
        log("warn", `the hook ${hook} failed`, {});
      }
    },
  };
}
