// More calls at once than a host takes: it counts them as it does, the package lets the others wait.

import { asking } from "./asking.mjs";

/** How long the engine may take for all of it. */
const LIMIT_MS = 30_000;

/** Beyond what the host takes. */
const TOO_MANY = 2;
/** Fewer than any host takes. */
const OWN_LIMIT = 3;

/** Many at once, and how many of those were open. */
const many = `
  const askTimes = (count, client, more) =>
    Promise.all(Array.from({ length: count }, () => ask(client, more)));
  const crowd = async (more) => {
    const outcomes = await askTimes(standIn.atOnce + ${TOO_MANY}, await clientWith(more));
    return { outcomes, peak: standIn.peak() };
  };`;

const crowds = asking(`${many} return {
  usual: await crowd({}),
  limited: await crowd({ maxParallelRequests: ${OWN_LIMIT} }),
  free: await crowd({ maxParallelRequests: standIn.atOnce + ${TOO_MANY} }),
}`);

/** All that are open are called off while one waits, which the host would refuse if it came at once. */
const calledOff = asking(`${many}
  const stalled = await clientWith({ headers: { "x-sandbox-fault": "stall-headers" } });
  const { signal, abort } = createAbort();
  const ended = askTimes(standIn.atOnce, stalled, { signal });
  const waiting = ask(await clientWith({}));
  while (standIn.open() < standIn.atOnce) await new Promise((resolve) => setTimeout(resolve, 10));
  abort();
  return { ended: await ended, waiting: await waiting };`);

/** `faults`, and how many of the host's tasks were `calledOff` on the way. */
export async function queueFaults(page) {
  const limit = await page.evaluate("standIn.atOnce", LIMIT_MS, "limit.js");
  if (limit === null) return { faults: [], calledOff: 0 };
  await page.evaluate("standIn.peak()", LIMIT_MS, "peak.js");
  const { usual, limited, free } = await page.evaluate(crowds, LIMIT_MS, "crowds.js");
  const faults = [...crowdFaults(usual, limit), ...crowdFaults(limited, OWN_LIMIT)];
  const refused = free.outcomes.filter((outcome) => outcome === "network");
  if (refused.length !== TOO_MANY) faults.push(`the host's limit was not felt: ${free.outcomes.join(", ")}`);
  // Of a host that cannot be filled, nothing more can be told.
  if (faults.length > 0) return { faults, calledOff: 0 };
  const { ended, waiting } = await page.evaluate(calledOff, LIMIT_MS, "called-off.js");
  if (ended.some((outcome) => outcome !== "aborted")) faults.push(`not called off: ${ended.join(", ")}`);
  if (waiting !== 500) faults.push(`the call that waited for those called off failed: ${waiting}`);
  return { faults, calledOff: limit };
}

function crowdFaults({ outcomes, peak }, limit) {
  const failed = outcomes.filter((outcome) => outcome !== 500);
  return [
    ...(failed.length > 0 ? [`of ${outcomes.length} calls at once these failed: ${failed.join(", ")}`] : []),
    ...(peak !== limit ? [`${peak} requests were open at once, not ${limit}`] : []),
  ];
}
