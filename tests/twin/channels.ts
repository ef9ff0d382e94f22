// What differs between the channels (design.md, "Masking" and "Avatars").

export const WECHAT = 1;
export const QQ = 2;

/** The sizes that an avatar URL may end in; 0 is the original. */
export function avatarSizes(channel: number): readonly number[] {
  if (channel === WECHAT) return [0, 46, 64, 96, 132];
  return channel === QQ ? [40, 100] : [];
}

/** WeChat, Guest, IEGPass, SelfAccount, EGame. */
const SHOWS_GENDER = new Set([WECHAT, 3, 7, 11, 12]);

export function maskGender(channel: number, gender: unknown): 0 | 1 | 2 {
  return SHOWS_GENDER.has(channel) && (gender === 1 || gender === 2) ? gender : 0;
}
