// What a host brings to the program, and what the program says in the end.

/** Every entry has the same API; those for mini-games add what stands in for AbortController. */
export type Package = typeof import("msdk-friends") & { createAbort?: CreateAbort };

export type CreateAbort = () => { signal: AbortSignal; abort(reason?: unknown): void };

export interface SentRequest {
  url: string;
  method: string;
  headers: Record<string, string>;
  body: string;
}

export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** A running sandbox. */
export interface SandboxAddress {
  baseUrl: string;
  key: string;
  gameId: string;
}

export interface Surroundings extends SandboxAddress {
  /** What `createClient` needs in this host besides the usual options. */
  options: object;
  /** Such options of a client whose requests are answered from memory, in this host's own request shape. */
  answering(answer: (sent: SentRequest) => Answer): object;
  /** For hosts in which the package brings none. */
  createAbort?: CreateAbort;
}

export interface Report {
  /** What the small program saw; the same in every host. */
  facts: Record<string, unknown>;
  /** How many cases of each file were checked. */
  vectors: Record<string, number>;
  failures: string[];
}
