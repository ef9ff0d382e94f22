// Child processes: always arguments, never a shell line, since paths may hold spaces.

import { spawn } from "node:child_process";

import { Failure } from "./failure.mjs";
import { root } from "./paths.mjs";

const running = new Set();

/** Ends what is still running. A child that leads a group of its own takes its descendants with it. */
export function endChildren(signal = "SIGTERM") {
  for (const child of running) endChild(child, signal);
}

/** No child outlives this process, also where it is interrupted. */
export function endChildrenAtExit() {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(signal, () => {
      endChildren("SIGKILL");
      process.exit(130);
    });
  }
  process.on("exit", () => endChildren("SIGKILL"));
}

/** Ends one child, and its group if it leads one. */
export function endChild(child, signal) {
  try {
    if (child.leadsGroup) process.kill(-child.pid, signal);
    else child.kill(signal);
  } catch {
    // It ended by itself in the meantime.
  }
}

/** Starts a child that `endChildren` knows. `group`: in a process group of its own. */
export function start(command, args, { env, cwd = root, stdio = "inherit", group = false } = {}) {
  const child = spawn(command, args, { cwd, stdio, env: { ...process.env, ...env }, detached: group });
  child.leadsGroup = group;
  running.add(child);
  child.on("close", () => running.delete(child));
  child.on("error", () => running.delete(child));
  return child;
}

/**
 * Runs to the end. Gives `{ code, signal, output, timedOut }`; `output` is stdout unless that is inherited.
 * `timeoutMs` ends the child, and its group if it leads one.
 */
export function finish(child, { timeoutMs, onOutput } = {}) {
  return new Promise((resolve, reject) => {
    let output = "";
    let timedOut = false;
    const expire = () => {
      timedOut = true;
      endChild(child, "SIGKILL");
    };
    const timer = timeoutMs && setTimeout(expire, timeoutMs);
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding("utf8");
      stream?.on("data", (text) => {
        output += text;
        onOutput?.(text);
      });
    }
    child.on("error", (error) => {
      clearTimeout(timer);
      reject(error);
    });
    child.on("close", (code, signal) => {
      clearTimeout(timer);
      // What the child left behind in its group: a server, a browser.
      if (child.leadsGroup) endChild(child, "SIGKILL");
      resolve({ code, signal, output, timedOut });
    });
  });
}

/** Runs a step of the build with its output shown; throws unless it ends with 0. */
export async function run(command, args, options = {}) {
  const { code, signal, timedOut } = await finish(start(command, args, options), options);
  if (code === 0) return;
  const why = timedOut ? `took longer than ${options.timeoutMs / 1000} s` : `ended with ${signal ?? code}`;
  throw new Failure(`${options.what ?? [command, ...args].join(" ")} ${why}`);
}

/** What a command prints on stdout, trimmed; undefined when it is missing or fails. */
export async function ask(command, args, options = {}) {
  try {
    const { code, output } = await finish(
      start(command, args, { ...options, stdio: ["ignore", "pipe", "ignore"] }),
      {
        timeoutMs: 60_000,
      },
    );
    return code === 0 ? output.trim() : undefined;
  } catch {
    return undefined;
  }
}
