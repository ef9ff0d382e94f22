// What every entry exports besides `init` and `createClient`, which need the entry's own way to the wasm.

export { avatarSize, avatarSrcset, avatarUrl } from "./avatar.ts";
export type { CreateClient } from "./client.ts";
export { Channel, Environment, Os } from "./constants.ts";
export { type EndpointName, type ErrorKind, isMsdkError, MsdkError, type MsdkErrorFields } from "./errors.ts";
export {
  type CanonicalInput,
  type CanonicalRequest,
  canonicalRequest,
  type EndpointInfo,
  endpoints,
  maskGender,
  type ParseOptions,
  packArkExtra,
  parseFriendList,
  type ShareLimits,
  shareLimits,
  sign,
} from "./pure.ts";
export { remoteSigner } from "./remote-signer.ts";
export {
  type KeySignerOptions,
  keySigner,
  type Proxied,
  proxied,
  type Signer,
  type SignInput,
} from "./signers.ts";
export type * from "./types.ts";
