import puppeteer from "puppeteer-core";

import { within } from "./deadline.mjs";

export async function launchFirefox(executablePath) {
  const browser = await puppeteer.launch({
    browser: "firefox",
    executablePath,
    headless: true,
    timeout: 60_000,
    // One call may take as long as the evaluations that are waited for.
    protocolTimeout: 300_000,
  });
  /** In a context of its own, which shares no cache with another. */
  const open = async (url) => {
    const context = await browser.createBrowserContext();
    const page = await context.newPage();
    await page.goto(url, { timeout: 30_000 });
    return {
      evaluate: (expression, timeoutMs) => within(timeoutMs, expression, page.evaluate(expression)),
      close: () => context.close(),
    };
  };
  const version = (await browser.version()).replace(/^\D+/, "");
  return { name: "Firefox", version, open, close: () => browser.close() };
}
