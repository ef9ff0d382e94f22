// From what was measured to what a million daily players need: the table in docs/scaling.md.

import { COMMAND } from "../../bench/proxy/cells.mjs";
import { reachedMemory } from "./reached.mjs";

/** Assumed, not measured. */
const PLAYERS = 1_000_000;
const CALLS_A_DAY = 20;
const PEAK = 4;
/** How much of what a process can do is planned with. */
const FILL = 0.5;
const SPARE = 1;
const BACKEND_MS = 200;
const WINDOW_SECONDS = 60;
/** An address and a player. */
const COUNTS_A_CALL = 2;

const whole = (value) => Math.round(value).toLocaleString("en");
const row = (cells) => `| ${cells.join(" | ")} |`;

export function arithmetic(results) {
  const { contenders } = results.cells.find((cell) => COMMAND in cell.contenders);
  const can = contenders[COMMAND].perSecond.median;
  const { bytesPerKey, cpuMicrosPerHit } = results.store;
  const megabytes = Math.round(reachedMemory(results).held.last / 1e6);

  const peak = (PLAYERS * CALLS_A_DAY * PEAK) / 86_400;
  const working = Math.max(1, Math.ceil(peak / (FILL * can)));
  const processes = working + SPARE;
  const counts = COUNTS_A_CALL * peak;
  const keys = counts * WINDOW_SECONDS;
  const open = (peak * BACKEND_MS) / 1000;
  return [
    row(["", "", "how"]),
    row(["---", "---:", "---"]),
    row(["daily players", whole(PLAYERS), "assumed"]),
    row(["calls of a player a day", whole(CALLS_A_DAY), "assumed"]),
    row(["the peak, against the day's mean", PEAK, "assumed"]),
    row(["**calls a second at the peak**", `**${whole(peak)}**`, "players × calls × peak / 86,400"]),
    row([
      "one process can do",
      whole(can),
      "measured: `msdk-proxy` with its log and a Redis, 64 connections, a backend that answers at once",
    ]),
    row([
      "of which is planned with",
      `${100 * FILL} %`,
      "assumed: uneven balancing, deployments, slower hours of the machine",
    ]),
    row([
      "**processes, a core each**",
      `**${processes}**`,
      `${working} for the peak, ${SPARE} that may be missing`,
    ]),
    row([
      "memory of all of them",
      `${whole(processes * megabytes)} MB`,
      `measured: ${megabytes} MB each at the end of five minutes`,
    ]),
    row(["**Redis operations a second**", `**${whole(counts)}**`, "two counts a call, each one round trip"]),
    row([
      "of one Redis core",
      `${((counts * cpuMicrosPerHit) / 1e4).toFixed(1)} %`,
      `measured: ${cpuMicrosPerHit} µs a count`,
    ]),
    row([
      "memory of Redis",
      `${whole((keys * bytesPerKey) / 1e6)} MB`,
      `at most ${whole(keys)} counts within a window, ${bytesPerKey} bytes each, measured`,
    ]),
    row(["connections to Redis", processes, "one a process"]),
    row([
      "**connections to the backend**",
      `**${whole(open)}**`,
      `calls a second × how long one takes; ${BACKEND_MS} ms assumed`,
    ]),
    row(["of each process", whole(open / working), "`maxUpstream` is 128 by default"]),
  ].join("\n");
}
