// The goals beside what was measured.

import { cells, MOST_GROWTH } from "../../bench/proxy/cells.mjs";
import { spread } from "../bench/statistics.mjs";

const MINUTE = 60;

/** Each measured cell with `share` and `above`, each `{ value, limit, reached }`; without a goal there is no verdict. */
export function reachedCells(results) {
  return results.cells.map((measured, index) => {
    const { leastShare, mostAboveMs } = cells[index];
    const share = measured.share.median;
    const above = measured.aboveMs.median;
    return {
      ...measured,
      // At a given rate both do what they are asked to.
      share: measured.perSecond
        ? { value: share }
        : { value: share, limit: leastShare, reached: share >= leastShare },
      above: { value: above, limit: mostAboveMs, reached: above <= mostAboveMs },
    };
  });
}

/**
 * Bytes held at the end of the first minute and at the end, each the median of the five samples around or before; and bytes in
 * use after a collection, when the first limits were over and at the end.
 */
export function reachedMemory({ memory }) {
  const near = (second) => {
    const five = memory.samples.filter((sample) => Math.abs(sample.second - second) <= 10);
    return spread(five.map(({ rssBytes }) => rssBytes)).median;
  };
  const [settled, end] = memory.heapBytes;
  return { held: grown(near(MINUTE), near(memory.seconds - 10)), used: grown(settled, end) };
}

const grown = (first, last) => ({ first, last, growth: last / first, reached: last <= MOST_GROWTH * first });
