// What a client asks the sign endpoint for.
import type { Call } from "./call.ts";
import { PLAYERS, SIGN_CLOCK } from "./players.ts";

interface ToSign {
  readonly path?: unknown;
  /** Of the canonical query; `undefined` drops one. */
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly canonicalQuery?: unknown;
  readonly fields?: object;
  readonly body?: unknown;
  /** Members beside the three. */
  readonly more?: object;
}

export function signCall({ path, query, canonicalQuery, fields, body, more }: ToSign = {}): Call {
  const parameters = {
    channelid: "2",
    conn: "",
    gameid: "12",
    os: "3",
    seq: "",
    source: "0",
    ts: String(SIGN_CLOCK),
    version: "",
    ...query,
  };
  const pairs = Object.entries(parameters).filter(([, value]) => value !== undefined);
  return {
    target: "/sign",
    fields: {
      path: path ?? "/v2/friend/friend_list",
      canonicalQuery: canonicalQuery ?? pairs.map((pair) => pair.join("=")).join("&"),
      body: body ?? JSON.stringify({ ...PLAYERS.alice, ...fields }),
      ...more,
    },
  };
}

export const GOOD_SIGN: Call = signCall();
