// The wasm is inside the script, for hosts that cannot load a file.

import digits from "../../wasm/msdk_friends.wasm";
import { type CreateClient, create } from "../client.ts";
import type { ClientOptions } from "../types.ts";
import { type Init, load } from "../web/init.ts";

export * from "../web/api.ts";

const find = () =>
  Uint8Array.from({ length: digits.length / 2 }, (_, at) =>
    Number.parseInt(digits.slice(2 * at, 2 * at + 2), 16),
  );

export const init: Init = (source) => load(source, find);
export const createClient: CreateClient = (options: ClientOptions) =>
  create(options, () => load(undefined, find));
