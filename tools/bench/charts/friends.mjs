// Friend list: our time as a share of the others', by size and engine.

import { goals } from "../../../bench/goals.mjs";
import { PLAIN } from "../../../bench/names.mjs";
import { LIST_SIZES } from "../../../bench/sizes.mjs";
import { ratioRows } from "./rows.mjs";
import { engineColor, muted } from "./style.mjs";

const sizeText = (size) => size.toLocaleString("en");
const x = {
  field: "friends",
  type: "ordinal",
  sort: LIST_SIZES.map(sizeText),
  title: "friends in the list",
  axis: { labelAngle: 0, grid: false },
};

export function friendsChart(results) {
  const ratiosTo = (against) =>
    LIST_SIZES.flatMap((size) => ratioRows(results, `friends ${size}`, against, { friends: sizeText(size) }));
  const sides = [PLAIN, "zod"].map((against) => ({ against, values: ratiosTo(against) }));
  const highest = Math.max(1.05, ...sides.flatMap(({ values }) => values.map(({ q3 }) => q3)));
  return {
    title: {
      text: "Friend list, bytes to ready objects",
      subtitle: "Our time as a share of theirs, median and quartiles of the rounds; lower is better",
    },
    hconcat: sides.map(({ against, values }) => side(against, values, highest)),
    spacing: 40,
  };
}

function side(against, values, highest) {
  const y = {
    field: "median",
    type: "quantitative",
    title: `share of the time of ${against}`,
    scale: { domain: [0, highest] },
  };
  return {
    width: 300,
    height: 260,
    data: { values },
    layer: [
      ...horizontal(1, "as fast", []),
      ...limitsAgainst(against).flatMap((limit) => horizontal(limit, `goal ${limit}`, [4, 3])),
      { mark: { type: "line", strokeWidth: 2 }, encoding: { x, y, color: engineColor } },
      {
        mark: { type: "rule", strokeWidth: 1.5 },
        encoding: { x, y: { ...y, field: "q1" }, y2: { field: "q3" }, color: engineColor },
      },
      { mark: { type: "point", filled: true, size: 55, opacity: 1 }, encoding: { x, y, color: engineColor } },
    ],
  };
}

/** The goals of this comparison, each limit once. */
function limitsAgainst(against) {
  const rows = goals.flatMap(({ rows }) => rows).filter(({ task }) => /^friends /.test(task));
  const limits = rows.filter((row) => row.against === against).flatMap(({ atMost }) => Object.values(atMost));
  return [...new Set(limits)].sort();
}

/** A line across, named at its right end. */
function horizontal(value, text, strokeDash) {
  const data = { values: [{ value }] };
  const y = { field: "value", type: "quantitative" };
  return [
    { data, mark: { type: "rule", color: muted, strokeDash, strokeWidth: 1 }, encoding: { y } },
    {
      data,
      mark: { type: "text", text, align: "right", baseline: "bottom", dy: -3, fontSize: 11, color: muted },
      encoding: { y, x: { value: "width" } },
    },
  ];
}
