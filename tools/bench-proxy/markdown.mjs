// The tables as BENCHMARKS.md holds them, and nothing that bench/proxy-results.json does not say.

import { BARE, COMMAND, MOST_GROWTH, PROXY } from "../../bench/proxy/cells.mjs";
import { reachedCells, reachedMemory } from "./reached.mjs";

const row = (cells) => `| ${cells.join(" | ")} |`;
const whole = (value) => Math.round(value).toLocaleString("en");
const ms = (value) => (Math.abs(value) < 10 ? value.toFixed(1) : whole(value));
const megabytes = (bytes) => whole(bytes / 1e6);
const mark = ({ reached }) => ({ true: " ✓", false: " ✗" })[reached] ?? "";
const at = (figures, name) => figures[name].median;

export function proxyAsMarkdown(results) {
  const heads = ["backend", "connections", "bare, calls/s", "proxy, calls/s", "share", "at least"];
  const more = ["p50 ms", "p99 ms", "p99 above bare", "at most", "MB held"];
  const lines = [
    row([...heads, ...more]),
    row([...heads, ...more].map((_, index) => (index < 2 ? "---" : "---:"))),
  ];
  for (const cell of reachedCells(results)) lines.push(row(cellsOf(cell)));
  return [...lines, "", ...notes(results)].join("\n");
}

function cellsOf({ backendMs, connections, perSecond, contenders, share, above }) {
  const [bare, proxy] = [contenders[BARE], contenders[PROXY]];
  const both = (figure, format) => `${format(at(bare, figure))} / ${format(at(proxy, figure))}`;
  return [
    backendMs === 0 ? "at once" : `${backendMs} ms`,
    whole(connections) + (perSecond ? `, ${whole(perSecond)} calls/s` : ""),
    whole(at(bare, "perSecond")),
    whole(at(proxy, "perSecond")),
    share.value.toFixed(2) + mark(share),
    share.limit ?? "–",
    both("p50Ms", ms),
    both("p99Ms", ms),
    ms(above.value) + mark(above),
    above.limit,
    both("rssBytes", megabytes),
  ];
}

const change = ({ first, last, growth, ...verdict }) =>
  `${megabytes(first)} MB, then ${megabytes(last)}, ${growth.toFixed(2)} of it${mark(verdict)}`;

function notes({ cells, machine, memory, rounds, seconds, store }) {
  const { contenders, connections } = cells.find((cell) => COMMAND in cell.contenders);
  const command = contenders[COMMAND];
  const { held, used } = reachedMemory({ memory });
  return [
    `Where two numbers stand, bare / proxy. \`msdk-proxy\` with its log and a Redis, backend at once, ${connections} connections: ` +
      `${whole(at(command, "perSecond"))} calls/s, p50 ${ms(at(command, "p50Ms"))} ms, p99 ${ms(at(command, "p99Ms"))} ms, ` +
      `${megabytes(at(command, "rssBytes"))} MB. Redis takes ${store.cpuMicrosPerHit} µs of processor and ` +
      `${store.bytesPerKey} bytes for a count; a call is two.`,
    "",
    `Memory of the proxy over ${Number((memory.seconds / 60).toFixed(1))} minutes at ${whole(memory.perSecond)} calls/s of ${whole(memory.players)} players: ` +
      `held at the end of the first minute and at the end: ${change(held)}; in use after a collection, when the first ` +
      `windows were over and at the end: ${change(used)} (at most ${MOST_GROWTH} each).`,
    "",
    `Medians of ${rounds} rounds of ${seconds} s, from \`npm run bench:proxy\`, on ${machine.cpu}, ${machine.cores} cores, Node ` +
      `${machine.node}; one-minute load before the run ${machine.loadBefore}. Proxy, backend, caller, and Redis where there ` +
      "is one, are processes that share these cores, so that absolute numbers are lower than on a machine of their own.",
  ];
}
