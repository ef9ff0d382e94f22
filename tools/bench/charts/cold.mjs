// Cold starts of both stacks.

import { OURS, STACK } from "../../../bench/names.mjs";
import { contenderRows } from "./rows.mjs";
import { contenderColor, engineOrder, muted } from "./style.mjs";

const stages = {
  "cold, to the first signed request": "to the first signed request",
  "cold, to the first list": "to the first 200 friends",
  "cold, to the first list, loading included": "the same, with loading",
};

export function coldChart(results) {
  const values = Object.entries(stages).flatMap(([task, stage]) => contenderRows(results, task, { stage }));
  const names = [OURS, STACK];
  const y = {
    field: "engine",
    type: "nominal",
    sort: engineOrder,
    title: null,
    axis: { grid: false, ticks: false, domain: false },
  };
  const yOffset = { field: "contender", type: "nominal", sort: names };
  const x = { field: "median", type: "quantitative", title: "ms", axis: { tickCount: 5 } };
  return {
    title: {
      text: "Cold start: a fresh page, a fresh process",
      subtitle:
        "Milliseconds from the first statement of the bundle, median and quartiles of the rounds; lower is better",
    },
    data: { values },
    facet: {
      column: {
        field: "stage",
        type: "nominal",
        sort: Object.values(stages),
        header: { labelAnchor: "start" },
      },
    },
    spacing: 28,
    spec: {
      width: 190,
      height: { step: 17 },
      layer: [
        {
          mark: { type: "bar", height: { band: 0.9 } },
          encoding: { y, yOffset, x, color: contenderColor(names) },
        },
        {
          mark: { type: "rule", color: muted, strokeWidth: 1.5 },
          encoding: { y, yOffset, x: { ...x, field: "q1" }, x2: { field: "q3" } },
        },
      ],
    },
  };
}
