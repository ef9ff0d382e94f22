// Asks one client or the other, with the same options and inputs, and tells what came of it.

import * as msdk from "/package/browser.js";
import * as rust from "./tests.js";

const signers = {
  throws: () => {
    throw new Error("the sign backend is down");
  },
  "returns no sig": () => "no sig",
  "never returns": () => new Promise(() => {}),
};

/** `call.abortAfterMs`: when the call's signal aborts; 0 is before the call. */
function callOptions({ abortAfterMs, ...call }) {
  if (abortAfterMs === undefined) return call;
  const controller = new AbortController();
  if (abortAfterMs === 0) controller.abort();
  else setTimeout(() => controller.abort(), abortAfterMs);
  return { ...call, signal: controller.signal };
}

async function askRust({ options, endpoint, input, call }) {
  const { signer, ...rest } = options;
  // Rust takes the template's text.
  const given = typeof input.extra === "object" ? { ...input, extra: JSON.stringify(input.extra) } : input;
  const sign = signer && { sign: signers[signer] };
  return { value: await rust.call({ ...rest, ...sign }, endpoint, given, callOptions(call)) };
}

async function askTypeScript({ options, method, input, call }) {
  const { signer, key, ...rest } = options;
  const ofKey = () => msdk.keySigner(key, { dangerouslyAllowBrowser: true });
  const sign = key === undefined ? msdk.proxied() : ofKey();
  const client = await msdk.createClient({ ...rest, signer: signer ? { sign: signers[signer] } : sign });
  return { value: await client[method](input, callOptions(call)) };
}

function told(thrown) {
  if (thrown === "unrepresentable") return { unrepresentable: true };
  if (msdk.isMsdkError(thrown)) {
    const { name: _, ...error } = thrown.toJSON();
    return { error };
  }
  if (typeof thrown?.debug !== "string") throw thrown;
  const { debug, display, ...error } = thrown;
  return { error, printed: `${debug}\n${display}` };
}

export async function ask(question) {
  const began = performance.now();
  const asked = question.which === "rust" ? askRust(question) : askTypeScript(question);
  const outcome = await asked.catch(told);
  return { ...outcome, ms: performance.now() - began };
}
