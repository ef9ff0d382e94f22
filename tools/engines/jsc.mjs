// JavaScriptCore's own shell: the language, WebAssembly, and no host. Without its JIT it is what an iPhone gives to a
// mini-game.

import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

import { endChild, start } from "../processes.mjs";
import { exchange, insidePath } from "./bare-outside.mjs";

const boot = fileURLToPath(new URL("jsc-inside.js", import.meta.url));

export async function launchJsc({ executable, version, jit = true }) {
  return { name: "JavaScriptCore", version, open: (services) => open(executable, jit, services), close() {} };
}

async function open(executable, jit, services) {
  const child = start(executable, [boot, "--", insidePath], {
    stdio: ["pipe", "pipe", "inherit"],
    env: { JSC_useJIT: jit ? "1" : "0" },
  });
  // Its end is told by `close`.
  child.stdin.on("error", () => {});
  const post = (line) => child.stdin.write(`${line}\n`);
  const { receive, fail, evaluate, close } = exchange({ post, services });
  // The shell prints what it did not catch, such as a script that it could not read.
  let said = "";
  createInterface(child.stdout).on("line", (line) => {
    if (line.startsWith("{")) receive(line);
    else said += `\n${line}`;
  });
  const ended = new Promise((resolve) => {
    child.on("error", resolve);
    child.on("close", (code, signal) => resolve(new Error(`jsc ended with ${signal ?? code}${said}`)));
  });
  ended.then((error) => fail(error.message));
  return {
    evaluate,
    async close() {
      close();
      endChild(child, "SIGKILL");
      await ended;
    },
  };
}
