// A request as it is on the wire, read back into what a caller would have passed and written anew by the core: so nothing
// is signed that the core would not have made.

import { type EndpointInfo, isMsdkError, prepare } from "../facade.ts";
import { firstDifference, type JsonObject } from "./json.ts";
import { quotable } from "./quoting.ts";
import { badRequest } from "./refusal.ts";

/** Who calls, as the game's own session knows it. */
export interface AuthorizedPlayer {
  openid: string;
  /** The login token of MSDK. */
  token: string;
}

/** The body that is signed. @throws Refusal, for whatever is not a request of this endpoint */
export function rewritten(endpoint: EndpointInfo, channel: number, fields: JsonObject): string {
  const request = JSON.stringify(asPassed(endpoint, fields));
  let body: string;
  try {
    body = prepare(endpoint.name, channel, request, false).body;
  } catch (error) {
    // Its message names the field and what is allowed, and quotes no secret.
    if (isMsdkError(error) && error.kind === "request") throw badRequest(error.message);
    throw error;
  }
  const other = firstDifference(fields, JSON.parse(body));
  if (other !== undefined) {
    throw badRequest(
      `${quotable(other, "a field of the body")}: ${endpoint.name} has no such field, or sends it in another form`,
    );
  }
  return body;
}

/** The caller's object of which the core makes these fields. */
function asPassed(endpoint: EndpointInfo, fields: JsonObject): JsonObject {
  const passed = inCamelCase(fields) as JsonObject;
  // The one field that is sent percent-encoded: the core encodes it again.
  if (endpoint.name === "ark_share" && typeof passed.extra === "string") passed.extra = decoded(passed.extra);
  return passed;
}

/**
 * The wire's names are the callers' in snake_case, but for `channelid`, which is one word there; that nothing got lost on the
 * way is checked afterwards.
 */
function inCamelCase(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const renamed = (name: string) =>
    name
      .replace(/channelid$/, "channel_id")
      .replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [renamed(name), inCamelCase(member)]),
  );
}

function decoded(extra: string): string {
  try {
    return decodeURIComponent(extra);
  } catch {
    throw badRequest("extra: not percent-encoded as packArkExtra does it");
  }
}
