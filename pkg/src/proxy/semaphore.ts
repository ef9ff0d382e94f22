import { Refusal, SOON_MS } from "./refusal.ts";

/** Lets so many run at once; so many more wait for their turn, first come, first served. */
export class Semaphore {
  active = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(
    readonly maxActive: number,
    readonly maxWaiting: number,
  ) {}

  get waiting(): number {
    return this.#waiting.length;
  }

  /**
   * Waits for a turn; gives what ends it, which `signal` does too. @throws Refusal, where too many wait already, and when
   * `signal` aborts or has aborted
   */
  async enter(signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted();
    if (this.active >= this.maxActive) await this.#turn(signal);
    else this.active++;
    let isOver = false;
    const leave = () => {
      if (isOver) return;
      isOver = true;
      this.#leave();
    };
    // A transport that is deaf to it would keep its place for ever.
    signal.addEventListener("abort", leave);
    return leave;
  }

  /** Whoever leaves hands the place on, so that nobody who comes meanwhile gets it. */
  #leave(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.active--;
  }

  #turn(signal: AbortSignal): Promise<void> {
    if (this.#waiting.length >= this.maxWaiting) {
      throw new Refusal("overload", "too many calls at once", SOON_MS);
    }
    return new Promise((resolve, reject) => {
      const giveUp = () => {
        this.#waiting.splice(this.#waiting.indexOf(take), 1);
        reject(signal.reason);
      };
      const take = () => {
        signal.removeEventListener("abort", giveUp);
        resolve();
      };
      signal.addEventListener("abort", giveUp, { once: true });
      this.#waiting.push(take);
    });
  }
}
