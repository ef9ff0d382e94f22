// The faults by name. Which stage a fault belongs to decides whether the request must be right first.

/** Answered without looking at the request. */
export const BLIND_FAULTS = [
  "http-500",
  "http-429-retry-after",
  "reset",
  "stall-headers",
  "not-json",
  "html-error-page",
] as const;

/** A good answer whose content is altered. */
export const CONTENT_FAULTS = ["wrong-case-keys", "is-lost", "no-lists", "invalid-utf8"] as const;

/** A good answer that is delivered badly. */
export const DELIVERY_FAULTS = ["stall-body", "slow-drip", "truncated", "huge"] as const;

export type BlindFault = (typeof BLIND_FAULTS)[number];
export type ContentFault = (typeof CONTENT_FAULTS)[number];
export type DeliveryFault = (typeof DELIVERY_FAULTS)[number];
export type FaultName = BlindFault | ContentFault | DeliveryFault;

/** What one request meets. */
export type FaultStep = FaultName | "none";

/** The names that `fault`, `--fault` and the header `x-sandbox-fault` take, beside "none". */
export const FAULTS: readonly FaultName[] = [...BLIND_FAULTS, ...DELIVERY_FAULTS, ...CONTENT_FAULTS];

export const FAULT_HEADER = "x-sandbox-fault";

/** Reads one name; throws a RangeError that lists them. */
export function faultStep(name: string): FaultStep {
  const step = [...FAULTS, "none" as const].find((known) => known === name);
  if (step === undefined) {
    throw new RangeError(
      `unknown fault ${JSON.stringify(name.slice(0, 60))}; the faults are ${FAULTS.join(", ")}, none`,
    );
  }
  return step;
}

/** Reads a comma-separated sequence, or an array of names. */
export function faultSteps(sequence: string | readonly string[]): FaultStep[] {
  const names = typeof sequence === "string" ? sequence.split(",") : sequence;
  return names.map((name) => faultStep(name.trim()));
}

/**
 * Hands out one step per request, in order; the last one stays. So "http-500" meets every request, and
 * "http-500,http-500,none" fails twice and then works.
 */
export class FaultSequence {
  readonly #steps: readonly FaultStep[];
  #used = 0;

  constructor(steps: readonly FaultStep[]) {
    this.#steps = steps;
  }

  next(): FaultStep {
    const step = this.#steps[Math.min(this.#used, this.#steps.length - 1)];
    this.#used += 1;
    return step ?? "none";
  }
}

export function isBlind(step: FaultStep): step is BlindFault {
  return (BLIND_FAULTS as readonly string[]).includes(step);
}

export function isContent(step: FaultStep): step is ContentFault {
  return (CONTENT_FAULTS as readonly string[]).includes(step);
}

export function isDelivery(step: FaultStep): step is DeliveryFault {
  return (DELIVERY_FAULTS as readonly string[]).includes(step);
}
