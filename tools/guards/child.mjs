// One of the processes that try guards: it is told their numbers, one at a time, and tells what came of each.

import { breach } from "../../tests/proxy/support/breach.ts";
import { repel } from "../../tests/proxy/support/repel.ts";
import { inLanes } from "./lanes.mjs";
import { libraryWith } from "./library.mjs";
import { allGuards } from "./table.mjs";

/** Cases at once: they wait more than they work. */
const LANES = 8;

const whole = libraryWith([], `whole-${process.pid}`);

async function tryGuard(number) {
  const { guard, strikes } = allGuards[number];
  const open = await libraryWith(guard.edits, `without-${number}`);
  return inLanes(LANES, strikes, async ({ attack, door }) => ({
    case: attack.name,
    door,
    ...(await tryCase(attack, door, open, guard)),
  }));
}

/** The failure comes from the edit: the same way is taken without it first. */
async function tryCase(attack, door, open, guard) {
  try {
    await repel(attack, door, await whole);
  } catch (error) {
    return { problem: `it fails with its guard in place: ${error.message}` };
  }
  try {
    return await breach(attack, door, open, guard);
  } catch (error) {
    return { problem: `without its guard: ${error.message}` };
  }
}

// Its parent is gone.
process.on("disconnect", () => process.exit());
process.on("message", (number) => {
  tryGuard(number).then(
    (cases) => process.send({ cases }),
    (error) => process.send({ cases: [], problem: error.message }),
  );
});
