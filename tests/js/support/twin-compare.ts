// The package against the reference twin on seeded random input. A failure prints seed and case;
// TWIN_SEED=… runs that seed alone.
import assert from "node:assert/strict";
import { test } from "node:test";
import { isMsdkError } from "msdk-friends";
import * as twin from "../../twin/index.ts";
import { Chance } from "./chance.ts";

const SEEDS = process.env.TWIN_SEED ? [Number(process.env.TWIN_SEED)] : [1, 20251123, 0xc0ffee];

/** What a function gave or threw, in a form that can be compared. */
type Outcome = { value: unknown } | { kind: string; fields: object };

const NAMES = ["field", "ret", "msg", "platformCode", "seq"] as const;

export function outcomeOf(run: () => unknown): Outcome {
  try {
    return { value: run() };
  } catch (error) {
    if (error instanceof twin.TwinError) return { kind: error.kind, fields: error.fields };
    if (!isMsdkError(error)) throw error;
    const fields = NAMES.filter((name) => error[name] !== undefined).map((name) => [name, error[name]]);
    return { kind: error.kind, fields: Object.fromEntries(fields) };
  }
}

const succeeded = (outcome: Outcome) => "value" in outcome;

interface Comparison<Case> {
  /** For each seed. */
  count: number;
  make: (chance: Chance) => Case;
  /** One on purpose good, one on purpose bad: both have to occur. */
  both?: boolean;
  compare: (one: Case) => Outcome | Promise<Outcome>;
}

/** Runs `compare`, which asserts, on many cases. */
export function compared<Case>(name: string, { count, make, both = true, compare }: Comparison<Case>): void {
  for (const seed of SEEDS) {
    test(`${name}, seed ${seed}`, async () => {
      const chance = new Chance(seed);
      let good = 0;
      for (let index = 0; index < count; index++) {
        const one = make(chance);
        try {
          if (succeeded(await compare(one))) good++;
        } catch (error) {
          (error as Error).message += `\nseed ${seed}, case ${index}: ${shown(one)}`;
          throw error;
        }
      }
      // A generator whose cases all end alike proves little.
      assert.ok(good > count / 20, `only ${good} of ${count} cases succeed`);
      if (both) assert.ok(good < count - count / 400, `${good} of ${count} cases succeed`);
    });
  }
}

function shown(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    inner instanceof Uint8Array ? `base64 ${Buffer.from(inner).toString("base64")}` : inner,
  );
}

export function same(ofPackage: Outcome, ofTwin: Outcome): Outcome {
  assert.deepStrictEqual(ofPackage, ofTwin);
  return ofPackage;
}
