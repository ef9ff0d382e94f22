// Node as an engine like the browsers: a page is a process, its script a module, its end the end of the process.

import { fileURLToPath } from "node:url";

import { endChild, start } from "../processes.mjs";
import { within } from "./deadline.mjs";

const host = fileURLToPath(new URL("node-host.mjs", import.meta.url));

export async function launchNode({ flags = [] } = {}) {
  return { name: "Node", version: process.versions.node, open: (script) => open(script, flags), close() {} };
}

async function open(script, flags) {
  const child = start(process.execPath, [...flags, host, script], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const ended = new Promise((_, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => reject(new Error(`Node ended with ${signal ?? code}`)));
  });
  // Whoever waits for an answer learns it; a process that ends while nobody asks is no failure.
  ended.catch(() => {});
  const ask = async (expression, timeoutMs) => {
    const answered = new Promise((resolve) => child.once("message", resolve));
    child.send({ expression });
    const answer = await within(timeoutMs, expression, Promise.race([answered, ended]));
    if (answer.failure !== undefined) throw new Error(answer.failure);
    return answer.value;
  };
  const close = async () => {
    endChild(child, "SIGKILL");
    await ended.catch(() => {});
  };
  return { evaluate: ask, close };
}
