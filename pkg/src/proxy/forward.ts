// The five calls: read, completed, signed, passed on.

import { type EndpointInfo, endpoints, Os } from "../facade.ts";
import type { Door } from "./door.ts";
import type { Incoming, Outgoing } from "./exchange.ts";
import { type JsonObject, objectOf } from "./json.ts";
import type { Guards, Route } from "./options.ts";
import { canonicalQueryOf, optionsOf, parametersOf } from "./query.ts";
import { badRequest, Refusal } from "./refusal.ts";
import { type AuthorizedPlayer, rewritten } from "./requests.ts";
import { refusingRet } from "./ret.ts";
import { Semaphore } from "./semaphore.ts";
import { passOn } from "./upstream.ts";

/** `os` of what leaves from a backend. */
const BACKEND = Os.Linux;

/** What goes to the backend. */
interface SignedCall {
  readonly url: string;
  readonly body: string;
}

export function forwardDoor(guards: Guards, route: Route): Door {
  const served = new Map(endpoints().map((endpoint) => [route.basePath + endpoint.path, endpoint]));
  const turns = new Semaphore(route.maxUpstream, route.maxQueued);
  return {
    labelOf: (path) => served.get(path)?.path,
    gauges: { upstream_active: () => turns.active, upstream_waiting: () => turns.waiting },

    async answer(incoming, { player, bytes }, progress, signal): Promise<Outgoing> {
      const endpoint = served.get(incoming.path) as EndpointInfo;
      const make = callMaker(endpoint, incoming.query, bytes, player, guards, route);
      progress.phase = "waiting";
      const leave = await turns.enter(signal);
      try {
        progress.phase = "upstream";
        // Not before its turn: it carries the time.
        const { url, body } = make();
        const headers = forwardedHeaders(incoming, route.forwardHeaders);
        const request = { headers, body, signal, maxBytes: route.maxResponseBytes };
        const answer = await passOn(route.transport, url, request);
        const retryAfter = isWait(answer.retryAfter) ? { "retry-after": answer.retryAfter } : {};
        // Built anew, so that no cookie and no other header of the backend reaches the page.
        return {
          status: answer.status,
          headers: { "content-type": "application/json", ...retryAfter },
          body: answer.bytes,
          ret: refusingRet(answer.bytes),
        };
      } finally {
        leave();
      }
    },
  };
}

/** Checks a call; what it returns signs it. @throws Refusal */
function callMaker(
  endpoint: EndpointInfo,
  rawQuery: string,
  bytes: Uint8Array,
  player: AuthorizedPlayer,
  { gameId, keys, now, extraQuery }: Guards,
  { upstream }: Route,
): () => SignedCall {
  const parameters = parametersOf(rawQuery);
  for (const name of ["sig", "ts"]) {
    if (parameters.has(name)) throw badRequest(`${name}: the proxy sets it`);
  }
  if (parameters.has("os") && parameters.get("os") !== String(BACKEND)) {
    throw badRequest(`os: the proxy sets it to ${BACKEND}`);
  }
  const options = optionsOf(parameters, { gameId, os: BACKEND }, extraQuery);
  const body = rewritten(endpoint, options.channel, ofPlayer(objectOf(bytes), player));
  return () => {
    const canonicalQuery = canonicalQueryOf(options, parameters.get("seq") ?? "", Math.floor(now() / 1000));
    const sig = keys.sign(options.source, endpoint.path, canonicalQuery, body);
    return { url: `${upstream}${endpoint.path}?${canonicalQuery}&sig=${sig}`, body };
  };
}

/** The same fields, as the authorized player's. @throws Refusal, where they are another one's */
function ofPlayer(fields: JsonObject, player: AuthorizedPlayer): JsonObject {
  if (Object.hasOwn(fields, "openid") && fields.openid !== player.openid) {
    throw new Refusal("player", "openid: not the player who is logged in");
  }
  // A token of the page's own may be an older one.
  return { ...fields, ...player };
}

function forwardedHeaders({ header }: Incoming, names: readonly string[]): Record<string, string> {
  const given = names.flatMap((name): [string, string][] => {
    const value = header(name);
    return value === undefined ? [] : [[name, value]];
  });
  return { ...Object.fromEntries(given), "content-type": "application/json" };
}

/** Seconds, or a date as HTTP writes it. */
const isWait = (text: string | null | undefined): text is string =>
  /^(\d{1,9}|[A-Z][a-z]{2}, [\w :]{20,22} GMT)$/.test(text ?? "");
