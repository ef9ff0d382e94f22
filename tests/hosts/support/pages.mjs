// Pages whose script leaves a global `run(sandbox)`, in a browser.

import { setUpChromium } from "../../../tools/setup/chromium.mjs";
import { setUpFirefox } from "../../../tools/setup/firefox.mjs";
import { setUpWebkit } from "../../../tools/setup/webkit.mjs";

const neededBy = "npm run test:hosts needs";
const engine = (name) => import(`../../../tools/engines/${name}.mjs`);

export const browsers = [
  {
    id: "chromium",
    name: "Chromium",
    setUp: () => setUpChromium(neededBy),
    launch: async (found) => (await engine("chromium")).launchChromium(found),
  },
  {
    id: "firefox",
    name: "Firefox",
    setUp: () => setUpFirefox(neededBy),
    launch: async (found) => (await engine("firefox")).launchFirefox(found),
  },
  {
    id: "webkit",
    name: "WebKitGTK",
    setUp: () => setUpWebkit(neededBy),
    launch: async (found) => (await engine("webkit")).launchWebkit(found),
  },
];

export const chromium = browsers[0];

const RUN_MS = 60_000;

export const html = (scripts) => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>host</title><link rel="icon" href="data:,">${scripts}</head></html>`;

/** A slow machine's browser may say that the page is loaded before its modules have run. */
const scriptsRun = `new Promise((resolve, reject) => {
  let looks = 0;
  const look = () => {
    if (typeof run === "function") resolve(true);
    else if (++looks > 200) reject(new Error("the page's script left no run()"));
    else setTimeout(look, 50);
  };
  look();
})`;

const wasmFiles =
  'performance.getEntriesByType("resource").filter(({ name }) => name.includes(".wasm")).length';

/**
 * Opens the page and runs the program in it. `fetchesWasm`: whether it has to load a file of wasm, where that is known;
 * `check`: an expression in the page that gives more failures, before the run.
 */
export async function runInPage({ sandbox, prepared }, browser, url, { fetchesWasm, check = "[]" } = {}) {
  const launched = await browser.launch(prepared);
  try {
    const page = await launched.open(url);
    await page.evaluate(scriptsRun, RUN_MS);
    const failures = await page.evaluate(check, RUN_MS);
    const report = await page.evaluate(`run(${JSON.stringify(sandbox)})`, RUN_MS);
    const files = await page.evaluate(wasmFiles, RUN_MS);
    if (fetchesWasm !== undefined && files > 0 !== fetchesWasm)
      failures.push(`${files} files of wasm were loaded`);
    return { version: launched.version, report: { ...report, failures: [...failures, ...report.failures] } };
  } finally {
    await launched.close();
  }
}
