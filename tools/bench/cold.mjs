// Cold starts in one engine: every sample on a page, or in a process, that has loaded nothing before.

import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";

import { OURS, STACK } from "../../bench/names.mjs";
import { Failure } from "../failure.mjs";
import { compared } from "./statistics.mjs";

const PAGE_MS = 60_000;
const stacks = { [OURS]: "ours", [STACK]: "peers" };

/** Gives three tasks; times are milliseconds. */
export async function runCold(engine, { rounds, progress }) {
  const samples = [];
  // The first round does not count: the browser itself is cold in it.
  for (let round = 0; round <= rounds; round++) {
    progress(`cold start ${round} of ${rounds}`);
    const names = Object.keys(stacks);
    const sample = {};
    for (const name of round % 2 ? names.reverse() : names) {
      sample[name] = await coldStart(engine, stacks[name], round);
      checkSignature(name, sample[name]);
    }
    const [first, second] = Object.values(sample);
    if (!isDeepStrictEqual(first.friends, second.friends)) {
      throw new Failure(`cold start in ${engine.name}: the two stacks have different friends`);
    }
    if (round > 0) samples.push(sample);
  }
  const task = (value) =>
    compared(
      samples.map((sample) =>
        Object.fromEntries(Object.entries(sample).map(([name, times]) => [name, value(times)])),
      ),
    );
  return {
    "cold, to the first signed request": task(({ signedMs }) => signedMs),
    "cold, to the first list": task(({ listMs }) => listMs),
    "cold, to the first list, loading included": task(({ loadMs, listMs }) => loadMs + listMs),
  };
}

async function coldStart(engine, script, seed) {
  const page = await engine.open("cold");
  try {
    const address = JSON.stringify(engine.scriptAddress(script));
    return await page.evaluate(`bench.cold(${address}, ${seed})`, PAGE_MS);
  } finally {
    await page.close();
  }
}

function checkSignature(name, { request, key }) {
  const { pathname, search } = new URL(request.url);
  const [, query, sig] = /^\?(.*)&sig=([0-9a-f]{32})$/.exec(search) ?? [];
  const right = createHash("md5").update(`${pathname}?${query}${request.body}${key}`).digest("hex");
  if (sig !== right) throw new Failure(`cold start: the request of ${name} is not signed as it should be`);
}
