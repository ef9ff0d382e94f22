// How often one player and one address may call.

import { nameOf } from "./quoting.ts";
import { Refusal, SOON_MS } from "./refusal.ts";
import { inTime, MAX_STORE_MS, type TimeoutError } from "./timeout.ts";

/** So many calls in so many milliseconds, counted from the first one. */
export interface Limit {
  readonly calls: number;
  readonly windowMs: number;
}

/** Counts calls; one store may serve many proxies. */
export interface LimitStore {
  /**
   * Counts one call. Its window begins with the first one, and ends by itself. An answer that takes longer than a second
   * is a failure; for a second after it, the store is not asked.
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

/** How often the log says that it fails: what it cannot count comes as often as calls do. */
const TOLD_MS = 60_000;

export class Limiter {
  #silence: TimeoutError | undefined;
  #silentUntil = 0;
  #toldAt = Number.NEGATIVE_INFINITY;

  constructor(
    readonly store: LimitStore,
    readonly whenStoreFails: StoreFailure,
    /** Told of each call that the store could not count, and whether the log is to say so. */
    readonly onFailure: (error: unknown, isTold: boolean) => void,
  ) {}

  /** @throws Refusal `rate_limit` above the limit, `unavailable` where the store failed and that closes the door */
  async count(what: "player" | "address", who: string, limit: Limit | false): Promise<void> {
    if (limit === false) return;
    let hits: Hits;
    try {
      hits = await this.#hit(`${what}:${who}`, limit.windowMs);
    } catch (error) {
      const isTold = performance.now() - this.#toldAt > TOLD_MS;
      if (isTold) this.#toldAt = performance.now();
      this.onFailure(error, isTold);
      if (this.whenStoreFails === "open") return;
      throw new Refusal("unavailable", "the store of the rate limits does not answer", SOON_MS);
    }
    if (hits.count <= limit.calls) return;
    throw new Refusal("rate_limit", `too many calls of this ${what}`, hits.resetMs);
  }

  async #hit(key: string, windowMs: number): Promise<Hits> {
    // One call counts twice, and many come at once: while the store is known to be silent, they do not wait each in turn.
    if (this.#silence && performance.now() < this.#silentUntil) throw this.#silence;
    try {
      const answer = this.store.hit(key, windowMs);
      const hits = await ("then" in answer ? inTime(answer, MAX_STORE_MS) : answer);
      if (!(hits.count > 0 && hits.resetMs >= 0)) throw new RangeError("the store counted nothing");
      return hits;
    } catch (error) {
      // Known by what it has, since a store may come from another copy of this package.
      const silence = error as TimeoutError | undefined;
      if (nameOf(error) === "TimeoutError" && Number(silence?.ms) > 0) {
        this.#silence = silence;
        this.#silentUntil = performance.now() + Number(silence?.ms);
      }
      throw error;
    }
  }
}
