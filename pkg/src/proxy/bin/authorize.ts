// Who the player is, as the command learns it: from a module, or from the game's own backend.

import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Authorize } from "../options.ts";
import type { AuthorizedPlayer } from "../requests.ts";

export async function fromModule(path: string): Promise<Authorize> {
  const { default: authorize } = (await import(pathToFileURL(resolve(path)).href).catch((error: unknown) => {
    throw new RangeError(`authorizeModule: ${(error as Error).message}`);
  })) as { default?: unknown };
  if (typeof authorize !== "function") {
    throw new RangeError(`authorizeModule: its default export is to be a function authorize(request)`);
  }
  return authorize as Authorize;
}

/** What says who is logged in. */
const CREDENTIALS = ["cookie", "authorization"];

const ASK_MS = 3000;

/**
 * Asks a URL of the game's backend with the call's own credentials. 200 with `{ openid, token }` is the player; 401, 403 and
 * 404 say that there is none; anything else is a failure.
 */
export function fromUrl(url: string): Authorize {
  if (!/^https?:/.test(url) || !URL.canParse(url))
    throw new RangeError("authorizeUrl: an https URL is wanted");
  return async (request) => {
    const headers = CREDENTIALS.flatMap((name): [string, string][] => {
      const value = request.headers.get(name);
      return value === null ? [] : [[name, value]];
    });
    const response = await fetch(url, { headers, redirect: "manual", signal: AbortSignal.timeout(ASK_MS) });
    if ([401, 403, 404].includes(response.status)) return null;
    if (response.status !== 200) throw new Error(`authorizeUrl answered with status ${response.status}`);
    return (await response.json()) as AuthorizedPlayer;
  };
}
