// The other way round: against a proxy without its guard the same attack must be found to get through.
import assert, { AssertionError } from "node:assert/strict";
import type { Attack, DoorName, Guard } from "./attack.ts";
import type { Answer } from "./call.ts";
import { inWorld, judge, type Outcome, passControl, strike } from "./repel.ts";
import type { Library, Standing } from "./world.ts";

/** How the judgement found it. */
export interface Breach {
  readonly finding: string;
  /** Whether more reached the backend, or another server, than may. */
  readonly isReached: boolean;
}

/**
 * Rejects where the attack is repelled all the same, where another guard repels it that the table does not name, and where
 * the proxy is broken instead of open.
 */
export function breach(attack: Attack, door: DoorName, open: Library, guard: Guard): Promise<Breach> {
  return inWorld(attack, door, open, async (standing) => {
    const found = await tried(attack, standing, guard);
    await passControl(attack, standing);
    return found;
  });
}

async function tried(attack: Attack, standing: Standing, { otherwise }: Guard): Promise<Breach> {
  let outcome: Outcome | undefined;
  try {
    outcome = await strike(attack, standing);
    judge(attack, outcome, standing);
  } catch (error) {
    if (!(error instanceof AssertionError)) throw error;
    const refusal = outcome?.answers.map(refusalIn).find((one) => one !== undefined);
    assert.equal(refusal, otherwise, "the refusal that it gets instead");
    return { finding: error.message, isReached: isReached(attack, outcome) };
  }
  throw new Error("it is repelled all the same");
}

/** The class of the proxy's refusal, where an answer is one. */
function refusalIn({ status, text }: Answer): string | undefined {
  if (status < 400) return undefined;
  if (text === "") return `${status}`;
  return /^\{"error":"(\w+)"/.exec(text)?.[1];
}

const isReached = ({ reaches = 0 }: Attack, outcome: Outcome | undefined): boolean =>
  outcome !== undefined && (outcome.seen.length > reaches || outcome.elsewhere > 0);
