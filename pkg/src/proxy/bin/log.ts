import type { Logger } from "../../facade.ts";

/** One JSON object a line on standard output. */
export function lineLogger(): Logger {
  // Whoever reads them may be gone.
  process.stdout.on("error", () => {});
  const write = (level: string) => (text: string, details: object) => {
    const line = { time: new Date().toISOString(), level, text, ...details };
    process.stdout.write(`${JSON.stringify(line)}\n`);
  };
  return { debug: () => {}, info: write("info"), warn: write("warn"), error: write("error") };
}
