// The sandbox, started the way users start it: the program that npm linked into node_modules/.bin.

import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";

export const key = "packaging-fake-key";

/** Gives its address and a way to end it. */
export async function startSandboxProgram(project) {
  const child = spawn(join(project, "node_modules", ".bin", "msdk-sandbox"), ["--port", "0", "--key", key], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = new Promise((resolve) => child.once("close", resolve));
  const [line] = await Promise.race([
    new Promise((resolve) => createInterface(child.stdout).once("line", (text) => resolve([text]))),
    ended.then((code) => [`ended with ${code}`]),
  ]);
  const url = /^listening on (http:\/\/127\.0\.0\.1:\d+)$/.exec(line)?.[1];
  if (!url) throw new Error(`the sandbox's first line is ${JSON.stringify(line)}`);
  return {
    url,
    async end() {
      child.kill();
      await ended;
    },
  };
}
