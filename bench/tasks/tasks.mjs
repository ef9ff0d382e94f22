// What is timed: for each task its contenders, and fresh input for every round. The first contender is ours.

import { avatarSizers } from "../contenders/avatars.mjs";
import { friendReaders } from "../contenders/friends.mjs";
import { friendListAnswer, QQ, WECHAT } from "../data/friends.mjs";
import { pictures } from "../data/pictures.mjs";
import { request } from "../data/requests.mjs";
import { GROWTH_SIZES, LIST_SIZES } from "../sizes.mjs";

/** Several inputs a round, so that the branches and caches of one answer are not what is measured. */
const answersOf = (count) => Math.max(1, Math.min(8, Math.floor(20_000 / count)));

const several = (count, make) => Array.from({ length: count }, make);

function listTask(id, channel, count, names) {
  return {
    id,
    contenders: Object.fromEntries(
      names.map((name) => [name, (bytes) => friendReaders[name](bytes, channel)]),
    ),
    inputs: (chance) => several(answersOf(count), () => friendListAnswer(chance, channel, count)),
  };
}

function signingTask(id, bodyBytes, signers) {
  return { id, contenders: signers, inputs: (chance) => several(8, () => request(chance, bodyBytes)) };
}

function avatarTask(id, count) {
  const resizeAll = (resize) => (all) =>
    all.map(({ channel, pictureUrl, wanted }) => resize(channel, pictureUrl, wanted));
  return {
    id,
    contenders: Object.fromEntries(
      Object.entries(avatarSizers).map(([name, resize]) => [name, resizeAll(resize)]),
    ),
    inputs: (chance) => several(4, () => pictures(chance, count)),
  };
}

/** Small lists first, see runner.mjs. */
export function tasksWith(signers) {
  const all = Object.keys(friendReaders);
  const withoutZod = all.filter((name) => name !== "zod");
  const lists = [...LIST_SIZES, ...GROWTH_SIZES]
    .sort((a, b) => a - b)
    .map((count) =>
      listTask(`friends ${count}`, WECHAT, count, LIST_SIZES.includes(count) ? all : withoutZod),
    );
  return [
    signingTask("sign 300", 300, signers),
    signingTask("sign 2048", 2_048, signers),
    avatarTask("avatars 1024", 1_024),
    listTask("friends 200 QQ", QQ, 200, all),
    ...lists,
  ];
}
