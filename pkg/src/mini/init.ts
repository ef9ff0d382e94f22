// The wasm where only the vendor can load it, by its path in the code package; and the core as JavaScript elsewhere.

import { instantiate as instantiateScript } from "../../wasm/wasm2js.js";
import { type Instance, imports } from "../core.ts";
import { argumentError, typeName } from "../errors.ts";
import { loadOnce, textOf } from "../loading.ts";
import type { Logger } from "../types.ts";
import type { MiniHost, VendorWasm } from "./host.ts";

declare const QQWebAssembly: unknown,
  TTWebAssembly: unknown,
  MYWebAssembly: unknown,
  CCWebAssembly: unknown,
  WXWebAssembly: unknown;

export interface WasmOptions {
  /**
   * Where the wasm lies in the code package, from its root; `/miniprogram_npm/msdk-friends/msdk_friends.wasm` by default.
   * `false` runs the core as JavaScript; so do a host without wasm, and a game without the file, where no path is named.
   */
  wasmPath?: string | false | undefined;
  /** The vendor's wasm API, such as `WXWebAssembly`; looked for where absent. */
  webAssembly?: VendorWasm | undefined;
}

/** Loads the core; needed only for the pure functions. Rejects with `config` and what to do. */
export type Init = (source?: string | (WasmOptions & { host?: MiniHost | undefined })) => Promise<void>;

const DEFAULT_PATH = "/miniprogram_npm/msdk-friends/msdk_friends.wasm";
/** Devices fail now and then, and succeed a moment later. */
const TRIES = 3;
const PAUSE_MS = 100;
/** For all tries: a vendor that does not answer must not stop the game. */
const LIMIT_MS = 10_000;

export function load({ wasmPath, webAssembly, logger }: WasmOptions & Reporting): Promise<void> {
  const path: unknown = wasmPath;
  return loadOnce(async () => {
    if (path !== undefined && path !== false && (typeof path !== "string" || path === "")) {
      throw argumentError("config", "wasmPath", "a path in the code package, or false", typeName(path));
    }
    const vendor = path === false ? undefined : (webAssembly ?? findWasm());
    if (!vendor) return instantiateScript(imports());
    if (wasmPath) return instantiateWasm(vendor, wasmPath);
    return instantiateWasm(vendor, DEFAULT_PATH).catch((error: unknown) => {
      warn(logger, `the wasm did not load, so the core runs as JavaScript: ${advice(textOf(error))}`);
      return instantiateScript(imports());
    });
  }, advice);
}

/** What a client's options have too. */
interface Reporting {
  readonly logger?: Partial<Logger> | undefined;
}

function warn(logger: Partial<Logger> | undefined, text: string): void {
  try {
    logger?.warn?.(text, {});
  } catch {
    // A logger that fails is no reason not to play.
  }
}

/** The vendor's wasm API. Its mere name is no proof: some devices have it without the function. */
function findWasm(): VendorWasm | undefined {
  const found = [
    typeof QQWebAssembly !== "undefined" && QQWebAssembly,
    typeof TTWebAssembly !== "undefined" && TTWebAssembly,
    typeof MYWebAssembly !== "undefined" && MYWebAssembly,
    typeof CCWebAssembly !== "undefined" && CCWebAssembly,
    // Last: others have one too, for what was written for WeChat.
    typeof WXWebAssembly !== "undefined" && WXWebAssembly,
  ];
  return found.find((api) => typeof (api as Partial<VendorWasm> | undefined)?.instantiate === "function") as
    | VendorWasm
    | undefined;
}

/** A second one while the first still runs would cost as much again, so only a refusal is tried again. */
function instantiateWasm(vendor: VendorWasm, path: string): Promise<Instance> {
  let isOver = false;
  async function attempt(left: number): Promise<Instance> {
    try {
      const made = await vendor.instantiate(path, imports());
      return made.instance ?? made;
    } catch (error) {
      if (left === 0 || isOver) throw error;
      await new Promise<void>((resolve) => setTimeout(resolve, PAUSE_MS));
      return attempt(left - 1);
    }
  }
  return new Promise((resolve, reject) => {
    const expire = () => {
      isOver = true;
      reject(new Error(`no answer within ${LIMIT_MS / 1000} s`));
    };
    const timer = setTimeout(expire, LIMIT_MS);
    const settled = () => clearTimeout(timer);
    attempt(TRIES - 1)
      .then(resolve, reject)
      .then(settled);
  });
}

const advice = (text: string): string =>
  `${text}. wasmPath is the file's path in the code package, from its root: copy msdk_friends.wasm there, ` +
  "or pass wasmPath: false to run without wasm";
