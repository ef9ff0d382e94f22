// The wasm is inside the script, for hosts that cannot load a file.

import base64 from "../../wasm/msdk_friends.wasm";
import { type CreateClient, create } from "../client.ts";
import type { ClientOptions } from "../types.ts";
import { type Init, load } from "../web/init.ts";

export * from "../web/api.ts";

const find = () => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));

export const init: Init = (source) => load(source, find);
export const createClient: CreateClient = (options: ClientOptions) =>
  create(options, () => load(undefined, find));
