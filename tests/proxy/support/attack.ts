// What a case is, and what takes its guard out. Both are data: attacks/ holds a class or two a file.
import type { ProxyOptions, SignEndpointOptions } from "msdk-friends/proxy";
import type { Answer, Call } from "./call.ts";

/** `socket`: a server of Node's, byte for byte; `request`: the handler that takes a Request. */
export type DoorName = "socket" | "request";

/** What arrived at the backend. */
export interface Seen {
  readonly target: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** A proxy of its own for each case: what differs from the usual one. */
export interface World {
  readonly options?: Partial<ProxyOptions>;
  /** The endpoint that signs, instead of the proxy. */
  readonly sign?: Partial<SignEndpointOptions>;
  /** What a stand-in for the backend answers, in turn; `{elsewhere}` is another server's address. */
  readonly answers?: readonly string[];
}

export interface Expected {
  readonly status: number;
  /** The class of the refusal; absent where Node answers by itself, and where the backend did. */
  readonly error?: string;
  readonly body?: string;
}

export interface Attack {
  readonly name: string;
  readonly world?: World;
  /** Calls that pass first: each is answered with 200. */
  readonly before?: readonly Call[];
  readonly call: Call;
  readonly answer: Expected;
  /** Where the bytes of one call are read as two. */
  readonly next?: Expected;
  /** How many calls reach the backend: none, unless what is attacked lies behind it. */
  readonly reaches?: number;
  /** Beyond that: of what arrived and of what was answered. */
  readonly proof?: (seen: readonly Seen[], answer: Answer) => void;
  /** How long it is waited whether something arrives late. */
  readonly settleMs?: number;
  /** Shows that the same proxy lets a good call through; null where it rightly does not. */
  readonly control?: Call | null;
  readonly doors?: readonly DoorName[];
}

/** By its path from pkg/src/proxy: what stands there once, and what would without the guard. */
export type Edit = readonly [file: string, text: string, without: string];

/** A guard, and how to take it out. */
export interface Guard {
  readonly name: string;
  /** All layers together, where what stands behind the guard would refuse the attack too. */
  readonly edits: readonly Edit[];
  /** The cases that the guard alone repels. */
  readonly cases: readonly string[];
  /** The class of the refusal that they get without it, where they get one: too late, or for another reason. */
  readonly otherwise?: string;
  readonly doors?: readonly DoorName[];
}

export interface AttackClass {
  readonly name: string;
  readonly attacks: readonly Attack[];
  readonly guards: readonly Guard[];
}
