import { CONTENDERS, OURS } from "../../bench/names.mjs";

/** The value below which a share of the sorted values lies, between two of them by proportion. */
function quantile(sorted, share) {
  const at = (sorted.length - 1) * share;
  const [low, high] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
  return low + (high - low) * (at - Math.floor(at));
}

/** Median and quartiles, to four digits: more are noise. */
export function spread(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const rounded = (share) => Number(quantile(sorted, share).toPrecision(4));
  return { median: rounded(0.5), q1: rounded(0.25), q3: rounded(0.75) };
}

/**
 * `rounds`, each `{ [contender]: value }`, as the spread of every contender and of ours against each other one. The
 * ratios are taken within a round, where both saw the same data and the same machine.
 */
export function compared(rounds) {
  const names = CONTENDERS.filter((name) => name in rounds[0]);
  const of = (value) => spread(rounds.map(value));
  return {
    contenders: Object.fromEntries(names.map((name) => [name, of((round) => round[name])])),
    ratios: Object.fromEntries(
      names.filter((name) => name !== OURS).map((name) => [name, of((round) => round[OURS] / round[name])]),
    ),
  };
}
