// How many tests ran, read from what the runners print.

export const none = { passed: 0, failed: 0, skipped: 0 };

export const add = (a, b) => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  skipped: a.skipped + b.skipped,
});

/** cargo prints one such line for every test binary and for the doc tests. */
export function cargoCounts(output) {
  return [...output.matchAll(/^test result: \w+\. (\d+) passed; (\d+) failed; (\d+) ignored;/gm)]
    .map(([, passed, failed, ignored]) => ({ passed: +passed, failed: +failed, skipped: +ignored }))
    .reduce(add, none);
}

/** The totals at the end of a TAP report of Node's runner. A todo counts as skipped: it proves nothing. */
export function tapCounts(report) {
  const total = (name) => Number(new RegExp(`^# ${name} (\\d+)$`, "m").exec(report)?.[1] ?? 0);
  return {
    passed: total("pass"),
    failed: total("fail") + total("cancelled"),
    skipped: total("skipped") + total("todo"),
  };
}
