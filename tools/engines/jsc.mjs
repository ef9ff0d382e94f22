// JavaScriptCore's own shell: the language, WebAssembly, and no host. Without its JIT it is what an iPhone gives to a
// mini-game.

import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

import { start } from "../processes.mjs";
import { exchange, insidePath, pageOf } from "./bare-outside.mjs";

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
  const inside = exchange({ post, services });
  // The shell prints what it did not catch, such as a script that it could not read.
  let said = "";
  createInterface(child.stdout).on("line", (line) => {
    if (line.startsWith("{")) inside.receive(line);
    else said += `\n${line}`;
  });
  return pageOf(child, inside, (how) => `jsc ended with ${how}${said}`);
}
