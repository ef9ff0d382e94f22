// Sends one attack and says whether it was repelled.
import assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";
import type { Attack, DoorName, Expected, Seen } from "./attack.ts";
import { type Answer, type Call, headersOf, PAGE } from "./call.ts";
import { GOOD_SIGN } from "./to-sign.ts";
import { type Library, type Standing, stand } from "./world.ts";

export const BOTH: readonly DoorName[] = ["socket", "request"];

/** What came of one attack. */
export interface Outcome {
  readonly answers: readonly Answer[];
  /** What reached the backend, and how much another server. */
  readonly seen: readonly Seen[];
  readonly elsewhere: number;
}

/** Rejects where the attack got through, anyhow. */
export function repel(attack: Attack, door: DoorName, library: Library): Promise<void> {
  return inWorld(attack, door, library, async (standing) => {
    judge(attack, await strike(attack, standing), standing);
    await passControl(attack, standing);
  });
}

/** Where the attack takes place, once what comes before it has passed. */
export async function inWorld<T>(
  { world = {}, before = [] }: Attack,
  door: DoorName,
  library: Library,
  act: (standing: Standing) => Promise<T>,
): Promise<T> {
  const standing = await stand(world, door, library);
  try {
    for (const call of before) await pass(standing, call);
    return await act(standing);
  } finally {
    await standing.close();
  }
}

export async function strike({ call, settleMs = 0 }: Attack, standing: Standing): Promise<Outcome> {
  const already = standing.seen().length;
  const answers = await standing.send(call);
  await delay(settleMs);
  return { answers, seen: standing.seen().slice(already), elsewhere: standing.elsewhere() };
}

/** @throws AssertionError, where the attack got through */
export function judge(
  { call, answer, next, reaches = 0, proof }: Attack,
  { answers, seen, elsewhere }: Outcome,
  standing: Standing,
): void {
  standing.assertSilent(answers);
  const expected = next ? [answer, next] : [answer];
  assert.deepEqual(
    answers.map(({ status }) => status),
    expected.map(({ status }) => status),
    `answered ${answers.map(({ status, text }) => `${status} ${text.slice(0, 200)}`).join("; ")}`,
  );
  for (const [index, one] of answers.entries()) checkAnswer(call, one, expected[index] ?? answer);
  assert.equal(seen.length, reaches, "what reached the backend");
  assert.equal(elsewhere, 0, "what reached another server");
  proof?.(seen, answers.at(-1) as Answer);
}

/** A dead proxy repels everything. */
export async function passControl({ world, control }: Attack, standing: Standing): Promise<void> {
  if (control === null) return;
  await pass(standing, control ?? (world?.sign ? GOOD_SIGN : {}));
}

async function pass(standing: Standing, call: Call): Promise<void> {
  const already = standing.seen().length;
  const [answer] = await standing.send(call);
  assert.equal(answer?.status, 200, `a call that is to pass was answered ${answer?.status} ${answer?.text}`);
  const isSignature = /^\{"sig":"[\da-f]{32}"\}$/.test(answer.text);
  assert.equal(standing.seen().length - already, isSignature ? 0 : 1);
}

/** Whatever else an answer has comes from the backend, or from a caller. */
const HEADERS =
  /^(access-control-(allow-(origin|credentials)|expose-headers)|allow|cache-control|connection|content-(length|type)|date|keep-alive|retry-after|vary|x-content-type-options)$/;

const isByNode = ({ status, error, body }: Expected): boolean =>
  status >= 400 && error === undefined && body === undefined;

function checkAnswer(call: Call, { headers, text }: Answer, expected: Expected): void {
  for (const name of headers.keys()) assert.match(name, HEADERS);
  const allowed = headers.get("access-control-allow-origin");
  const isPage = headersOf(call).some(([name, value]) => /^origin$/i.test(name) && value === PAGE);
  if (allowed !== undefined) assert.ok(isPage && allowed === PAGE, "another origin may read the answer");
  if (expected.body !== undefined) assert.equal(text, expected.body);
  if (isByNode(expected)) return;
  assert.equal(headers.get("content-type"), "application/json");
  assert.equal(headers.get("x-content-type-options"), "nosniff");
  assert.equal(headers.get("cache-control"), "no-store");
  if (expected.error === undefined || call.method === "HEAD") return;
  const answer = JSON.parse(text) as Record<string, unknown>;
  assert.deepEqual(Object.keys(answer), ["error", "msg"]);
  assert.equal(answer.error, expected.error);
}
