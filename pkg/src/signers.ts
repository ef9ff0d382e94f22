import type { Signal } from "#host/abort.ts";
import { isPageLike } from "#host/surroundings.ts";
import { expect } from "./arguments.ts";
import * as core from "./core.ts";
import { argumentError } from "./errors.ts";

/** What is signed: `path + "?" + canonicalQuery + body`, then the key. */
export interface SignInput {
  readonly path: string;
  readonly canonicalQuery: string;
  readonly body: string;
}

/** Makes the signature of one attempt: 32 hex digits. It runs inside the attempt's timeout. */
export interface Signer {
  sign(input: SignInput, options: { signal: Signal }): string | Promise<string>;
}

/** What `proxied()` returns: the mark of a client whose calls are signed on their way. */
export interface Proxied {
  readonly proxied: true;
}

export interface KeySignerOptions {
  /** Set it only in tools of your own that nobody else loads. */
  dangerouslyAllowBrowser?: boolean;
}

/** The keys, out of reach of anything that prints a signer. */
const keys = new WeakMap<object, string>();

/** The key of a {@link keySigner}, to be masked in errors. */
export const keyOf = (signer: object | undefined): string | undefined => signer && keys.get(signer);

/**
 * Signs with the game's key, in this process: for servers and tools.
 *
 * @throws `config` for an empty key, and wherever a page or a mini-game could hold the key.
 */
export function keySigner(key: string, options?: KeySignerOptions): Signer {
  expect(key, typeof key === "string" && key !== "", "key", "the game's signing key", "config");
  if (isPageLike() && options?.dangerouslyAllowBrowser !== true) {
    throw argumentError(
      "config",
      "signer",
      "proxied() or remoteSigner(url), since everyone could read the key " +
        "(a local tool may pass { dangerouslyAllowBrowser: true })",
      "keySigner in a page or a mini-game",
    );
  }
  const signer: Signer = {
    sign: ({ path, canonicalQuery, body }) => core.sign(path, canonicalQuery, body, key),
  };
  keys.set(signer, key);
  return signer;
}

/** The client posts unsigned calls to its `baseUrl`, where a proxy of yours adds game, time and signature. */
export function proxied(): Proxied {
  return { proxied: true };
}
