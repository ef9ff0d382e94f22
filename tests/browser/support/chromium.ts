// Chromium as the tests use it, and what a page said while it was open.
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from "playwright-core";

export async function launchChromium(): Promise<Browser> {
  // By its address: what is written in plain JavaScript has no types.
  const engine: string = new URL("../../../tools/engines/chromium.mjs", import.meta.url).href;
  const { flags } = (await import(engine)) as { flags: string[] };
  const named = process.env.CHROME_PATH;
  if (named) return chromium.launch({ executablePath: named, args: flags });
  const { execFileSync } = await import("node:child_process");
  const found = execFileSync("sh", ["-c", "command -v chromium"], { encoding: "utf8" }).trim();
  return chromium.launch({ executablePath: found, args: flags });
}

/** A page of its own context, so that no service worker or cache is left from another. */
export class Watched {
  /** Errors and warnings of the console, and what was thrown. */
  readonly complaints: string[] = [];

  private constructor(
    readonly context: BrowserContext,
    readonly page: Page,
  ) {
    context.on("weberror", (error) => this.complaints.push(`thrown: ${error.error()}`));
    page.on("crash", () => this.complaints.push("the page crashed"));
    context.on("console", (message) => {
      const place = message.location().url;
      if (["error", "warning"].includes(message.type())) this.complaints.push(`${message.text()} (${place})`);
    });
  }

  static async open(browser: Browser, options: BrowserContextOptions = {}): Promise<Watched> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    context.setDefaultTimeout(20_000);
    return new Watched(context, await context.newPage());
  }
}
