// A process that ends with the tests, however they end.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

export interface Child {
  readonly process: ChildProcess;
  /** The next line that holds the text. Rejects when none comes in time, and when the process ends first. */
  line(text: string): Promise<string>;
  /** Resolves when it is gone: its exit code, or the signal that ended it. */
  end(signal: NodeJS.Signals): Promise<number | NodeJS.Signals>;
}

const running = new Set<ChildProcess>();
process.on("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});

const LINE_MS = 10_000;

export function startChild(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Child {
  const child = spawn(command, args, {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  running.add(child);
  const ended = once(child, "close").then(([code, signal]) => {
    running.delete(child);
    return (code ?? signal) as number | NodeJS.Signals;
  });
  const lines = createInterface({ input: child.stdout });
  return {
    process: child,
    line: (text) =>
      new Promise((resolve, reject) => {
        const fail = (why: string) => () => {
          settle();
          reject(new Error(`no line with "${text}": ${why}`));
        };
        const look = (line: string) => {
          if (!line.includes(text)) return;
          settle();
          resolve(line);
        };
        const onEnd = fail("the process ended");
        const timer = setTimeout(fail(`none came in ${LINE_MS} ms`), LINE_MS);
        const settle = () => {
          clearTimeout(timer);
          lines.off("line", look);
          lines.off("close", onEnd);
        };
        lines.on("line", look);
        lines.once("close", onEnd);
      }),
    end(signal) {
      child.kill(signal);
      return ended;
    },
  };
}
