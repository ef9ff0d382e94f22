// The other half of bare-inside.js: evaluates texts inside a bare engine and serves what those ask for.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { endChild } from "../processes.mjs";
import { within } from "./deadline.mjs";

export const insidePath = fileURLToPath(new URL("bare-inside.js", import.meta.url));
export const insideText = readFileSync(insidePath, "utf8");

/**
 * `post` carries a line into the engine; the lines that come out go to `receive`. A service is called with its arguments
 * and a function for its answer, and gives back a function that calls it off.
 */
export function exchange({ post, services }) {
  const waiting = new Map();
  const served = new Map();
  let lastEvaluation = 0;
  let failure;

  const fail = (text) => {
    failure ??= new Error(text);
    for (const { reject } of waiting.values()) reject(failure);
    waiting.clear();
  };

  const serve = ({ call, service, args }) => {
    const done = (value) => {
      if (served.delete(call))
        post(JSON.stringify({ answer: call, value }).replace(/[^\x20-\x7e]/g, escaped));
    };
    served.set(call, undefined);
    const cancel = services[service](args, done);
    if (served.has(call)) served.set(call, cancel);
  };

  const cancel = (call) => {
    served.get(call)?.();
    served.delete(call);
  };

  const settle = ({ evaluated, value, failure: text }) => {
    const asked = waiting.get(evaluated);
    waiting.delete(evaluated);
    if (text === undefined) asked?.resolve(value);
    else asked?.reject(new Error(text));
  };

  return {
    fail,
    receive(line) {
      const message = JSON.parse(line);
      if (message.call) serve(message);
      else if (message.cancel) cancel(message.cancel);
      else if (message.evaluated) settle(message);
      else fail(message.failure);
    },
    /** What the text's value is, or what its promise gives, as JSON carries it. */
    evaluate(text, timeoutMs, name = "script.js") {
      if (failure) return Promise.reject(failure);
      lastEvaluation += 1;
      const id = lastEvaluation;
      const value = new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
      post(JSON.stringify({ evaluate: id, text, name }).replace(/[^\x20-\x7e]/g, escaped));
      return within(timeoutMs, name, value);
    },
    /** Calls off what is still being served. */
    close() {
      for (const call of [...served.keys()]) cancel(call);
    },
  };
}

/** The page of an engine that is a process of its own. `told`: the sentence on its end, which gets the code or signal. */
export function pageOf(child, { fail, evaluate, close }, told) {
  const ended = new Promise((resolve) => {
    child.on("error", resolve);
    child.on("close", (code, signal) => resolve(new Error(told(signal ?? code))));
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

const escaped = (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
