import type { Logger } from "../facade.ts";
import { lineOf } from "./line.ts";

/** The levels that the proxy uses. */
export type QuietLogger = Pick<Logger, "info" | "error">;

/** What an operator has to see, where nobody said what becomes of it. */
export const ERRORS_ALONE: Partial<Logger> = {
  error: (text, details) => console.error(lineOf("error", text, details)),
};

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
