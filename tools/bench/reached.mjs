// The goals beside what was measured: one row a goal, for the screen and for the README.

import { goals, sizeGoals } from "../../bench/goals.mjs";
import { ENGINES } from "../../bench/names.mjs";

/** `value` is undefined where nothing was measured. */
function verdict(value, atMost) {
  return { value, reached: value === undefined || atMost === undefined ? undefined : value <= atMost };
}

/** Groups of `{ what, limit, cells }`, a cell for each engine. */
export function reachedGoals({ engines }) {
  return goals.map(({ title, rows }) => ({
    title,
    rows: rows.map(({ what, task, against, atMost }) => ({
      what,
      limit: limitText(atMost),
      cells: Object.entries(engines).map(([id, engine]) =>
        verdict(engine.tasks?.[task]?.ratios[against]?.median, atMost[id]),
      ),
    })),
  }));
}

export function reachedSizes({ sizes }) {
  return sizeGoals.map(({ what, size, atMost }) => {
    const limit = typeof atMost === "function" ? atMost(sizes) : atMost;
    return { what, atMost: limit, ...verdict(sizes[size], limit) };
  });
}

/** The limit of most engines, and where another holds; undefined where there is none. */
function limitText(atMost) {
  const [usual] = Object.values(atMost);
  const others = Object.entries(atMost).filter(([, limit]) => limit !== usual);
  if (others.length === 0) return usual?.toString();
  return `${usual}; ${others.map(([id]) => ENGINES[id]).join(", ")} ${others[0][1]}`;
}
