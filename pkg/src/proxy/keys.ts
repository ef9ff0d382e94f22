import { argumentError, signCanonical } from "../facade.ts";
import { nameOf } from "./quoting.ts";
import { badRequest } from "./refusal.ts";

/** The game's signing keys by the `source` that each belongs to; a game with one key has it under "0". */
export type KeyRecord = Readonly<Record<string, string>>;

/** The keys, or where they come from: asked at the start and at each `reloadKeys()`. */
export type Keys = KeyRecord | (() => KeyRecord | Promise<KeyRecord>);

/** What signs; nothing that prints, copies or serialises an object reaches the key inside. */
class SigningKey {
  readonly #key: string;

  constructor(key: string) {
    this.#key = key;
  }

  sign(path: string, canonicalQuery: string, body: string): string {
    return signCanonical(path, canonicalQuery, body, this.#key);
  }
}

/** A game's keys; they are replaced all at once, between two signatures. */
export class KeyRing {
  #keys = new Map<string, SigningKey>();
  readonly #origin: Keys;
  #asked = 0;
  #taken = 0;

  private constructor(origin: Keys) {
    this.#origin = origin;
  }

  static async of(keys: Keys): Promise<KeyRing> {
    const ring = new KeyRing(keys);
    await ring.reload();
    return ring;
  }

  /** Takes the given keys, or asks for them where they came from. Rejects with `config` and keeps the old ones. */
  async reload(keys: Keys = this.#origin): Promise<void> {
    const turn = ++this.#asked;
    const own = checked(typeof keys === "function" ? await asked(keys) : keys);
    // Whoever asked later has newer ones, though their answer came sooner.
    if (turn < this.#taken) return;
    this.#taken = turn;
    this.#keys = own;
  }

  /** @throws Refusal, where no key belongs to `source` */
  sign(source: string, path: string, canonicalQuery: string, body: string): string {
    const key = this.#keys.get(source);
    if (!key) throw badRequest("source: no signing key belongs to it; the proxy's option keys names them");
    return key.sign(path, canonicalQuery, body);
  }
}

async function asked(keys: () => KeyRecord | Promise<KeyRecord>): Promise<KeyRecord> {
  try {
    return await keys();
  } catch (error) {
    // A parser's message quotes what it read.
    const given = `one that failed with ${nameOf(error)}`;
    throw argumentError("config", "keys", "a function that gives the signing keys", given);
  }
}

function checked(keys: unknown): Map<string, SigningKey> {
  const entries = typeof keys === "object" && keys !== null ? Object.entries(keys) : [];
  const isRight = ([source, key]: [string, unknown]) =>
    /^[\w.~-]+$/.test(source) && typeof key === "string" && key.trim() !== "";
  if (entries.length === 0 || !entries.every(isRight)) {
    const allowed = 'an object of signing keys by source, such as { "0": key }, none of them empty';
    throw argumentError("config", "keys", allowed, "another value");
  }
  return new Map(entries.map(([source, key]) => [source, new SigningKey(key)]));
}
