// What a page downloads with each stack.

import { sizeGoals } from "../../../bench/goals.mjs";
import { muted } from "./style.mjs";

const parts = { wasm: "#56b4e9", script: "#0072b2" };

export function sizesChart({ stacks }) {
  const values = Object.entries(stacks).flatMap(([contender, bytes]) =>
    Object.keys(parts)
      .filter((part) => part in bytes)
      .map((part) => ({ contender, part, kilobytes: bytes[part] / 1_000 })),
  );
  const y = {
    field: "contender",
    type: "nominal",
    sort: Object.keys(stacks),
    title: null,
    axis: { grid: false, ticks: false, domain: false },
  };
  const x = { field: "kilobytes", type: "quantitative", title: "KB", stack: "zero", axis: { tickCount: 6 } };
  const goal = sizeGoals.find(({ size }) => size === "a page downloads").atMost / 1_000;
  return {
    title: {
      text: "What a page downloads to sign a request and read a friend list",
      subtitle: "Minified by esbuild, brotli 11; lower is better",
    },
    data: { values },
    width: 520,
    height: { step: 36 },
    layer: [
      {
        mark: { type: "bar", height: { band: 0.65 } },
        encoding: {
          y,
          x,
          color: {
            field: "part",
            type: "nominal",
            scale: { domain: Object.keys(parts).reverse(), range: Object.values(parts).reverse() },
          },
          order: { field: "part", sort: "ascending" },
        },
      },
      {
        mark: { type: "text", align: "left", dx: 6, fontSize: 12 },
        transform: [{ aggregate: [{ op: "sum", field: "kilobytes", as: "total" }], groupby: ["contender"] }],
        encoding: { y, x: { field: "total", type: "quantitative" }, text: { field: "total", format: ".1f" } },
      },
      {
        data: { values: [{ goal }] },
        mark: { type: "rule", color: muted, strokeDash: [4, 3] },
        encoding: { x: { field: "goal", type: "quantitative" } },
      },
      {
        data: { values: [{ goal }] },
        mark: { type: "text", text: `goal ${goal}`, fontSize: 11, color: muted },
        encoding: { x: { field: "goal", type: "quantitative" }, y: { value: -7 } },
      },
    ],
  };
}
