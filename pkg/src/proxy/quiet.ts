import type { Logger } from "../facade.ts";

/** The levels that the proxy uses. */
export type QuietLogger = Pick<Logger, "info" | "error">;

/** The logger, unable to break a call: it may lack a level, throw, or reject later. */
export function quiet(logger: Partial<Logger>): QuietLogger {
  const log =
    (level: keyof QuietLogger): Logger["info"] =>
    async (text, details) => {
      try {
        await logger[level]?.(text, details);
      } catch {
        // A logger that fails has nowhere to say so.
      }
    };
  return { info: log("info"), error: log("error") };
}
