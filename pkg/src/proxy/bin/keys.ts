// Where the command's keys come from: a file or the environment, never the command line, which every user of the machine
// can read.

import { readFileSync } from "node:fs";
import type { KeyRecord } from "../keys.ts";
import { OwnError } from "../quoting.ts";

/** A key of the environment: of source 0, or of the one in its name. */
export const KEY_VARIABLE = /^MSDK_PROXY_KEY(?:_(\d{1,9}))?$/;

/** The keys by source: the file's where one is named, else `MSDK_PROXY_KEY` (source 0) and `MSDK_PROXY_KEY_<source>`. */
export function readKeys(file: string | undefined, env: NodeJS.ProcessEnv): KeyRecord {
  return file === undefined ? keysIn(env) : fromFile(file);
}

/** The environment's keys, where there are any. */
export function keysIn(env: NodeJS.ProcessEnv): KeyRecord {
  const keys = Object.entries(env).flatMap(([name, key]): [string, string][] => {
    const found = KEY_VARIABLE.exec(name);
    return found && key ? [[found[1] ?? "0", key]] : [];
  });
  return Object.fromEntries(keys);
}

function fromFile(file: string): KeyRecord {
  const text = read(file).trim();
  if (!text.startsWith("{")) return { "0": text };
  try {
    return JSON.parse(text) as KeyRecord;
  } catch {
    // The parser's own message quotes the file.
    throw new OwnError("keysFile: what is in that file is neither a key nor JSON of keys by source");
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    // Its message quotes the setting, which may be the key itself.
    const { code = "an error" } = error as NodeJS.ErrnoException;
    throw new OwnError(`keysFile: that file cannot be read (${code}); it is a file's path, not a key`);
  }
}
