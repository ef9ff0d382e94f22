import { chromium } from "playwright-core";

import { within } from "./deadline.mjs";

/** What a Chromium needs that has no screen and no user. */
export const flags = [
  ...["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
  ...["--disable-background-networking", "--disable-component-update", "--disable-sync"],
];

export async function launchChromium(executablePath) {
  const browser = await chromium.launch({ executablePath, args: flags, timeout: 60_000 });
  /** In a context of its own, which shares no cache with another. */
  const open = async (url) => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(url, { timeout: 30_000 });
    return {
      evaluate: (expression, timeoutMs) => within(timeoutMs, expression, page.evaluate(expression)),
      screenshot: (path) => page.screenshot({ path, fullPage: true }),
      close: () => context.close(),
    };
  };
  return { name: "Chromium", version: browser.version(), open, close: () => browser.close() };
}
