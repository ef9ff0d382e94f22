// Three ways from the bytes of friend_list to ready objects, with the same checks.

import { parseFriendList } from "msdk-friends";
import { friendListOf } from "./plain-map.mjs";
import { answerSchema } from "./schema.mjs";

const decoder = new TextDecoder();

export const friendReaders = {
  "msdk-friends": (bytes, channel) => parseFriendList(bytes, { channel }),
  "plain JavaScript": (bytes, channel) => friendListOf(JSON.parse(decoder.decode(bytes)), channel),
  zod: (bytes, channel) => friendListOf(answerSchema.parse(JSON.parse(decoder.decode(bytes))), channel),
};
