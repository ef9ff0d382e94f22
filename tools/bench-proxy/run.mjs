// One run: rounds in which the contenders take turns at every cell, then one proxy alone for as long as memory needs.

import { loadavg } from "node:os";
import { setTimeout as pause } from "node:timers/promises";

import { cells, memoryRun, PROXY } from "../../bench/proxy/cells.mjs";
import { machineFacts } from "../bench/machine.mjs";
import { finish, start } from "../processes.mjs";
import { redisCommand } from "../redis.mjs";
import { startBackend, startContender, startLoad } from "./processes.mjs";
import { measureStore } from "./store.mjs";
import { summary } from "./summary.mjs";

/** What a load may take beyond the time that it was given: opening connections, the last answers. */
const SLACK_MS = 30_000;
const RSS_MS = 5000;
const SAMPLE_SECONDS = 5;
/** From then on as many windows end as begin. */
const SETTLED_SECONDS = 70;

/** Gives what bench/proxy-results.json holds. */
export async function runProxyBench(options) {
  // Whoever else uses the machine is part of what is measured.
  const machine = {
    ...machineFacts(),
    node: process.versions.node,
    loadBefore: Number(loadavg()[0].toFixed(2)),
  };
  const redis = await startRedis();
  const [backend, load] = [await startBackend(), await startLoad()];
  const stand = { backend, load, redisUrl: redis.url };
  try {
    const rounds = [];
    for (let round = 1; round <= options.rounds; round++) {
      console.log(`round ${round} of ${options.rounds}`);
      rounds.push(await runRound(stand, options, round));
    }
    console.log(`memory, ${options.memorySeconds} s`);
    const memory = await runMemory(stand, options);
    return summary({ machine, options, rounds, memory, store: await measureStore(redis.url) });
  } finally {
    await Promise.all([backend.end(), load.end(), redis.end()]);
  }
}

async function startRedis() {
  const { command, args, url, ready } = await redisCommand();
  const server = start(command, args, { stdio: ["ignore", "pipe", "inherit"] });
  await new Promise((resolve) => {
    const ended = finish(server, { onOutput: (text) => text.includes(ready) && resolve() });
    ended.then(resolve);
  });
  return {
    url,
    end: () =>
      new Promise((resolve) => {
        server.once("close", resolve);
        server.kill("SIGKILL");
      }),
  };
}

/** New processes each round, so that each begins with the memory of a new one. */
async function runRound(stand, options, round) {
  const names = [...new Set(cells.flatMap(({ contenders }) => contenders))];
  const running = {};
  try {
    for (const name of names) {
      running[name] = await startContender(name, stand.backend.url, stand.redisUrl);
      await measured(stand, running[name], { connections: 64, backendMs: 0 }, options.warmUpSeconds);
    }
    const results = [];
    for (const cell of cells) {
      // Who is first changes, in case it matters.
      const order = round % 2 === 0 ? [...cell.contenders].reverse() : cell.contenders;
      const result = {};
      for (const name of order) result[name] = await measured(stand, running[name], cell, options.seconds);
      results.push(result);
    }
    return results;
  } finally {
    await Promise.all(Object.values(running).map((contender) => contender.end()));
  }
}

async function measured({ backend, load }, contender, cell, seconds) {
  backend.tell({ delayMs: cell.backendMs });
  const { connections, perSecond, players } = cell;
  const order = { port: new URL(contender.url).port, connections, perSecond, players, seconds };
  const figures = await load.ask(order, 1000 * seconds + SLACK_MS);
  const { rssBytes } = await contender.ask({}, RSS_MS);
  return { ...figures, rssBytes };
}

/** What one proxy holds, every five seconds, and what it needs of it, once the limits of the first calls are over and at the end. */
async function runMemory(stand, { memorySeconds }) {
  const contender = await startContender(PROXY, stand.backend.url);
  const samples = [];
  const heapBytes = [];
  const began = performance.now();
  const sample = async (second, collect) => {
    await pause(began + 1000 * second - performance.now());
    const told = await contender.ask({ collect }, RSS_MS);
    samples.push({ second, rssBytes: told.rssBytes });
    if (collect) heapBytes.push(told.heapBytes);
  };
  try {
    const loaded = measured(stand, contender, memoryRun, memorySeconds);
    const settled = Math.min(SETTLED_SECONDS, memorySeconds / 2);
    for (let second = SAMPLE_SECONDS; second <= memorySeconds; second += SAMPLE_SECONDS) {
      await sample(second, second === settled || second === memorySeconds);
    }
    return { perSecond: (await loaded).perSecond, samples, heapBytes };
  } finally {
    await contender.end();
  }
}
