// The same for both stacks: what they get, what the backend answers, and when things happened. The bundle of a stack sets
// `globalThis.cold.evaluatedAt` in its first statement (tools/bench/bundles.mjs).

const KEY = "itopsigkey123456";

/** Imports a stack and gives when it signed its first request and had its first list, in milliseconds. */
export async function measureCold(importStack, answer) {
  const cold = { player: { openid: "13601369187816917176", token: "61_nTO2IrYUm4KTM58tuZ" }, key: KEY };
  const at = {};
  let request;
  cold.backend = async (input, init) => {
    at.signed ??= performance.now();
    request ??= { url: String(input.url ?? input), body: input.url ? input.clone().text() : init.body };
    return new Response(answer, { status: 200, headers: { "content-type": "application/json" } });
  };
  const list = new Promise((resolve) => {
    cold.ready = (friends) => {
      at.ready = performance.now();
      resolve(friends);
    };
  });
  globalThis.cold = cold;
  // Node loads its own fetch classes on first use, which takes longer than either stack and belongs to neither.
  await new Response(new Request("https://backend.example").url).text();

  const began = performance.now();
  await importStack();
  const friends = await list;
  return {
    key: KEY,
    request: { url: request.url, body: await request.body },
    friends,
    loadMs: cold.evaluatedAt - began,
    signedMs: at.signed - cold.evaluatedAt,
    listMs: at.ready - cold.evaluatedAt,
  };
}
