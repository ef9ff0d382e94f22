// What a list costs in memory, measured in a Node process of its own that was started with --expose-gc.

import { readFileSync } from "node:fs";
import { init } from "msdk-friends";
import { friendReaders } from "../contenders/friends.mjs";
import { WECHAT } from "../data/friends.mjs";

const settle = async () => {
  for (let pass = 0; pass < 4; pass++) {
    globalThis.gc();
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
};

const heldBytes = () => {
  const { heapUsed, external } = process.memoryUsage();
  // arrayBuffers are part of external.
  return heapUsed + external;
};

/** How far the process grew at most while it read the list, which is alive at the end. In bytes. */
async function peak(contender, warmUpFile, file) {
  await init();
  const read = friendReaders[contender];
  const [warmUp, bytes] = [readFileSync(warmUpFile), readFileSync(file)];
  for (let pass = 0; pass < 5; pass++) read(warmUp, WECHAT);
  await settle();
  const before = process.memoryUsage.rss();
  const list = read(bytes, WECHAT);
  const after = process.resourceUsage().maxRSS * 1024;
  if (list.friends.length < 2) throw new Error("the list is not whole");
  return after - before;
}

/** What one friend of the middle keeps alive after its list was dropped: the mean over several lists. In bytes. */
async function kept(contender, file, lists) {
  await init();
  const read = friendReaders[contender];
  const friends = new Array(lists);
  // The answer itself is not held: it is no part of what the friend retains.
  const keepOneOfEach = (count) => {
    for (let index = 0; index < count; index++) {
      const list = read(readFileSync(file), WECHAT);
      friends[index] = list.friends[list.friends.length >> 1];
    }
  };
  // Some for nothing, so that what an engine makes only once is there before the first look, or gone.
  for (let pass = 0; pass < 3; pass++) {
    keepOneOfEach(4);
    friends.fill(undefined);
    await settle();
  }
  const before = heldBytes();
  keepOneOfEach(lists);
  await settle();
  const bytes = (heldBytes() - before) / lists;
  if (friends.some(({ openid }) => openid === "")) throw new Error("a friend is not whole");
  return bytes;
}

globalThis.memory = { peak, kept };
