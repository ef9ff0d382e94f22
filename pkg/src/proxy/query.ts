// The query of a call, in the spelling of the wire.

import { isMsdkError, query } from "../facade.ts";
import { quotable } from "./quoting.ts";
import { badRequest } from "./refusal.ts";

export type Parameters = ReadonlyMap<string, string>;

/** What needs no percent-encoding, and so what the core signs (src/query.rs). Whatever is encoded is refused. */
const PLAIN = /^[A-Za-z0-9._~-]*$/;

/** Other servers on the way take 8 KB for the first line of a request, or less. */
const MAX_LENGTH = 4096;

/** @throws Refusal, for a name twice and for what no query of this package has */
export function parametersOf(query: string): Parameters {
  if (query.length > MAX_LENGTH) throw badRequest(`the query has more than ${MAX_LENGTH} characters`);
  const parameters = new Map<string, string>();
  for (const pair of query === "" ? [] : query.split("&")) {
    const [name = "", value, ...more] = pair.split("=");
    if (name === "" || value === undefined || more.length > 0 || !PLAIN.test(name) || !PLAIN.test(value)) {
      throw badRequest("the query is not name=value joined by &, in characters of A-Z a-z 0-9 - . _ ~");
    }
    if (parameters.has(name))
      throw badRequest(`${quotable(name, "a parameter")}: it stands twice in the query`);
    parameters.set(name, value);
  }
  return parameters;
}

/** What the client's options become, and what they may bring along. */
const OWN_NAMES = ["channelid", "conn", "gameid", "os", "seq", "source", "ts", "version"];

/** A client's options, as the core reads them (src/query.rs). */
interface QueryOptions {
  readonly gameId: string;
  readonly channel: number;
  readonly os: number;
  readonly source: string;
  readonly version: string;
  readonly conn: string;
  readonly extraQuery: Readonly<Record<string, string>>;
}

/**
 * The options that a query was made of.
 *
 * @param extraNames which other parameters there may be
 * @throws Refusal
 */
export function optionsOf(
  parameters: Parameters,
  set: Pick<QueryOptions, "gameId" | "os">,
  extraNames: readonly string[],
): QueryOptions {
  const given = (name: string) => parameters.get(name) ?? "";
  const extra = [...parameters].filter(([name]) => !OWN_NAMES.includes(name));
  const unknown = extra.find(([name]) => !extraNames.includes(name));
  if (unknown)
    throw badRequest(
      `${quotable(unknown[0], "a parameter")}: not a parameter that is let through (option extraQuery)`,
    );
  if (!/^[1-9]\d{0,9}$/.test(given("channelid"))) throw badRequest("channelid: a channel's number is wanted");
  if (parameters.has("gameid") && given("gameid") !== set.gameId) throw badRequest("gameid: another game's");
  return {
    ...set,
    channel: Number(given("channelid")),
    source: parameters.get("source") ?? "0",
    version: given("version"),
    conn: given("conn"),
    extraQuery: Object.fromEntries(extra),
  };
}

/** As the core writes it. @throws Refusal, for what the core refuses */
export function canonicalQueryOf(options: QueryOptions, seq: string, ts: number): string {
  try {
    return query(JSON.stringify(options), seq, ts);
  } catch (error) {
    // Its message names the parameter and what is allowed.
    if (isMsdkError(error) && error.kind !== "unknown") throw badRequest(error.message);
    throw error;
  }
}
