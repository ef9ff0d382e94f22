import type { AuthorizedPlayer } from "msdk-friends/proxy";

export const KEY = "marker-key-7f3a";

/** By what they send as `authorization: Bearer NAME`. */
export const PLAYERS = {
  alice: { openid: "9007199254740993111", token: "marker-token-51c2" },
  bob: { openid: "9007199254740993222", token: "marker-token-88d0" },
} satisfies Record<string, AuthorizedPlayer>;

/** What no answer and no line of the log may hold. */
export const SECRETS = [KEY, ...Object.values(PLAYERS).flatMap(({ openid, token }) => [openid, token])];

export function playerOf({ headers }: Request): AuthorizedPlayer | null {
  const name = headers.get("authorization")?.replace("Bearer ", "");
  return name === "alice" || name === "bob" ? PLAYERS[name] : null;
}

/** The clock of the endpoint that signs, in Unix seconds. */
export const SIGN_CLOCK = 1_700_000_000;
