// Edge workers: they may not compile bytes, so the caller imports the module and passes it.

import { type CreateClient, create } from "../client.ts";
import type { ClientOptions } from "../types.ts";
import { type Init, load } from "../web/init.ts";

export * from "../web/api.ts";

const find = (): never => {
  throw new Error(
    'an edge worker passes the module: import module from "msdk-friends/msdk_friends.wasm"; await init(module)',
  );
};

export const init: Init = (source) => load(source, find);
export const createClient: CreateClient = (options: ClientOptions) =>
  create(options, () => load(undefined, find));
