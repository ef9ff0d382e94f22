// Signing one request, the canonical query included.

import { contenderRows } from "./rows.mjs";
import { contenderColor, engineOrder, muted } from "./style.mjs";

const bodies = { "sign 300": "300-byte body", "sign 2048": "2 KB body" };

export function signingChart(results) {
  const values = Object.entries(bodies).flatMap(([task, body]) => contenderRows(results, task, { body }));
  const names = [...new Set(values.map(({ contender }) => contender))];
  const y = {
    field: "contender",
    type: "nominal",
    sort: names,
    title: null,
    axis: { grid: false, ticks: false, domain: false },
  };
  const x = {
    field: "median",
    type: "quantitative",
    title: "µs",
    axis: { tickCount: 3 },
    scale: { nice: true },
  };
  return {
    title: {
      text: "Signing one request, canonical query included",
      subtitle:
        "Microseconds, median and quartiles of the rounds; lower is better; each panel has its own scale",
    },
    data: { values },
    facet: {
      row: { field: "body", type: "nominal", sort: Object.values(bodies) },
      column: { field: "engine", type: "nominal", sort: engineOrder, header: { labelAnchor: "start" } },
    },
    resolve: { scale: { x: "independent" } },
    spacing: { row: 20, column: 24 },
    spec: {
      width: 150,
      height: 104,
      layer: [
        {
          mark: { type: "bar", height: { band: 0.7 } },
          encoding: { y, x, color: contenderColor(names, { legend: null }) },
        },
        {
          mark: { type: "rule", color: muted, strokeWidth: 1.5 },
          encoding: { y, x: { ...x, field: "q1" }, x2: { field: "q3" } },
        },
      ],
    },
  };
}
