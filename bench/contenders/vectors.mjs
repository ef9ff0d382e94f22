// The known answers, before anything is timed: a contender that is wrong is not fast.

import avatars from "../../tests/vectors/avatar.json" with { type: "json" };
import responses from "../../tests/vectors/responses.json" with { type: "json" };
import signing from "../../tests/vectors/signing.json" with { type: "json" };
import { sameValue } from "../same.mjs";
import { avatarSizers } from "./avatars.mjs";
import { friendReaders } from "./friends.mjs";

const CHANNELS = { wechat: 1, qq: 2, facebook: 4 };

function expectSame(contender, name, actual, expected) {
  if (!sameValue(actual, expected))
    throw new Error(`${contender} has another answer for the vector "${name}"`);
}

/** @throws at the first contender with a wrong answer */
export function checkVectors(signers) {
  for (const { name, path, params: query, body, sigKey: key, sig } of signing.cases) {
    for (const contender of Object.keys(signers)) {
      expectSame(contender, name, signers[contender]({ path, query, body, key }), sig);
    }
  }
  for (const { name, endpoint, channel, response, expected } of responses.cases) {
    if (endpoint !== "friend_list") continue;
    const bytes = new TextEncoder().encode(JSON.stringify(response));
    for (const contender of Object.keys(friendReaders)) {
      expectSame(contender, name, friendReaders[contender](bytes, CHANNELS[channel]), expected);
    }
  }
  for (const { channel, pictureUrl, size, expected } of avatars.cases) {
    for (const contender of Object.keys(avatarSizers)) {
      const sized = avatarSizers[contender](CHANNELS[channel], pictureUrl, { size });
      expectSame(contender, pictureUrl, sized ?? null, expected);
    }
  }
}
