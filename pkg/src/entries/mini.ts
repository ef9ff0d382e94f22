// Mini-games and mini-programs: nothing of a page is used, and the host's own API makes the requests.
/// <reference path="../mini/globals.d.ts" />

import { object } from "../arguments.ts";
import { type CreateClient, create } from "../client.ts";
import { type Init, load } from "../mini/init.ts";
import type { ClientOptions } from "../types.ts";

export * from "../api.ts";
export { type Abort, createAbort, type Signal } from "../mini/abort.ts";
export type { MiniHost, VendorWasm } from "../mini/host.ts";
export type { Init, WasmOptions } from "../mini/init.ts";

export const init: Init = (source) =>
  load(typeof source === "string" ? { wasmPath: source } : (source ?? {}));

export const createClient: CreateClient = (options: ClientOptions) =>
  create(options, async () => load(object("options", options, "config")));
