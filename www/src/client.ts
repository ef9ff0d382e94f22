// The one place that makes a client, and so the one that changes when a proxy signs instead of the page.

import { type Client, createClient, type Hooks, keySigner, type Logger } from "msdk-friends";

import type { SandboxConfig } from "./config.ts";
import type { Settings } from "./settings.ts";

export interface Observers {
  hooks: Hooks;
  logger: Logger;
}

export function makeClient(
  { url, gameId, key }: SandboxConfig,
  { channel, useRemark, fault }: Settings,
  { hooks, logger }: Observers,
): Promise<Client> {
  return createClient({
    baseUrl: url,
    gameId,
    channel,
    useRemark,
    // A sandbox's fake key, on loopback. A real key must never come near a page.
    signer: keySigner(key, { dangerouslyAllowBrowser: true }),
    headers: fault === "none" ? {} : { "x-sandbox-fault": fault },
    hooks,
    logger,
  });
}
