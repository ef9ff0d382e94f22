// Requests by fetch.

import { answerOf, type ReadOption, type Transport } from "../transport.ts";

/** The options of a client that only hosts with fetch have. */
export interface HostOptions {
  /** Instead of the global one. */
  fetch?: typeof globalThis.fetch | undefined;
  /** As fetch takes it, whose default is "same-origin". */
  credentials?: "omit" | "same-origin" | "include" | undefined;
}

export function transportOf({ fetch: own }: HostOptions, option: ReadOption<HostOptions>): Transport {
  // Checked, but not kept: the global one is looked up at each call, so that what patches it later is honoured.
  option("fetch", globalThis.fetch, (value) => typeof value === "function", "a function");
  const credentials = option<RequestCredentials | "">(
    "credentials",
    "",
    (value) => ["", "omit", "same-origin", "include"].includes(value as string),
    '"omit", "same-origin" or "include"',
  );
  return {
    async send(url, { headers, body, signal, maxBytes }) {
      const response = await (own ?? fetch)(url, {
        method: "POST",
        redirect: "manual",
        headers,
        body,
        signal,
        // Only when asked for: edge workers refuse the mere presence of the option.
        ...(credentials && { credentials }),
      });
      return answerOf(response, maxBytes, signal);
    },
  };
}
