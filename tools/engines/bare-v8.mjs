// V8 without any of a host's globals: the language and nothing else.

import { fileURLToPath } from "node:url";

import { endChild, start } from "../processes.mjs";
import { exchange } from "./bare-outside.mjs";

const host = fileURLToPath(new URL("bare-v8-process.mjs", import.meta.url));

export async function launchBareV8() {
  return { name: "V8", version: process.versions.v8, open, close() {} };
}

async function open(services) {
  const child = start(process.execPath, [host], { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  const { receive, fail, evaluate, close } = exchange({ post: (line) => child.send(line), services });
  child.on("message", receive);
  const ended = new Promise((resolve) => {
    child.on("error", resolve);
    child.on("close", (code, signal) => resolve(new Error(`V8 ended with ${signal ?? code}`)));
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
