// Calls as a balancer would spread them.
import type { ProxyProcess } from "./proxy.ts";

export interface Call {
  readonly proxy: ProxyProcess;
  readonly player: string;
  readonly address: string;
}

export interface Answer {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly ms: number;
}

const PATH = "/msdk/v2/friend/friend_list?channelid=2&conn=&seq=&source=0&version=";

export async function send({ proxy, player, address }: Call): Promise<Answer> {
  const began = performance.now();
  const response = await fetch(proxy.url + PATH, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      authorization: `Bearer ${player}`,
      "x-forwarded-for": address,
    },
    body: "{}",
  });
  await response.arrayBuffer();
  const retryAfter = response.headers.get("retry-after");
  return { status: response.status, retryAfter, ms: performance.now() - began };
}

/** How many are under way at once. */
const AT_ONCE = 24;

export async function sendAll(calls: readonly Call[], atOnce = AT_ONCE): Promise<Answer[]> {
  const answers: Answer[] = [];
  const left = calls.entries();
  const worker = async () => {
    for (const [index, call] of left) answers[index] = await send(call);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return answers;
}

/** So many calls by turns over the proxies. */
export const spread = (
  count: number,
  proxies: readonly ProxyProcess[],
  caller: (index: number) => { player: string; address: string },
): Call[] =>
  Array.from({ length: count }, (_, index) => ({
    proxy: proxies[index % proxies.length] as ProxyProcess,
    ...caller(index),
  }));

let used = 0;

/** One that no other call of this process has. */
export const newPlayer = (): string => String(4_724_195_171_999_000_000n + BigInt(++used));
export const newAddress = (): string => `198.${18 + (++used >> 16)}.${(used >> 8) & 255}.${used & 255}`;
