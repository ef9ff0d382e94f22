// The wasm is a file beside the script, read from disk.

import { readFile } from "node:fs/promises";
import { type CreateClient, create } from "../client.ts";
import { type Init, load, type WasmSource } from "../init.ts";
import type { ClientOptions } from "../types.ts";

export * from "../api.ts";

const find = () => readFile(new URL("./msdk_friends.wasm", import.meta.url));

/** Node's fetch reads no files. */
async function fromDisk(source: Promise<WasmSource> | WasmSource): Promise<WasmSource> {
  const given = await source;
  return given instanceof URL && given.protocol === "file:" ? readFile(given) : given;
}

export const init: Init = (source) => load(source && fromDisk(source), find);
export const createClient: CreateClient = (options: ClientOptions) => create(options, find);
