// What a transport over the host's own requests has to do beyond the program: redirects, headers in any case, an app that goes
// to the background, and whose time limit it is that comes first.

import { isDeepStrictEqual } from "node:util";

import { asking } from "./asking.mjs";

const LIMIT_MS = 30_000;

/** A server in memory that answers with `first`, and then with an empty list. */
const memory = `
  const EMPTY = { status: 200, headers: { "content-type": "application/json" }, body: '{"ret":0,"lists":[]}' };
  const answering = (first) => {
    let requests = 0;
    return {
      requests: () => requests,
      options: { host: standIn.answeringHost(() => (++requests === 1 ? Object.assign({}, EMPTY, first) : EMPTY)) },
    };
  };
  const outcome = (call) => call.then(({ friends }) => friends.length, ({ kind, status }) => [kind, status]);`;

const checks = {
  "a redirect is not followed": {
    expected: { said: ["unknown", 302], requests: 1 },
    text: `${memory}
      const server = answering({ status: 302, headers: { Location: "http://127.0.0.1/elsewhere" } });
      const said = await outcome((await clientWith(server.options)).friendList(player));
      return { said, requests: server.requests() };`,
  },
  "Retry-After is found and waited for": {
    expected: { said: 0, requests: 2, hasWaited: true },
    text: `${memory}
      const server = answering({ status: 429, headers: { "Retry-After": "1" } });
      const began = Date.now();
      const client = await clientWith(Object.assign({ maxRetries: 1 }, server.options));
      const said = await outcome(client.friendList(player));
      return { said, requests: server.requests(), hasWaited: Date.now() - began >= 990 };`,
  },
  "a request that the background interrupts is made again": {
    expected: { said: 500, retried: ["network"] },
    text: `${memory}
      const retried = [];
      let requests = 0;
      const host = {
        request(options) {
          if (requests++ > 0) return standIn.host.request(options);
          setTimeout(() => options.fail({ errMsg: "request:fail interrupted" }), 0);
          return { abort() {} };
        },
      };
      const hooks = { onRetry: ({ kind }) => void retried.push(kind) };
      const client = await clientWith({ host, hooks, maxRetries: 1 });
      return { said: await outcome(client.friendList(player)), retried };`,
  },
  "the client's time limit comes before the host's": {
    expected: { kind: "timeout", isOwn: true },
    text: `
      const client = await clientWith({ timeoutMs: 200, headers: { "x-sandbox-fault": "stall-headers" } });
      return client.friendList(player).then(() => "no error", ({ kind, message }) => ({
        kind,
        isOwn: message.indexOf("timeoutMs (200 ms)") >= 0,
      }));`,
  },
};

/** How many of the host's tasks the checks call off. */
export const CALLED_OFF = 1;

/** What is not as it should be. `knowsManual`: whether the host lets a request say that redirects are not followed. */
export async function transportFaults(page, { knowsManual }) {
  const faults = [];
  for (const [name, { text, expected }] of Object.entries(checks)) {
    if (name.includes("redirect") && !knowsManual) continue;
    const found = await page.evaluate(asking(text), LIMIT_MS, "transport.js");
    if (!isDeepStrictEqual(found, expected)) faults.push(`${name}: ${JSON.stringify(found)}`);
  }
  return faults;
}
