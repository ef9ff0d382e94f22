// The console in a page of its own, over a sandbox of its own, and what tests ask of it.
import { after, afterEach, before } from "node:test";
import { type Sandbox, type SandboxOptions, startSandbox } from "msdk-friends/sandbox";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { launchChromium, Watched } from "./chromium.ts";
import { serveConsole } from "./console-server.ts";

export const KEY = "fake-marker-key-2b9d";
export const WECHAT = 1;
export const QQ = 2;
export const FACEBOOK = 4;

export interface Opened extends Watched {
  readonly sandbox: Sandbox;
  /** Where the console is. */
  readonly url: string;
}

export interface OpenOptions extends BrowserContextOptions {
  channel?: number;
  /** What the console's proxy signs with. */
  proxyKey?: string;
  /** What the list is waited for to be. */
  state?: string;
}

/** A browser for the tests of one file; what a test opens ends with it. */
export function consoles() {
  let browser: Browser;
  const cleanups: (() => Promise<void>)[] = [];
  before(async () => {
    browser = await launchChromium();
  });
  afterEach(async () => {
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  });
  after(() => browser?.close());

  return async function open(
    sandboxOptions: SandboxOptions = {},
    options: OpenOptions = {},
  ): Promise<Opened> {
    const { channel = WECHAT, state = "ready", ...context } = options;
    const { key = KEY } = sandboxOptions;
    const { proxyKey = key, ...rest } = context;
    const sandbox = await startSandbox({ key, gameId: "12", ...sandboxOptions });
    cleanups.push(() => sandbox.close());
    const server = await serveConsole({ url: sandbox.url, gameId: "12", key: proxyKey, channel });
    cleanups.push(() => server.close());
    const watched = await Watched.open(browser, rest);
    cleanups.push(() => watched.context.close());
    await watched.page.goto(server.url);
    await inState(watched.page, state);
    return Object.assign(watched, { sandbox, url: server.url });
  };
}

export const inState = (page: Page, state: string, region = "friends") =>
  page.waitForSelector(`[data-region="${region}"][data-state="${state}"]`, { state: "attached" });

export const choose = (page: Page, channel: number) => page.check(`input[name=channel][value="${channel}"]`);

/** Opens the tab of a call and sends its form. */
export async function submit(page: Page, call: string): Promise<void> {
  await page.click(`#tab-${call}`);
  await page.click(`#${call}-form button[type=submit]`);
}

/** The calls that the sandbox got. */
export const calls = (sandbox: Sandbox) => sandbox.requests.filter(({ method }) => method === "POST");
