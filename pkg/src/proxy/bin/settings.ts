// What the command can be told: one table for the file, the environment and the help.

import { readFileSync } from "node:fs";
import { nearest } from "../nearest.ts";
import { KEY_VARIABLE } from "./keys.ts";

type Value = string | number | boolean | readonly string[];

const text = (meaning: string) => ({ kind: "text" as const, meaning });
const number = (meaning: string) => ({ kind: "number" as const, meaning });
const flag = (meaning: string) => ({ kind: "flag" as const, meaning });
const list = (meaning: string) => ({ kind: "list" as const, meaning });

export const SETTINGS = {
  upstream: text("Test, China, Singapore, SiliconValley, another https URL, or http on this machine"),
  gameId: text("the game's id, assigned by MSDK"),
  keysFile: text('a file with the key, or with JSON of keys by source: {"0": "…"}'),
  allowedOrigins: list("the pages' origins, such as https://game.example, without a slash at the end"),
  authorizeUrl: text("asked who the player is, see below"),
  authorizeModule: text("or a module whose default export is authorize(request)"),
  port: number("8080 by default; 0 takes any free one"),
  host: text("the address to listen on (default 127.0.0.1: this machine only)"),
  operationsPort: number("another port for /healthz, /readyz and /metrics"),
  basePath: text("in front of the five paths (default /msdk)"),
  allowMissingOrigin: flag("let mini-games and programs call, which send no Origin"),
  allowedFetchSites: list("default same-origin,same-site; cross-site for pages on another site"),
  allowedHeaders: list("what pages may send beside content-type (default authorization)"),
  trustedProxies: list(
    "whose x-forwarded-for is believed, such as 10.0.0.0/8; they have to append to it (default none)",
  ),
  extraQuery: list("further query parameters that pages may send (default cgsource)"),
  forwardHeaders: list("further headers that go to the backend (default none)"),
  playerCallsPerMinute: number("per player (default 60; 0: no limit)"),
  addressCallsPerMinute: number("per address (default 600; 0: no limit)"),
  redisUrl: text("counts the limits of several processes; needs the npm package redis"),
  whenStoreFails: text("open (default) or closed: what happens to calls while Redis is gone"),
  timeoutMs: number("from arrival to answer (default 4500)"),
  maxBodyBytes: number("default 65536"),
  maxResponseBytes: number("default 16777216"),
  maxUpstream: number("calls to the backend at once (default 128)"),
  maxQueued: number("how many more wait (default 256)"),
  graceMs: number("how long calls under way may take at the end (default 10000)"),
};

type SettingName = keyof typeof SETTINGS;
export type Settings = { readonly [Name in SettingName]?: Typed<(typeof SETTINGS)[Name]["kind"]> };
type Typed<Kind> = Kind extends "text"
  ? string
  : Kind extends "number"
    ? number
    : Kind extends "flag"
      ? boolean
      : readonly string[];

const PREFIX = "MSDK_PROXY_";

/** `MSDK_PROXY_ALLOWED_ORIGINS` for `allowedOrigins`. */
export const variableOf = (name: string): string =>
  `${PREFIX}${name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;

/** The file's settings, and over them the environment's. @throws RangeError, naming the setting and where it stands */
export function readSettings(file: string | undefined, env: NodeJS.ProcessEnv): Settings {
  return { ...(file === undefined ? {} : fromFile(file)), ...fromEnvironment(env) };
}

function fromEnvironment(env: NodeJS.ProcessEnv): Settings {
  checkVariables(env);
  const given = (Object.keys(SETTINGS) as SettingName[]).flatMap((name): [string, Value][] => {
    const text = env[variableOf(name)];
    return text === undefined || text === "" ? [] : [[name, fromText(name, text)]];
  });
  return Object.fromEntries(given) as Settings;
}

/** What is spelled another way would be set, and do nothing. */
function checkVariables(env: NodeJS.ProcessEnv): void {
  const names = ["config", ...Object.keys(SETTINGS)];
  const known = names.map(variableOf);
  for (const [name, value] of Object.entries(env)) {
    if (!name.startsWith(PREFIX) || !value || known.includes(name) || KEY_VARIABLE.test(name)) continue;
    // What stands behind it may be the key.
    if (name.startsWith(`${PREFIX}KEY_`)) {
      throw new RangeError(
        "MSDK_PROXY_KEY_<source>: the source is a whole number; a file's name is MSDK_PROXY_KEYS_FILE",
      );
    }
    const other = nearest(name.slice(PREFIX.length), names);
    throw new RangeError(`there is no variable ${name.slice(0, 60)}${hint(other && variableOf(other))}`);
  }
}

const hint = (meant: string | undefined): string => (meant === undefined ? "" : `; did you mean ${meant}?`);

function fromText(name: SettingName, text: string): Value {
  const variable = variableOf(name);
  switch (SETTINGS[name].kind) {
    case "number":
      if (!/^\d+$/.test(text)) throw new RangeError(`${variable}: a whole number is wanted`);
      return Number(text);
    case "flag":
      if (text !== "true" && text !== "false") throw new RangeError(`${variable}: true or false is wanted`);
      return text === "true";
    case "list":
      return text.split(",").map((item) => item.trim());
    default:
      return text;
  }
}

function fromFile(file: string): Settings {
  let settings: unknown;
  try {
    settings = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    const reason = error instanceof SyntaxError ? "it is not JSON" : (error as Error).message;
    throw new RangeError(`cannot read ${file}: ${reason}`);
  }
  if (typeof settings !== "object" || settings === null || Array.isArray(settings)) {
    throw new RangeError(`${file}: an object of settings is wanted`);
  }
  for (const [name, value] of Object.entries(settings)) checkSetting(file, name, value);
  return settings as Settings;
}

function checkSetting(file: string, name: string, value: unknown): void {
  if (/^keys?$/i.test(name)) {
    throw new RangeError(`${file}: keys do not belong in it; name their file in keysFile`);
  }
  if (!Object.hasOwn(SETTINGS, name)) {
    const other = hint(nearest(name, Object.keys(SETTINGS)));
    throw new RangeError(`${file}: there is no setting ${name.slice(0, 40)}${other}`);
  }
  const { kind } = SETTINGS[name as SettingName];
  const isRight = {
    text: typeof value === "string",
    number: Number.isInteger(value) && (value as number) >= 0,
    flag: typeof value === "boolean",
    list: Array.isArray(value) && value.every((item) => typeof item === "string"),
  }[kind];
  const wanted = {
    text: "a string",
    number: "a whole number",
    flag: "true or false",
    list: "an array of strings",
  };
  if (!isRight) throw new RangeError(`${file}: ${name}: ${wanted[kind]} is wanted`);
}
