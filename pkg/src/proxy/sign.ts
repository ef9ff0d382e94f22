// What remoteSigner asks: one signature. Only for what the core itself would write for the player who is logged in.

import { type EndpointInfo, endpoints } from "../facade.ts";
import type { Door } from "./door.ts";
import { json } from "./exchange.ts";
import { type JsonObject, objectOf } from "./json.ts";
import type { Guards } from "./options.ts";
import { canonicalQueryOf, optionsOf, type Parameters, parametersOf } from "./query.ts";
import { badRequest, Refusal } from "./refusal.ts";
import { type AuthorizedPlayer, rewritten } from "./requests.ts";

/** What the client is about to send. */
interface ToSign {
  readonly endpoint: EndpointInfo;
  readonly canonicalQuery: string;
  readonly body: string;
}

export interface SignRules {
  readonly path: string;
  readonly tsWindowSeconds: number;
}

export function signDoor(guards: Guards, { path, tsWindowSeconds }: SignRules): Door {
  const byPath = new Map(endpoints().map((endpoint) => [endpoint.path, endpoint]));
  return {
    labelOf: (given) => (given === path ? path : undefined),
    gauges: {},

    async answer({ query: own }, { player, bytes }) {
      if (own !== "") throw badRequest("the sign endpoint takes no query");
      const { endpoint, canonicalQuery, body } = read(objectOf(bytes), byPath);
      const parameters = parametersOf(canonicalQuery);
      checkTime(parameters, guards.now(), tsWindowSeconds);
      const set = { gameId: guards.gameId, os: Number(parameters.get("os")) };
      const options = optionsOf(parameters, set, guards.extraQuery);
      const written = canonicalQueryOf(options, parameters.get("seq") ?? "", Number(parameters.get("ts")));
      if (written !== canonicalQuery) throw badRequest("canonicalQuery: not as this package writes it");
      checkBody(endpoint, options.channel, body, player);
      return json(200, { sig: guards.keys.sign(options.source, endpoint.path, canonicalQuery, body) });
    },
  };
}

function read(fields: JsonObject, byPath: ReadonlyMap<string, EndpointInfo>): ToSign {
  const { path, canonicalQuery, body, ...more } = fields;
  if (Object.keys(more).length > 0 || typeof canonicalQuery !== "string" || typeof body !== "string") {
    throw badRequest("an object with path, canonicalQuery and body is wanted, and nothing else");
  }
  const endpoint = typeof path === "string" ? byPath.get(path) : undefined;
  if (!endpoint) throw badRequest("path: not one of the five endpoints");
  return { endpoint, canonicalQuery, body };
}

/** A signature of another time could be kept and used later. */
function checkTime(parameters: Parameters, nowMs: number, windowSeconds: number): void {
  const ts = parameters.get("ts") ?? "";
  if (!/^\d{1,12}$/.test(ts) || Math.abs(Number(ts) - nowMs / 1000) > windowSeconds) {
    throw badRequest(`ts: more than ${windowSeconds} seconds from the server's clock`);
  }
}

/** The body byte for byte as the core writes it, for this player. */
function checkBody(endpoint: EndpointInfo, channel: number, body: string, player: AuthorizedPlayer): void {
  const fields = objectOf(new TextEncoder().encode(body));
  if (fields.openid !== player.openid || fields.token !== player.token) {
    throw new Refusal("player", "openid and token: not those of the player who is logged in");
  }
  if (rewritten(endpoint, channel, fields) !== body) throw badRequest("body: not as this package writes it");
}
