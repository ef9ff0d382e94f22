// The Rust client in a worker: answers each message with what came of it.

import init, * as rust from "./tests.js";

addEventListener("message", async ({ data: { options, key } }) => {
  await init();
  const outcomes = {};
  try {
    const player = { openid: "9007199254740993111", token: "a-token-51c2" };
    outcomes.list = await rust.call(options, "friend_list", player, {});
    rust.keySigner(key);
  } catch (error) {
    outcomes.error = error;
  }
  postMessage(outcomes);
});
