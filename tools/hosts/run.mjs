// One host after the other, each in a child process that leads a group of its own and has a time budget.

import { fileURLToPath } from "node:url";

import { endChild, finish, start } from "../processes.mjs";
import { projectWithTarball } from "../tarball.mjs";
import { bundleProgram } from "./bundles.mjs";
import { problemsOf } from "./expected.mjs";
import { printLine } from "./report.mjs";

const childProgram = fileURLToPath(new URL("child.mjs", import.meta.url));

/** For what a clean machine has to install first; a host's own budget begins after it. */
const PREPARATION_MS = 15 * 60_000;
/** For all hosts together, so that one slow download after the other cannot hold up a change for hours. */
const WHOLE_RUN_MS = 25 * 60_000;

/** Gives what came of each: `{ host, version, report, problems, seconds }`. */
export async function runHosts(hosts) {
  await bundleProgram();
  const app = await projectWithTarball();
  const deadline = performance.now() + WHOLE_RUN_MS;
  const results = [];
  for (const host of hosts) {
    const result = await runHost(host, app, deadline);
    printLine(result);
    results.push(result);
  }
  return results;
}

async function runHost(host, app, deadline) {
  const leftMs = deadline - performance.now();
  if (leftMs <= 0) {
    const problem = `was not run: the hosts before it took ${WHOLE_RUN_MS / 60_000} minutes`;
    return { host, seconds: 0, problems: [problem] };
  }
  const child = start(process.execPath, [childProgram, host.id, app], {
    group: true,
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  let outcome = {};
  let began = performance.now();
  let budget;
  let overBudget = false;
  const expire = () => {
    overBudget = true;
    endChild(child, "SIGKILL");
  };
  child.on("message", (message) => {
    if (message.prepared) {
      began = performance.now();
      budget = setTimeout(expire, host.budgetMs);
    } else outcome = message;
  });
  const ended = await finish(child, { timeoutMs: Math.min(leftMs, PREPARATION_MS + host.budgetMs) });
  clearTimeout(budget);
  const seconds = (performance.now() - began) / 1000;
  return { host, ...outcome, seconds, problems: problems(host, outcome, { ...ended, overBudget }) };
}

function problems(host, outcome, { code, signal, output, timedOut, overBudget }) {
  if (overBudget) return [`was ended at its budget of ${host.budgetMs / 1000} s`, output];
  if (timedOut) return ["was ended while it was prepared, or at the end of all hosts' time", output];
  if (outcome.failure) return [outcome.failure, output];
  if (code !== 0 || !outcome.report) return [`ended with ${signal ?? code} and no report`, output];
  return problemsOf(outcome, host.expected);
}
