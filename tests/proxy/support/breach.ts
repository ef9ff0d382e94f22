// The other way round: against a proxy without its guard the same attack must be found to get through.
import assert, { AssertionError } from "node:assert/strict";
import type { Attack, DoorName, Guard } from "./attack.ts";
import { inWorld, judge, type Outcome, passControl, strike } from "./repel.ts";
import type { Library, Standing } from "./world.ts";

/** How the judgement found it. */
export interface Breach {
  readonly finding: string;
  /** Whether more reached the backend, or another server, than may. */
  readonly isReached: boolean;
}

/** Rejects where the attack is repelled all the same, and where the proxy is broken instead of open. */
export function breach(
  attack: Attack,
  door: DoorName,
  open: Library,
  { isFailure = false }: Guard,
): Promise<Breach> {
  return inWorld(attack, door, open, async (standing) => {
    const found = await finding(attack, standing, isFailure);
    await passControl(attack, standing);
    return found;
  });
}

async function finding(attack: Attack, standing: Standing, isFailure: boolean): Promise<Breach> {
  let outcome: Outcome | undefined;
  try {
    outcome = await strike(attack, standing);
    judge(attack, outcome, standing);
  } catch (error) {
    if (!(error instanceof AssertionError)) throw error;
    const failed = outcome?.answers.find(({ status }) => status === 500 && status !== attack.answer.status);
    if (!isFailure) assert.equal(failed?.text, undefined, "the proxy fails");
    return { finding: error.message, isReached: isReached(attack, outcome) };
  }
  throw new Error("it is repelled all the same");
}

const isReached = ({ reaches = 0 }: Attack, outcome: Outcome | undefined): boolean =>
  outcome !== undefined && (outcome.seen.length > reaches || outcome.elsewhere > 0);
