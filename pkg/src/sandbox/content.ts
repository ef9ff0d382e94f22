import type { ContentFault } from "./faults.ts";
import { type Answer, type Json, type JsonObject, writeAnswer } from "./wire.ts";

/** The bytes of a good answer, altered as the fault says. */
export function alteredBody(fault: ContentFault, answer: Answer): Buffer {
  return ALTERATIONS[fault](answer);
}

export function goodBody(answer: Answer): Buffer {
  return Buffer.from(writeAnswer(answer), "utf8");
}

const ALTERATIONS: Record<ContentFault, (answer: Answer) => Buffer> = {
  "wrong-case-keys": (answer) => goodBody(capitalised(answer)),
  "is-lost": (answer) => goodBody({ ...inLists(answer, firstHalf), is_lost: 1 }),
  "no-lists": (answer) => goodBody(withoutOptional(answer)),
  "invalid-utf8": (answer) => withBrokenText(inLists({ ...answer, msg: BREAK }, brokenNames)),
};

/** As one public fake does it: the outermost keys only. */
function capitalised(answer: Answer): Answer {
  return Object.fromEntries(
    Object.entries(answer).map(([name, value]) => [name.charAt(0).toUpperCase() + name.slice(1), value]),
  );
}

/** What an answer is allowed to lack; the sopenid of get_sopenid is not. */
function withoutOptional({ lists: _lists, result: _result, seq: _seq, ...rest }: Answer): Answer {
  return rest;
}

/** Applies a change to whichever list of friends the answer has. */
function inLists(answer: Answer, change: (rows: readonly Json[]) => readonly Json[]): Answer {
  const { lists, result } = answer;
  if (isList(lists)) return { ...answer, lists: change(lists) };
  if (isObject(result) && isList(result.friend_list)) {
    return { ...answer, result: { ...result, friend_list: change(result.friend_list) } };
  }
  return answer;
}

function firstHalf(rows: readonly Json[]): readonly Json[] {
  return rows.slice(0, Math.ceil(rows.length / 2));
}

/** Stands in the text where the broken bytes go; private use, so no name holds it. */
const BREAK = "\u{f8ff}\u{e000}\u{f8ff}";

/** 0xc3 wants a second byte that ( is not, 0xff never occurs; then a high surrogate alone, as an escape. */
const BROKEN_TEXT = Buffer.concat([Buffer.from([0xc3, 0x28, 0xff]), Buffer.from("\\ud83d")]);

function brokenNames(rows: readonly Json[]): readonly Json[] {
  return rows.map((row, index) => (index === 0 && isObject(row) ? brokenName(row) : row));
}

function brokenName(row: JsonObject): JsonObject {
  const broken: Record<string, Json | undefined> = { ...row };
  for (const name of ["user_name", "nick_name"]) {
    const text = row[name];
    if (typeof text === "string") broken[name] = text + BREAK;
  }
  return broken;
}

function withBrokenText(answer: Answer): Buffer {
  const [head = "", ...rest] = writeAnswer(answer).split(BREAK);
  return Buffer.concat([Buffer.from(head), ...rest.flatMap((text) => [BROKEN_TEXT, Buffer.from(text)])]);
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
