// The one place that makes a client. Its calls leave unsigned, to the proxy beside the page: the key is there.

import { type Client, createClient, type Hooks, type Logger, type Player, proxied } from "msdk-friends";

import type { Settings } from "./settings.ts";

export interface Observers {
  hooks: Hooks;
  logger: Logger;
}

export function makeClient(
  { channel, openid, useRemark, fault }: Settings,
  { hooks, logger }: Observers,
): Promise<Client<Partial<Player>>> {
  return createClient({
    baseUrl: "/msdk",
    channel,
    useRemark,
    signer: proxied(),
    headers: {
      // Only here: a game's page says nothing of the player, its session cookie goes along by itself.
      ...(openid && { "x-console-openid": encodeURIComponent(openid) }),
      ...(fault !== "none" && { "x-sandbox-fault": fault }),
    },
    hooks,
    logger,
  });
}
