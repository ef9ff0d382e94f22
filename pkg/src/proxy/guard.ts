// The guards that stand in front of every door, in the order in which they ask.

import { callerAddress, subscriberOf } from "./address.ts";
import type { Progress } from "./door.ts";
import type { Incoming } from "./exchange.ts";
import type { Guards } from "./options.ts";
import { checkMethod, checkOrigin } from "./origin.ts";
import { flawOf } from "./player.ts";
import { loggable } from "./quoting.ts";
import { badRequest, Refusal } from "./refusal.ts";
import type { AuthorizedPlayer } from "./requests.ts";

/** A call that passed them all. */
export interface Admitted {
  readonly player: AuthorizedPlayer;
  readonly bytes: Uint8Array;
}

/** What costs the caller nothing and us next to nothing comes first. @throws Refusal */
export async function admit(
  incoming: Incoming,
  guards: Guards,
  progress: Progress,
  signal: AbortSignal,
): Promise<Admitted> {
  if (incoming.flaw !== undefined) throw badRequest(incoming.flaw);
  checkMethod(incoming);
  checkOrigin(incoming, guards.origins);
  checkContent(incoming, guards.maxBodyBytes);
  await countAddress(incoming, guards);
  const player = await authorized(incoming, guards, signal);
  await guards.limiter.count("player", player.openid, guards.playerLimit);
  progress.phase = "reading";
  const bytes = await incoming.body(guards.maxBodyBytes, signal);
  if (!bytes) throw tooLarge(guards.maxBodyBytes);
  return { player, bytes };
}

/** Only JSON, which a form of another page cannot send without being asked for it (CORS). */
function checkContent({ header }: Incoming, maxBytes: number): void {
  if (!/^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i.test(header("content-type") ?? "")) {
    throw new Refusal("media_type", "content-type must be application/json");
  }
  if (!/^(identity)?$/i.test(header("content-encoding") ?? "")) {
    throw new Refusal("media_type", "the body may not be compressed");
  }
  if (Number(header("content-length") ?? 0) > maxBytes) throw tooLarge(maxBytes);
}

const tooLarge = (maxBytes: number): Refusal =>
  new Refusal("too_large", `the body has more than ${maxBytes} bytes (option maxBodyBytes)`);

async function countAddress(incoming: Incoming, guards: Guards): Promise<void> {
  const { limiter, addressLimit, trustedProxies } = guards;
  const address = callerAddress(incoming.remoteAddress, incoming.header("x-forwarded-for"), trustedProxies);
  // A host that does not tell has its own limits in front.
  if (address === undefined) return;
  await limiter.count("address", subscriberOf(address), addressLimit);
}

async function authorized(
  incoming: Incoming,
  { authorize, asking, logger }: Guards,
  signal: AbortSignal,
): Promise<AuthorizedPlayer> {
  const leave = await asking.enter(signal);
  let player: AuthorizedPlayer | null | undefined;
  try {
    player = await authorize(incoming.toRequest());
  } catch (error) {
    logger.error("authorize failed", loggable(error));
    throw new Refusal("unavailable", "the proxy cannot tell who is calling just now");
  } finally {
    leave();
  }
  if (!player) throw new Refusal("unauthorized", "no player is logged in here");
  const { openid, token } = player;
  const flaw = flawOf({ openid, token });
  if (flaw !== undefined) {
    logger.error("authorize returned no openid or no token", { flaw });
    throw new Refusal("internal", "the proxy's authorize returned no openid or no token");
  }
  return { openid, token };
}
