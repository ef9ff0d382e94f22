// The reference twin: the contract's rules once more, in plain TypeScript over node:crypto, TextDecoder and JSON.parse.
// It shares no code with src/ or pkg/, so that a mistake has to be made twice to pass; it is also what the benchmarks
// call plain JavaScript. Where it cannot do what the contract asks, answers.ts says so.

export {
  type Friend,
  type FriendList,
  readFriendList,
  readRecallFriendsList,
  readReceipt,
  readSopenid,
} from "./answers.ts";
export { packArkExtra } from "./ark.ts";
export { avatarSize, avatarSrcset, avatarUrl, type Wanted } from "./avatars.ts";
export { avatarSizes, maskGender } from "./channels.ts";
export { errorOfRet, errorOfStatus, TwinError } from "./errors.ts";
export { ENDPOINTS, type EndpointName, type Prepared, prepare } from "./requests.ts";
export { canonicalQuery, canonicalText, sign } from "./signing.ts";
