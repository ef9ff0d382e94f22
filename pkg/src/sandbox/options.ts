import { type FaultStep, faultSteps } from "./faults.ts";
import type { WireFriend } from "./wire.ts";

/** Everything that `startSandbox` and the command line take; what is absent has the default shown. */
export interface SandboxOptions {
  /** 0, the default, takes any free port. */
  readonly port?: number | undefined;
  /** "127.0.0.1": other machines cannot reach it. */
  readonly host?: string | undefined;
  /** `DEFAULT_KEY`. Fake keys only: a real one has no business in a sandbox. */
  readonly key?: string | undefined;
  /** The only `gameid` that is served; any is where this is absent. */
  readonly gameId?: string | undefined;
  /** How many to generate, or the rows of `lists` themselves; the seed's samples where absent. */
  readonly friends?: number | readonly WireFriend[] | undefined;
  /** One fault, or a sequence ("http-500,http-500,none"): each request takes one, the last one stays. */
  readonly fault?: string | readonly FaultStep[] | undefined;
  /** 0: how long every answer waits, in milliseconds. */
  readonly latencyMs?: number | undefined;
  /** 600: how far `ts` may be from the clock, in seconds; 0 lets any pass. */
  readonly tsWindowSeconds?: number | undefined;
}

/** Signs for nothing but sandboxes. */
export const DEFAULT_KEY = "fake-sandbox-key";

/** The options once checked, defaults filled in. */
export interface Settings {
  readonly port: number;
  readonly host: string;
  readonly key: string;
  readonly gameId: string | undefined;
  readonly friends: number | readonly WireFriend[] | undefined;
  readonly fault: readonly FaultStep[];
  readonly latencyMs: number;
  readonly tsWindowSeconds: number;
}

/** Throws a RangeError that names the option. */
export function settingsFrom(options: SandboxOptions): Settings {
  const { port = 0, host = "127.0.0.1", key = DEFAULT_KEY, gameId, friends, fault = "none" } = options;
  const { latencyMs = 0, tsWindowSeconds = 600 } = options;
  checkWhole("port", port, 65_535);
  checkWhole("latencyMs", latencyMs, 600_000);
  checkWhole("tsWindowSeconds", tsWindowSeconds, 1_000_000_000);
  if (key === "") throw new RangeError("key must not be empty");
  if (host === "") throw new RangeError("host must not be empty");
  if (gameId === "") throw new RangeError("gameId must not be empty");
  if (typeof friends === "number") checkWhole("friends", friends, 100_000);
  else if (friends !== undefined) checkFriends(friends);
  return { port, host, key, gameId, friends, fault: faultSteps(fault), latencyMs, tsWindowSeconds };
}

function checkWhole(name: string, value: number, max: number): void {
  if (Number.isInteger(value) && value >= 0 && value <= max) return;
  throw new RangeError(`${name} must be a whole number from 0 to ${max}, not ${value}`);
}

function checkFriends(friends: unknown): void {
  if (!Array.isArray(friends)) throw new RangeError("friends must be a number or an array of friends");
  for (const [index, friend] of friends.entries()) {
    if (typeof friend !== "object" || friend === null || Array.isArray(friend)) {
      throw new RangeError(`friends[${index}] must be an object such as {"openid": "…", "user_name": "…"}`);
    }
    if (typeof (friend as { openid?: unknown }).openid === "number") {
      throw new RangeError(`friends[${index}].openid must be a string: numbers above 2^53 lose digits`);
    }
  }
}
