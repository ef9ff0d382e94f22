// The program in hosts that have the web's globals: browsers, Node, Deno, Bun, edge workers.

import { runProgram } from "./program.ts";
import type { Answer, Package, Report, SandboxAddress, SentRequest } from "./surroundings.ts";

/** `options`: what `createClient` needs here besides the usual ones. */
export function runOnWeb(msdk: Package, sandbox: SandboxAddress, options: object = {}): Promise<Report> {
  return runProgram(msdk, {
    ...sandbox,
    options,
    answering: (answer) => ({ fetch: answeringFetch(answer) }),
    createAbort: () => {
      const controller = new AbortController();
      return { signal: controller.signal, abort: (reason) => controller.abort(reason) };
    },
  });
}

function answeringFetch(answer: (sent: SentRequest) => Answer): typeof fetch {
  return async (url, { method = "GET", headers, body } = {}) => {
    const sent = { url: String(url), method, headers: headers as Record<string, string>, body: String(body) };
    const { status, headers: answered, body: text } = answer(sent);
    return new Response(text, { status, headers: answered });
  };
}
