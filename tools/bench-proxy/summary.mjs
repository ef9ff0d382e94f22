// Medians over the rounds, and the proxy against the bare one within each round.

import { BARE, cells, memoryRun, PROXY } from "../../bench/proxy/cells.mjs";
import { spread } from "../bench/statistics.mjs";

const FIGURES = ["perSecond", "p50Ms", "p99Ms", "rssBytes"];

export function summary({ machine, options, rounds, memory, store }) {
  return {
    machine,
    rounds: options.rounds,
    seconds: options.seconds,
    cells: cells.map((cell, index) =>
      summaryOfCell(
        cell,
        rounds.map((round) => round[index]),
      ),
    ),
    memory: { ...memoryRun, ...memory, seconds: options.memorySeconds },
    store,
  };
}

function summaryOfCell({ backendMs, connections, perSecond, contenders }, results) {
  const figuresOf = (name) =>
    Object.fromEntries(
      FIGURES.map((figure) => [figure, spread(results.map((result) => result[name][figure]))]),
    );
  return {
    backendMs,
    connections,
    ...(perSecond && { perSecond }),
    contenders: Object.fromEntries(contenders.map((name) => [name, figuresOf(name)])),
    share: spread(results.map((result) => result[PROXY].perSecond / result[BARE].perSecond)),
    aboveMs: spread(results.map((result) => result[PROXY].p99Ms - result[BARE].p99Ms)),
  };
}
