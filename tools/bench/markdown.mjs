// The table of goals as the README holds it, and nothing that bench/results.json does not say.

import { nameWithVersion, OURS, PLAIN } from "../../bench/names.mjs";
import { reachedGoals, reachedSizes } from "./reached.mjs";

const mark = ({ reached }) => ({ true: " ✓", false: " ✗" })[reached] ?? "";
const row = (cells) => `| ${cells.join(" | ")} |`;

function size(bytes) {
  if (bytes === 0) return "0";
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} KB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

/** Two digits behind the point; the mark looks at all of them, so that what is missed by less is missed. */
const ratio = (cell) => (cell.value === undefined ? "–" : `${cell.value.toFixed(2)}${mark(cell)}`);

export function goalsAsMarkdown(results) {
  const engines = Object.values(results.engines);
  const heads = engines.map(nameWithVersion);
  const lines = [
    row(["ours / theirs, time or memory", "at most", ...heads]),
    row(["---", ...heads.map(() => "---:"), "---:"]),
  ];
  for (const { title, rows } of reachedGoals(results)) {
    lines.push(row([`**${title}**`, "", ...heads.map(() => "")]));
    for (const { what, limit, cells } of rows) lines.push(row([what, limit ?? "–", ...cells.map(ratio)]));
  }
  lines.push("", row(["size, brotli 11", "at most", "measured"]), row(["---", "---:", "---:"]));
  for (const { what, atMost, ...verdict } of reachedSizes(results)) {
    const limit = atMost === undefined ? "–" : size(atMost);
    lines.push(row([what, limit, size(verdict.value) + mark(verdict)]));
  }
  return [...lines, "", ...notes(results)].join("\n");
}

function notes({ engines, machine, rounds, sizes }) {
  const { node } = engines;
  const sentences = [
    `Medians of ${rounds.timed} interleaved rounds, ${rounds.cold} cold starts and ${rounds.memory} processes for ` +
      `memory, on ${machine.cpu}, ${machine.cores} cores, from \`npm run bench\`; ` +
      "times and spread stand in [bench/results.json](bench/results.json).",
  ];
  const kept = node?.tasks?.["memory, one kept friend"]?.contenders;
  if (kept) {
    const [ours, plain] = [OURS, PLAIN].map((name) => kept[name].median);
    sentences.push(
      `One friend who is kept of 1,000 retains ${size(ours)} (plain JavaScript: ${size(plain)}): ` +
        "its texts are slices of the list's text.",
    );
  }
  const inline = sizes["./inline, everything and the wasm"] / (sizes.wasm + sizes["./slim, everything"]);
  sentences.push(`\`/inline\` weighs ${inline.toFixed(2)} of \`/slim\` with the wasm beside it.`);
  for (const { skipped } of Object.values(engines)) if (skipped) sentences.push(skipped);
  return [sentences.join(" ")];
}
