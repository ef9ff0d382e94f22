import type { Incoming, Outgoing } from "./exchange.ts";
import type { Admitted } from "./guard.ts";
import type { Gauges } from "./metrics.ts";

/** How far a call has come, for the answer when its time is over. */
export interface Progress {
  phase: "asking" | "reading" | "waiting" | "upstream";
}

/** What lies behind the guards. */
export interface Door {
  /** The endpoint that a path belongs to, for metrics and logs; nothing where there is none. */
  labelOf(path: string): string | undefined;
  readonly gauges: Gauges;
  answer(incoming: Incoming, admitted: Admitted, progress: Progress, signal: AbortSignal): Promise<Outgoing>;
}
