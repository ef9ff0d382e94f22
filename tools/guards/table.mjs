// The tables of all classes: what they hold, and whether they are whole.

import { readFileSync } from "node:fs";

import { classes } from "../../tests/proxy/attacks/index.ts";
import { BOTH } from "../../tests/proxy/support/repel.ts";
import { Failure } from "../failure.mjs";
import { editedSources } from "./edits.mjs";

const LEAST_CASES = 3;

/** Every guard of every class, and which cases it repels at which doors. */
export const allGuards = classes.flatMap(({ name, attacks, guards }) =>
  guards.map((guard) => ({
    className: name,
    name: `${name}: ${guard.name}`,
    guard,
    strikes: attacks
      .filter((attack) => guard.cases.includes(attack.name))
      .flatMap((attack) => doorsOf(attack, guard).map((door) => ({ attack, door }))),
  })),
);

function doorsOf({ doors = BOTH }, guard) {
  return doors.filter((door) => (guard?.doors ?? BOTH).includes(door));
}

/** Those whose class or name holds one of the words; without words, all. As numbers: they go to other processes. */
export function guardsIn(words) {
  const numbers = [...allGuards.keys()];
  if (words.length === 0) return numbers;
  const chosen = numbers.filter((number) => words.some((word) => allGuards[number].name.includes(word)));
  if (chosen.length === 0) throw new Failure(`no guard's name holds ${words.join(" or ")}`);
  return chosen;
}

/** A sentence for each. */
export const problemsOf = () => [...classes.flatMap(problemsOfClass), ...allGuards.flatMap(problemsOfEdits)];

function problemsOfClass({ name, attacks, guards }) {
  const names = attacks.map((attack) => attack.name);
  const struck = new Set(
    allGuards
      .filter(({ className }) => className === name)
      .flatMap(({ strikes }) => strikes.map(({ attack, door }) => `${attack.name} (${door})`)),
  );
  const wanted = attacks.flatMap((attack) => doorsOf(attack).map((door) => `${attack.name} (${door})`));
  const claimed = guards.flatMap(({ cases }) => cases);
  return [
    ...(names.length < LEAST_CASES ? [`fewer than ${LEAST_CASES} cases`] : []),
    ...twice(names).map((one) => `two cases are named "${one}"`),
    ...twice(guards.map((guard) => guard.name)).map((one) => `two guards are named "${one}"`),
    ...claimed.filter((one) => !names.includes(one)).map((one) => `there is no case "${one}"`),
    ...wanted.filter((one) => !struck.has(one)).map((one) => `no guard repels "${one}"`),
  ].map((problem) => `${name}: ${problem}`);
}

const twice = (names) => names.filter((name, index) => names.indexOf(name) < index);

function problemsOfEdits({ name, guard }) {
  try {
    editedSources(guard.edits, (path) => readFileSync(path, "utf8"));
    return [];
  } catch (error) {
    if (error instanceof Failure) return [`${name}: ${error.message}`];
    throw error;
  }
}
