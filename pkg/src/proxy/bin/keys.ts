// Where the command's keys come from: a file or the environment, never the command line, which every user of the machine
// can read.

import { readFileSync } from "node:fs";
import type { KeyRecord } from "../keys.ts";

const VARIABLE = /^MSDK_PROXY_KEY(?:_(\w+))?$/;

/** The keys by source: the file's where one is named, else `MSDK_PROXY_KEY` (source 0) and `MSDK_PROXY_KEY_<source>`. */
export function readKeys(file: string | undefined, env: NodeJS.ProcessEnv): KeyRecord {
  return file === undefined ? fromEnvironment(env) : fromFile(file);
}

function fromEnvironment(env: NodeJS.ProcessEnv): KeyRecord {
  const keys = Object.entries(env).flatMap(([name, key]): [string, string][] => {
    const found = VARIABLE.exec(name);
    return found && key ? [[found[1] ?? "0", key]] : [];
  });
  if (keys.length === 0) throw new RangeError("keysFile or MSDK_PROXY_KEY: one of the two holds the key");
  return Object.fromEntries(keys);
}

function fromFile(file: string): KeyRecord {
  const text = read(file).trim();
  if (!text.startsWith("{")) return { "0": text };
  try {
    return JSON.parse(text) as KeyRecord;
  } catch {
    // The parser's own message quotes the file.
    throw new RangeError(`keysFile: ${file} is neither a key nor JSON of keys by source`);
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new RangeError(`keysFile: ${(error as Error).message}`);
  }
}
