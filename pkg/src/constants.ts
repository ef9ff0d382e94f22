// The numbers and addresses that a caller names. They repeat nothing of the rules: those are in the wasm core, and
// tests/vectors/channels.json holds both sides to the same ids.

/** Channels by their ids on the wire (`channelid`). A positive id that is not here is accepted, masked and unsized. */
export const Channel = {
  WeChat: 1,
  QQ: 2,
  Guest: 3,
  Facebook: 4,
  GameCenter: 5,
  GooglePlay: 6,
  IEGPass: 7,
  Twitter: 9,
  Garena: 10,
  SelfAccount: 11,
  EGame: 12,
  Line: 14,
  Apple: 15,
  Kwai: 17,
  VK: 19,
  Steam: 21,
} as const;

/** A channel's id: one of {@link Channel}, or another positive whole number. */
export type Channel = (typeof Channel)[keyof typeof Channel] | (number & {});

/** Systems by their numbers on the wire (`os`). Requests that leave from a backend use Linux. */
export const Os = { Android: 1, IOS: 2, Web: 3, Linux: 4, Windows: 5 } as const;

/** One of {@link Os}. */
export type Os = (typeof Os)[keyof typeof Os];

/** The platform's own addresses. A `proxied()` client may not use them: they take signed calls only. */
export const Environment = {
  Test: "https://hktest.itop.qq.com",
  China: "https://itop.qq.com",
  Singapore: "https://sg.itopsdk.com",
  SiliconValley: "https://us.itopsdk.com",
} as const;

/** One of {@link Environment}. */
export type Environment = (typeof Environment)[keyof typeof Environment];
