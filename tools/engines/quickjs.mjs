// QuickJS, as the npm package quickjs-emscripten builds it: an engine without WebAssembly and without a JIT, in this
// process.

import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

import { exchange, insidePath, insideText } from "./bare-outside.mjs";

/** `directory`: where quickjs-emscripten is installed. */
export async function launchQuickjs(directory) {
  const require = createRequire(pathToFileURL(`${directory}/`));
  const { getQuickJS } = require("quickjs-emscripten");
  const { version } = require("quickjs-emscripten/package.json");
  const quickjs = await getQuickJS();
  return { name: "QuickJS", version, open: (services) => open(quickjs, services), close() {} };
}

async function open(quickjs, services) {
  const context = quickjs.newContext();
  let deadline = Number.POSITIVE_INFINITY;
  // It runs in our own thread, where no timer of ours would stop a loop.
  context.runtime.setInterruptHandler(() => performance.now() > deadline);
  const evaluateNow = (text, name) => context.evalCode(text, name, { type: "global", strict: false });

  const send = context.newFunction("send", (text) => {
    const line = context.getString(text);
    // Not before the engine has come to rest.
    setImmediate(() => context.alive && receive(line));
  });
  const run = context.newFunction("run", (text, name) =>
    evaluateNow(context.getString(text), context.getString(name)),
  );
  const inside = context.unwrapResult(evaluateNow(insideText, insidePath));
  const engine = context.newObject();
  context.setProp(engine, "send", send);
  context.setProp(engine, "run", run);
  const entry = context.unwrapResult(context.callFunction(inside, context.global, engine));
  for (const handle of [send, run, inside, engine]) handle.dispose();

  const post = (line) => {
    const text = context.newString(line);
    context.unwrapResult(context.callFunction(entry, context.undefined, text)).dispose();
    text.dispose();
    context.unwrapResult(context.runtime.executePendingJobs());
  };
  const { receive, evaluate, close } = exchange({ post, services });
  return {
    evaluate(text, timeoutMs, name) {
      deadline = performance.now() + timeoutMs;
      return evaluate(text, timeoutMs, name);
    },
    close() {
      close();
      entry.dispose();
      context.dispose();
    },
  };
}
