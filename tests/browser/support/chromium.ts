// Chromium as the tests use it, and what a page said and sent while it was open.
import { type Browser, type BrowserContext, chromium, type Page, type Request } from "playwright-core";

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
  readonly requests: Request[] = [];

  private constructor(
    readonly context: BrowserContext,
    readonly page: Page,
  ) {
    context.on("request", (request) => this.requests.push(request));
    context.on("weberror", (error) => this.complaints.push(`thrown: ${error.error()}`));
    page.on("crash", () => this.complaints.push("the page crashed"));
    context.on("console", (message) => {
      const place = message.location().url;
      if (["error", "warning"].includes(message.type())) this.complaints.push(`${message.text()} (${place})`);
    });
  }

  static async open(browser: Browser, options: { deviceScaleFactor?: number } = {}): Promise<Watched> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    context.setDefaultTimeout(20_000);
    return new Watched(context, await context.newPage());
  }

  /** Everything that left the page: addresses, headers, bodies. */
  async sent(): Promise<string> {
    const texts = this.requests.map(async (request) => {
      // The headers as they went out; a request that the service worker answered has only provisional ones.
      const headers = await request.allHeaders().catch(() => request.headers());
      return [request.method(), request.url(), JSON.stringify(headers), request.postData() ?? ""].join("\n");
    });
    return (await Promise.all(texts)).join("\n\n");
  }
}
