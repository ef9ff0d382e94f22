// How often one player and one address may call.

import { Refusal, SOON_MS } from "./refusal.ts";
import { inTime } from "./timeout.ts";

/** So many calls in so many milliseconds, counted from the first one. */
export interface Limit {
  readonly calls: number;
  readonly windowMs: number;
}

/** Counts calls; one store may serve many proxies. */
export interface LimitStore {
  /**
   * Counts one call. Its window begins with the first one, and ends by itself. An answer that takes longer than a second
   * counts as a failure.
   *
   * @param key holds the openid or the address: hash it where it leaves the process, as `redisStore` does
   * @returns how many there were in the window, this one included, and how long it still lasts
   */
  hit(key: string, windowMs: number): Promise<Hits> | Hits;
}

export interface Hits {
  readonly count: number;
  readonly resetMs: number;
}

/** What happens to calls while the store cannot be asked: `"open"` lets them pass, `"closed"` refuses them with 503. */
export type StoreFailure = "open" | "closed";

export interface LimitOptions {
  /** 60 calls a minute by default; false: none. */
  player?: Limit | false | undefined;
  /** 600 calls a minute by default: many players may share one address. false: none. */
  address?: Limit | false | undefined;
  /** By default in the memory of this process. */
  store?: LimitStore | undefined;
  /** `"open"` by default: the platform has limits of its own, and `authorize` still stands. */
  whenStoreFails?: StoreFailure | undefined;
}

const STORE_MS = 1000;

export class Limiter {
  #isFailing = false;

  constructor(
    readonly store: LimitStore,
    readonly whenStoreFails: StoreFailure,
    /** Told of each call that the store could not count, and whether it is the first of a row. */
    readonly onFailure: (error: unknown, isFirst: boolean) => void,
  ) {}

  /** @throws Refusal `rate_limit` above the limit, `unavailable` where the store failed and that closes the door */
  async count(what: "player" | "address", who: string, limit: Limit | false): Promise<void> {
    if (limit === false) return;
    let hits: Hits;
    try {
      const answer = this.store.hit(`${what}:${who}`, limit.windowMs);
      hits = await ("then" in answer ? inTime(answer, STORE_MS) : answer);
      if (!(hits.count > 0 && hits.resetMs >= 0)) throw new RangeError("the store counted nothing");
      this.#isFailing = false;
    } catch (error) {
      this.onFailure(error, !this.#isFailing);
      this.#isFailing = true;
      if (this.whenStoreFails === "open") return;
      throw new Refusal("unavailable", "the store of the rate limits does not answer", SOON_MS);
    }
    if (hits.count <= limit.calls) return;
    throw new Refusal("rate_limit", `too many calls of this ${what}`, hits.resetMs);
  }
}
