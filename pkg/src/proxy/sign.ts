// What remoteSigner asks: one signature. Only for what the core itself would write for the player who is logged in, but for
// the order of fields and parameters that have defaults.

import { type EndpointInfo, endpoints } from "../facade.ts";
import type { Door } from "./door.ts";
import { json } from "./exchange.ts";
import { isObject, type JsonObject, objectOf } from "./json.ts";
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

interface SignRules {
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
      const whole = canonicalQueryOf(options, parameters.get("seq") ?? "", Number(parameters.get("ts")));
      checkQuery(canonicalQuery, parameters, whole);
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
  const ts = parameters.get("ts");
  if (ts === undefined) throw badRequest("ts: it is missing");
  if (!/^\d{1,12}$/.test(ts) || Math.abs(Number(ts) - nowMs / 1000) > windowSeconds) {
    throw badRequest(`ts: more than ${windowSeconds} seconds from the server's clock`);
  }
}

/** What has no default, beside channelid and ts, which were looked at before. */
const NEEDED = ["gameid", "os"];

/** Byte for byte as the core writes it, where what has a default may be left out. */
function checkQuery(canonicalQuery: string, parameters: Parameters, whole: string): void {
  const missing = NEEDED.find((name) => !parameters.has(name));
  if (missing) throw badRequest(`canonicalQuery: without ${missing}`);
  const written = whole.split("&").filter((pair) => parameters.has(pair.slice(0, pair.indexOf("="))));
  if (written.join("&") !== canonicalQuery) {
    throw badRequest(
      "canonicalQuery: parameters sorted by name in ascending byte order, with values as this package writes them, are wanted",
    );
  }
}

/** For this player, byte for byte as the core writes it, whose fields may stand in another order. */
function checkBody(endpoint: EndpointInfo, channel: number, body: string, player: AuthorizedPlayer): void {
  const fields = objectOf(new TextEncoder().encode(body));
  if (fields.openid !== player.openid || fields.token !== player.token) {
    throw new Refusal("player", "openid and token: not those of the player who is logged in");
  }
  const written = rewritten(endpoint, channel, fields);
  if (written !== body && JSON.stringify(inOrderOf(fields, JSON.parse(written))) !== body) {
    throw badRequest(
      "body: not as JSON.stringify writes it, or without a field that this endpoint always has",
    );
  }
}

/** What was written, in the order of what was given. */
function inOrderOf(given: JsonObject, written: JsonObject): JsonObject {
  const names = Object.keys({ ...given, ...written });
  return Object.fromEntries(
    names.map((name) => {
      const [ours, theirs] = [written[name], given[name]];
      return [name, isObject(ours) && isObject(theirs) ? inOrderOf(theirs, ours) : ours];
    }),
  );
}
