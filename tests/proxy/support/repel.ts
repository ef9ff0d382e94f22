// Sends one attack and says whether it was repelled.
import assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";
import type { Attack, DoorName, Expected } from "./attack.ts";
import { type Answer, type Call, headersOf, PAGE } from "./call.ts";
import { GOOD_SIGN } from "./to-sign.ts";
import { type Library, type Standing, stand } from "./world.ts";

export const BOTH: readonly DoorName[] = ["socket", "request"];

/** Rejects where the attack got through, anyhow. */
export async function repel(attack: Attack, door: DoorName, library: Library): Promise<void> {
  const { world = {}, before = [], control = world.sign ? GOOD_SIGN : {} } = attack;
  const standing = await stand(world, door, library);
  try {
    for (const call of before) await pass(standing, call);
    await strike(attack, standing);
    // A dead proxy repels everything.
    if (control) await pass(standing, control);
  } finally {
    await standing.close();
  }
}

async function strike(attack: Attack, standing: Standing): Promise<void> {
  const { call, answer, next, reaches = 0, settleMs = 0, proof } = attack;
  const already = standing.seen().length;
  const answers = await standing.send(call);
  await delay(settleMs);
  standing.assertSilent(answers);
  const expected = next ? [answer, next] : [answer];
  assert.deepEqual(
    answers.map(({ status }) => status),
    expected.map(({ status }) => status),
    `answered ${answers.map(({ status, text }) => `${status} ${text.slice(0, 200)}`).join("; ")}`,
  );
  for (const [index, one] of answers.entries()) checkAnswer(call, one, expected[index] ?? answer);
  const seen = standing.seen().slice(already);
  assert.equal(seen.length, reaches, "what reached the backend");
  assert.equal(standing.elsewhere(), 0, "what reached another server");
  proof?.(seen, answers.at(-1) as Answer);
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
  /^(access-control-(allow-(origin|credentials|methods|headers)|expose-headers|max-age)|allow|cache-control|connection|content-(length|type)|date|keep-alive|retry-after|vary|x-content-type-options)$/;

function checkAnswer(call: Call, { headers, text }: Answer, expected: Expected): void {
  for (const name of headers.keys()) assert.match(name, HEADERS);
  const allowed = headers.get("access-control-allow-origin");
  const isPage = headersOf(call).some(([name, value]) => /^origin$/i.test(name) && value === PAGE);
  if (allowed !== undefined) assert.ok(isPage && allowed === PAGE, "another origin may read the answer");
  if (expected.body !== undefined) assert.equal(text, expected.body);
  if (expected.error === undefined || call.method === "HEAD") return;
  assert.equal(headers.get("content-type"), "application/json");
  assert.equal(headers.get("x-content-type-options"), "nosniff");
  assert.equal(headers.get("cache-control"), "no-store");
  const answer = JSON.parse(text) as Record<string, unknown>;
  assert.deepEqual(Object.keys(answer), ["error", "msg"]);
  assert.equal(answer.error, expected.error);
}
