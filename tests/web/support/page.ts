// A page that holds the client in Rust and the one in TypeScript, and asks both the same.
import type { Browser, Page } from "playwright-core";
import { launchChromium, Watched } from "../../browser/support/chromium.ts";
import { METHODS } from "../../twin/methods.ts";

export type Endpoint = keyof typeof METHODS;
export type Which = "rust" | "typescript";

/** A client's options, as both doors take them. */
export interface Options {
  baseUrl: string;
  channel: number;
  gameId?: string;
  os?: number;
  source?: string;
  version?: string;
  conn?: string;
  extraQuery?: Record<string, string>;
  useRemark?: boolean;
  timeoutMs?: number;
  totalTimeoutMs?: number;
  maxRetries?: number;
  maxResponseBytes?: number;
  headers?: Record<string, string>;
  credentials?: string;
  /** Signs with it; without one a proxy does. */
  key?: string;
  /** Signs in place of a key: what it does is named, since functions cannot be handed to a page. */
  signer?: "throws" | "returns no sig" | "never returns";
}

export interface CallOptions {
  seq?: string;
  timeoutMs?: number;
  /** Milliseconds after which the signal aborts; 0 is before the call. */
  abortAfterMs?: number;
}

/** What an error says, as both clients spell it. */
export interface Told {
  readonly kind: string;
  readonly message: string;
  readonly attempts: number;
  readonly retryable: boolean;
  readonly maybeSent: boolean;
  readonly [field: string]: unknown;
}

export interface Outcome {
  readonly value?: unknown;
  readonly error?: Told;
  /** What Rust's types cannot hold. */
  readonly unrepresentable?: boolean;
  /** What the error prints in Rust. */
  readonly printed?: string;
  readonly ms: number;
}

export interface Both {
  readonly page: Page;
  readonly complaints: string[];
  ask(
    which: Which,
    options: Options,
    endpoint: Endpoint,
    input: object,
    call?: CallOptions,
  ): Promise<Outcome>;
  close(): Promise<void>;
}

/** What the crate in tests/web/program exports. */
export interface Rust {
  call(options: object, endpoint: string, input: object, call: object): Promise<unknown>;
  start(options: object, endpoint: string, input: object): { drop(): void };
  checkOptions(options: object): void;
  keySigner(key: string): void;
  sig(path: string, canonicalQuery: string, body: string, key: string): string;
  avatarUrl(channel: number, pictureUrl: string, size: number): string | undefined;
  avatarSize(channel: number, cssPixels: number, devicePixelRatio: number): number | undefined;
  avatarSizes(channel: number): Uint16Array;
  maskGender(channel: number, gender: number): number;
  masksGender(channel: number): boolean;
  packArkExtra(template: string): string | undefined;
}

/** In the page: tests/web/program/ask.js. */
declare function ask(question: object): Promise<Outcome>;

// By names that TypeScript does not follow: the tools are plain JavaScript.
const tool = <T>(path: string) =>
  import(new URL(`../../../tools/${path}`, import.meta.url).href) as Promise<T>;

/** Serves the example, or both clients, and opens its page. */
export async function openPage(name: "example" | "tests", query = "") {
  const { makeProgram } = await tool<{ makeProgram(name: string): Promise<string> }>("build/programs.mjs");
  const { dist } = await tool<{ dist: string }>("paths.mjs");
  const { serveFiles } = await tool<{
    serveFiles(directories: object): Promise<{ url: string; close(): Promise<void> }>;
  }>("web/server.mjs");
  const server = await serveFiles({ [name]: await makeProgram(name), package: dist });
  const browser: Browser = await launchChromium();
  const close = async () => {
    await browser.close();
    await server.close();
  };
  const { page, complaints } = await Watched.open(browser);
  try {
    await page.goto(`${server.url}/${name}/${query}`);
    await page.waitForSelector("html[data-loaded]", { state: "attached" });
  } catch (error) {
    await close();
    throw new Error(complaints.join("\n"), { cause: error });
  }
  return { page, complaints, close };
}

export async function openBoth(): Promise<Both> {
  const { page, complaints, close } = await openPage("tests");
  const methods: Record<string, string> = METHODS;
  return {
    page,
    complaints,
    ask: (which, options, endpoint, input, call = {}) => {
      const question = { which, options, endpoint, method: methods[endpoint], input, call };
      return page.evaluate((question) => ask(question), question);
    },
    close,
  };
}

/** What both have to say alike: all but what fetch said, with the options named as TypeScript names them. */
export function comparable({ value, error }: Outcome) {
  if (!error) return { value };
  const { cause: _, message, ...fields } = error;
  const renamed = message
    .replace("max_response_bytes", "maxResponseBytes")
    .replace("total_timeout", "totalTimeoutMs")
    .replace("within timeout ", "within timeoutMs ")
    .replace("canonical query and body", "canonicalQuery and body");
  return { error: { ...fields, message: renamed } };
}
