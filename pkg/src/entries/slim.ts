// No wasm attached: the caller brings it, from a CDN or as a module.

import { type CreateClient, create } from "../client.ts";
import type { ClientOptions } from "../types.ts";
import { type Init, load } from "../web/init.ts";

export * from "../web/api.ts";

const find = (): never => {
  throw new Error("msdk-friends/slim has no wasm attached, so init() has to be given one");
};

export const init: Init = (source) => load(source, find);
export const createClient: CreateClient = (options: ClientOptions) =>
  create(options, () => load(undefined, find));
