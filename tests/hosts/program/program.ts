// The program that runs in every host: it touches no global that some host lacks, and gets the package and everything of
// the outside from its caller.

import { Failures } from "./failures.ts";
import { steps } from "./live.ts";
import type { Package, Report, Surroundings } from "./surroundings.ts";
import { checkVectors } from "./vectors.ts";

export async function runProgram(msdk: Package, surroundings: Surroundings): Promise<Report> {
  const failures = new Failures();
  const facts: Record<string, unknown> = {};
  for (const name of Object.keys(steps)) {
    const step = steps[name] as (typeof steps)[string];
    facts[name] = await failures.catching(name, () => step(msdk, surroundings));
  }
  const vectors = await checkVectors(msdk, surroundings, failures);
  return { facts, vectors, failures: failures.list };
}
