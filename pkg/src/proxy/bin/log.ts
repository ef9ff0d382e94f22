import type { Logger } from "../../facade.ts";
import { lineOf } from "../line.ts";

interface LineLogger extends Logger {
  /** Prints a line that stands in front of all that is logged; until then nothing is printed. */
  begin(first: string): void;
}

/** One JSON object a line on standard output. */
export function lineLogger(): LineLogger {
  let held: string[] | undefined = [];
  // Whoever reads them may be gone.
  process.stdout.on("error", () => {});
  const write = (level: string) => (text: string, details: object) => {
    const line = `${lineOf(level, text, details)}\n`;
    if (held) held.push(line);
    else process.stdout.write(line);
  };
  return {
    debug: () => {},
    info: write("info"),
    warn: write("warn"),
    error: write("error"),
    begin(first) {
      process.stdout.write([first, ...(held ?? [])].join(""));
      held = undefined;
    },
  };
}
