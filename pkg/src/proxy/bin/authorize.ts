// Who the player is, as the command learns it: from a module, or from the game's own backend.

import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { readBody } from "../../facade.ts";
import type { Authorize } from "../options.ts";
import { flawOf } from "../player.ts";
import { codeBehind, nameOf, OwnError } from "../quoting.ts";
import type { AuthorizedPlayer } from "../requests.ts";

export async function fromModule(path: string): Promise<Authorize> {
  const { default: authorize } = (await import(pathToFileURL(resolve(path)).href).catch((error: unknown) => {
    throw new RangeError(`authorizeModule: ${(error as Error).message}`);
  })) as { default?: unknown };
  if (typeof authorize !== "function") {
    throw new RangeError(`authorizeModule: its default export must be a function authorize(request)`);
  }
  return authorize as Authorize;
}

/** What says who is logged in. */
const CREDENTIALS = ["cookie", "authorization"];

const ASK_MS = 3000;
/** Many times what a player needs; more is not read. */
const MAX_BYTES = 64 * 2 ** 10;

/**
 * Asks a URL of the game's backend with the call's own credentials. 200 with `{ openid, token }` is the player; 401, 403 and
 * `null` say that there is none. Anything else, such as the 404 of a wrong path, is a failure, and says which.
 */
export function fromUrl(url: string): Authorize {
  if (!/^https?:/.test(url) || !URL.canParse(url))
    throw new RangeError("authorizeUrl: a URL is wanted, https, or http within a network that you trust");
  return async (request) => {
    const headers = CREDENTIALS.flatMap((name): [string, string][] => {
      const value = request.headers.get(name);
      return value === null ? [] : [[name, value]];
    });
    const { status, text } = await ask(url, headers);
    if (status === 401 || status === 403) return null;
    if (status !== 200) throw failure(`answered with status ${status}`);
    return playerIn(text);
  };
}

const failure = (what: string): OwnError => new OwnError(`authorizeUrl ${what}`);

async function ask(url: string, headers: [string, string][]): Promise<{ status: number; text: string }> {
  let trouble = "is not reachable";
  try {
    const signal = AbortSignal.timeout(ASK_MS);
    const response = await fetch(url, { headers, redirect: "manual", signal });
    trouble = "broke its answer off";
    const bytes = await readBody(response, MAX_BYTES, signal);
    signal.throwIfAborted();
    trouble = `answered with more than ${MAX_BYTES} bytes`;
    if (!bytes) throw new RangeError(trouble);
    return { status: response.status, text: new TextDecoder().decode(bytes) };
  } catch (error) {
    if (nameOf(error) === "TimeoutError") throw failure(`gave no whole answer within ${ASK_MS} ms`);
    throw failure(`${trouble}${codeBehind(error)}`);
  }
}

function playerIn(text: string): AuthorizedPlayer | null {
  let player: unknown;
  try {
    player = JSON.parse(text);
  } catch {
    // Its message quotes the answer.
    throw failure("answered with what is not JSON");
  }
  if (player === null) return null;
  const flaw = flawOf(Object(player));
  if (flaw !== undefined) {
    throw failure(`answered with no object that has openid and token as strings: ${flaw}`);
  }
  return player as AuthorizedPlayer;
}
