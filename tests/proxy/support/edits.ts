// The edits that several guards name.
import type { Edit } from "./attack.ts";

export const ANY_ORIGIN: Edit = [
  "origin.ts",
  "origin !== undefined && !rules.allowedOrigins.includes(origin)",
  "false",
];
export const ANY_CONTENT_TYPE: Edit = [
  "guard.ts",
  String.raw`!/^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i.test(header("content-type") ?? "")`,
  "false",
];

/** What was announced, and what came: in Node's streams and in those of the web. */
export const ANY_LENGTH: readonly Edit[] = [
  ["node/body.ts", "if (length <= maxBytes) return;", "if (length >= 0) return;"],
  ["../transport.ts", "if (length > maxBytes) return cancel();", ""],
  ["../transport.ts", " || announced > maxBytes", ""],
];
export const NO_DEADLINE: Edit = [
  "answerer.ts",
  `within("timeoutMs", guards.timeoutMs, incoming.gone, work)`,
  `within("timeoutMs", 60_000, incoming.gone, work)`,
];

export const ANY_TEXT_AS_JSON: Edit = ["json.ts", `throw badRequest("the body is not JSON");`, "value = {};"];
export const ANY_DEPTH: Edit = [
  "json.ts",
  "if (open.length > MAX_DEPTH) throw",
  "if (open.length < 0) throw",
];
export const NAMES_TWICE: Edit = ["json.ts", "if (names.has(name)) throw", "if (names.size < 0) throw"];
export const ANY_FIELD: Edit = ["requests.ts", "if (other !== undefined)", `if (other === "")`];
/** The core, which would refuse most of them again, does not see them. */
export const FIELDS_AS_THEY_CAME: Edit = [
  "requests.ts",
  "body = prepare(endpoint.name, channel, request, false).body;",
  "body = JSON.stringify(fields); void request;",
];

/** Another openid is overwritten instead of refused. */
export const ANY_OPENID: Edit = ["forward.ts", "fields.openid !== player.openid", "false"];
export const FIELDS_BEFORE_PLAYER: Edit = [
  "forward.ts",
  "{ ...fields, ...player }",
  "{ ...player, ...fields }",
];

export const PARAMETERS_TWICE: Edit = ["query.ts", "if (parameters.has(name))", "if (parameters.size < 0)"];
export const ANY_CHARACTER: Edit = ["query.ts", "!PLAIN.test(name) || !PLAIN.test(value)", "false"];
export const ANY_PARAMETER: Edit = ["query.ts", "if (unknown)\n", "if (unknown?.length === 0)\n"];
/** What nobody allowed would otherwise be refused by the core once more. */
export const EXTRA_DROPPED: Edit = ["query.ts", "extraQuery: Object.fromEntries(extra)", "extraQuery: {}"];
export const ANY_GAME: Edit = ["query.ts", `given("gameid") !== set.gameId`, "false"];
export const OWN_SIG_AND_TS: Edit = ["forward.ts", "if (parameters.has(name))", "if (parameters.size < 0)"];
export const ANY_SOURCE: Edit = [
  "keys.ts",
  "const key = this.#keys.get(source);",
  "const key = this.#keys.get(source) ?? [...this.#keys.values()][0];",
];

export const ANY_TIME: Edit = ["sign.ts", "checkTime(parameters, guards.now(), tsWindowSeconds);", ""];
