// The timed tasks in one engine: a first round that finds how often to call and warms up, then the rounds that count.

import { OURS } from "../../bench/names.mjs";
import { GROWTH_SIZES, LIST_SIZES } from "../../bench/sizes.mjs";
import { compared, spread } from "./statistics.mjs";

const ROUND_MS = 120_000;

/** Gives `{ clockStepMs, tasks }`; times are microseconds. */
export async function runRounds(engine, { rounds, sampleMs, progress }) {
  const page = await engine.open("tasks");
  try {
    const { clockStepMs } = await page.evaluate("bench.prepare()", ROUND_MS);
    // A sample lasts at least a hundred steps of the clock.
    const lasts = Math.max(sampleMs, 100 * clockStepMs);
    const samples = [];
    for (let round = 0; round <= rounds; round++) {
      progress(round === 0 ? "warm-up" : `round ${round} of ${rounds}`);
      const sample = await page.evaluate(`bench.round(${round}, ${lasts})`, ROUND_MS);
      if (round > 0) samples.push(sample);
    }
    const ids = Object.keys(samples[0]).sort(byName);
    const tasks = Object.fromEntries(
      ids.map((id) => [id, compared(samples.map((sample) => micros(sample[id])))]),
    );
    tasks.growth = growth(samples);
    return { clockStepMs, tasks };
  } finally {
    await page.close();
  }
}

const byName = (a, b) => a.localeCompare(b, "en", { numeric: true });

const micros = (sample) => Object.fromEntries(Object.entries(sample).map(([name, ms]) => [name, ms * 1_000]));

/** The dearest friend of any size against one of the smallest list. */
function growth(samples) {
  const sizes = [...LIST_SIZES, ...GROWTH_SIZES];
  const [smallest] = LIST_SIZES;
  const ratios = samples.map((sample) => {
    const perFriend = (size) => sample[`friends ${size}`][OURS] / size;
    return Math.max(...sizes.map(perFriend)) / perFriend(smallest);
  });
  return { contenders: {}, ratios: { [`${smallest} friends`]: spread(ratios) } };
}
