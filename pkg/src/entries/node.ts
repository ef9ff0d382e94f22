// The wasm is a file beside the script, read from disk.

import { readFile } from "node:fs/promises";
import { type CreateClient, create } from "../client.ts";
import { type Init, load } from "../init.ts";
import type { ClientOptions } from "../types.ts";

export * from "../api.ts";

const find = () => readFile(new URL("./msdk_friends.wasm", import.meta.url));

export const init: Init = (source) => load(source, find);
export const createClient: CreateClient = (options: ClientOptions) => create(options, find);
