// What one friend costs in lists of 20 to 50,000.

import { OURS, PLAIN } from "../../../bench/names.mjs";
import { GROWTH_SIZES, LIST_SIZES } from "../../../bench/sizes.mjs";
import { contenderRows, measured } from "./rows.mjs";
import { contenderColor, engineOrder } from "./style.mjs";

const names = [OURS, PLAIN];

export function growthChart(results) {
  const values = [...LIST_SIZES, ...GROWTH_SIZES]
    .sort((a, b) => a - b)
    .flatMap((friends) => contenderRows(results, `friends ${friends}`, { friends }))
    .filter(({ contender }) => names.includes(contender))
    .map(({ median, q1, q3, ...row }) => ({
      ...row,
      median: median / row.friends,
      q1: q1 / row.friends,
      q3: q3 / row.friends,
    }));
  const x = {
    field: "friends",
    type: "quantitative",
    scale: { type: "log", domain: [20, 50_000], nice: false },
    axis: { values: [20, 200, 2_000, 20_000], format: ",d", grid: false },
    title: "friends in the list",
  };
  const y = {
    field: "median",
    type: "quantitative",
    title: "µs per friend",
    scale: { zero: true },
  };
  const color = contenderColor(names);
  return {
    title: {
      text: "Cost of one friend, by the length of the list",
      subtitle: "Bytes to ready objects; median and quartiles of the rounds; flat is good",
    },
    data: { values },
    facet: { field: "engine", type: "nominal", sort: engineOrder, header: { labelAnchor: "start" } },
    columns: Math.min(2, measured(results).length),
    spacing: { row: 24, column: 32 },
    spec: {
      width: 300,
      height: 150,
      layer: [
        {
          mark: { type: "area", opacity: 0.2 },
          encoding: { x, y: { ...y, field: "q1" }, y2: { field: "q3" }, color },
        },
        { mark: { type: "line", strokeWidth: 2 }, encoding: { x, y, color } },
        { mark: { type: "point", filled: true, size: 35, opacity: 1 }, encoding: { x, y, color } },
      ],
    },
  };
}
