// V8 without any of a host's globals: the language and nothing else.

import { fileURLToPath } from "node:url";

import { start } from "../processes.mjs";
import { exchange, pageOf } from "./bare-outside.mjs";

const host = fileURLToPath(new URL("bare-v8-process.mjs", import.meta.url));

export async function launchBareV8() {
  return { name: "V8", version: process.versions.v8, open, close() {} };
}

async function open(services) {
  const child = start(process.execPath, [host], { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  const inside = exchange({ post: (line) => child.send(line), services });
  child.on("message", inside.receive);
  return pageOf(child, inside, (how) => `V8 ended with ${how}`);
}
