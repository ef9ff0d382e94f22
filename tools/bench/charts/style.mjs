// A white card, so that a chart reads the same on a white and on a dark page. Colours are Okabe and Ito's, which people
// who see colours differently can tell apart.

import { CONTENDERS, ENGINES, OURS, PLAIN, STACK } from "../../../bench/names.mjs";

const ink = "#24292f";
const faint = "#d8dee4";
export const muted = "#57606a";

const font = "system-ui, -apple-system, 'Segoe UI', Helvetica, Arial, sans-serif";

export const style = {
  background: "#ffffff",
  // A picture in a README is one thing to a screen reader, and has its text there.
  aria: false,
  padding: 16,
  font,
  view: { stroke: null },
  axis: {
    labelColor: ink,
    titleColor: muted,
    titleFontWeight: "normal",
    labelFontSize: 12,
    titleFontSize: 12,
    gridColor: faint,
    domainColor: muted,
    tickColor: faint,
    titlePadding: 8,
    labelPadding: 5,
    labelFlush: false,
  },
  legend: {
    labelColor: ink,
    labelFontSize: 12,
    title: null,
    orient: "top",
    symbolStrokeWidth: 2,
    symbolSize: 90,
    symbolOpacity: 1,
    symbolType: "circle",
    labelLimit: 0,
    columnPadding: 24,
  },
  header: { labelColor: ink, labelFontSize: 13, labelFontWeight: "bold", title: null },
  title: {
    color: ink,
    fontSize: 15,
    subtitleColor: muted,
    subtitleFontSize: 12,
    anchor: "start",
    offset: 12,
    subtitlePadding: 4,
  },
};

const colors = {
  [OURS]: "#0072b2",
  [PLAIN]: "#8c959f",
  zod: "#e69f00",
  "js-md5": "#e69f00",
  "spark-md5": "#cc79a7",
  "hash-wasm": "#8c959f",
  [STACK]: "#e69f00",
};

/** The colour of each contender, for those that a chart has. */
export function contenderColor(names, extra = {}) {
  const domain = CONTENDERS.filter((name) => names.includes(name));
  return {
    field: "contender",
    type: "nominal",
    scale: { domain, range: domain.map((name) => colors[name]) },
    ...extra,
  };
}

const engineColors = ["#009e73", "#0072b2", "#d55e00", "#cc79a7"];

export const engineColor = {
  field: "engine",
  type: "nominal",
  scale: { domain: Object.values(ENGINES), range: engineColors },
};

export const engineOrder = Object.values(ENGINES);
