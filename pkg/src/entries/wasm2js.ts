// No WebAssembly: the core as plain JavaScript, for pages whose Content-Security-Policy forbids to compile any.

import { instantiate } from "../../wasm/wasm2js.js";
import { type CreateClient, create } from "../client.ts";
import { imports } from "../core.ts";
import { loadOnce } from "../loading.ts";
import type { ClientOptions } from "../types.ts";
import type { Init } from "../web/init.ts";

export * from "../web/api.ts";

const load = () =>
  loadOnce(
    async () => instantiate(imports()),
    (text) => text,
  );

/** Nothing is loaded here; a source is passed over. */
export const init: Init = load;
export const createClient: CreateClient = (options: ClientOptions) => create(options, load);
