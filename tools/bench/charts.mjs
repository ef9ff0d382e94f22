// bench/charts/: the pictures that the README shows, drawn by Vega-Lite.

import { parse, textMetrics, View } from "vega";
import { compile } from "vega-lite";

import { coldChart } from "./charts/cold.mjs";
import { friendsChart } from "./charts/friends.mjs";
import { growthChart } from "./charts/growth.mjs";
import { signingChart } from "./charts/signing.mjs";
import { sizesChart } from "./charts/sizes.mjs";
import { style } from "./charts/style.mjs";

const specs = {
  friends: friendsChart,
  growth: growthChart,
  signing: signingChart,
  cold: coldChart,
  sizes: sizesChart,
};

// Without a canvas Vega takes every letter for a wide one, and leaves room for texts that nobody sees.
textMetrics.width = ({ fontSize = 11, fontWeight }, text) =>
  String(text).length * fontSize * (fontWeight === "bold" ? 0.62 : 0.57);

/** The charts as SVG, by name. What was not measured is left out of them. */
export async function charts(results) {
  const drawn = Object.entries(specs).map(async ([name, spec]) => [name, await draw(spec(results))]);
  return Object.fromEntries(await Promise.all(drawn));
}

async function draw(spec) {
  const { spec: vega } = compile({ ...spec, config: style });
  const svg = await new View(parse(vega), { renderer: "none" }).toSVG();
  return `${svg}\n`;
}
