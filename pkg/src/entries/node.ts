// The wasm is a file beside the script, read from disk.

import { readFile } from "node:fs/promises";
import { type CreateClient, create } from "../client.ts";
import type { ClientOptions } from "../types.ts";
import { type Init, load, type WasmSource } from "../web/init.ts";

export * from "../web/api.ts";

const find = () => readFile(new URL("./miniprogram/msdk_friends.wasm", import.meta.url));

/** Node's fetch reads no files. */
async function fromDisk(source: Promise<WasmSource> | WasmSource): Promise<WasmSource> {
  const given = await source;
  const isAddress = given instanceof URL || typeof given === "string";
  return isAddress && /^file:/i.test(String(given)) ? readFile(new URL(given)) : given;
}

export const init: Init = (source) => load(source && fromDisk(source), find);
export const createClient: CreateClient = (options: ClientOptions) =>
  create(options, () => load(undefined, find));
