// Programs that load an entry in a process of its own, and what they have to say.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { DESCRIBE } from "../../twin/child.ts";

export const resolve = createRequire(import.meta.url).resolve;
export const WASM = resolve("msdk-friends/msdk_friends.wasm");
export const wasm = readFileSync(WASM);

export interface Outcome {
  value?: unknown;
  name?: string;
  kind?: string;
  field?: string;
  message?: string;
}

/** Imports an entry as `msdk`, and brings the words that the tests use. */
export const using = (entry: string) => `
  import { readFile } from "node:fs/promises";
  import * as msdk from "${entry}";
  ${DESCRIBE}
  const wasm = await readFile(${JSON.stringify(WASM)});
  const works = () => msdk.sign({ path: "/v2/profile/get_sopenid", query: { channelid: 2, gameid: 12, os: 1, ts: 1700000000 },
    body: '{"token":"T0","openid":"10001"}', key: "itopsigkey123456" });
  const load = (source) => outcome(async () => { await msdk.init(await source); return works(); });
`;
export const SIG = "8e5bcdac787ff00d445cd612066ad8fe";

export function assertConfig(outcome: unknown, message: RegExp): void {
  const { name, kind, field, message: said = "" } = outcome as Outcome;
  assert.deepEqual([name, kind, field], ["MsdkError", "config", "init"], JSON.stringify(outcome));
  assert.match(said, /^the wasm core did not load: /);
  assert.match(said, message);
}
