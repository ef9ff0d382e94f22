// The wasm is a file beside the script.

import { type CreateClient, create } from "../client.ts";
import type { ClientOptions } from "../types.ts";
import { type Init, load } from "../web/init.ts";

export * from "../web/api.ts";

// The form that bundlers know: they copy the file and put its new address here.
const find = () => new URL("./miniprogram/msdk_friends.wasm", import.meta.url);

export const init: Init = (source) => load(source, find);
export const createClient: CreateClient = (options: ClientOptions) =>
  create(options, () => load(undefined, find));
