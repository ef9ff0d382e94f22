import { number, object, text } from "./arguments.ts";
import type { Channel } from "./constants.ts";
import * as core from "./core.ts";
import type { AvatarOptions } from "./types.ts";

/**
 * The URL of the picture in the wanted size; `undefined` where there is no picture. URLs of other hosts than qlogo.cn
 * are returned as they are, and on a channel whose URLs take no size those of qlogo.cn too, but for https. Sizing twice
 * is sizing once.
 *
 * @throws `request`: a size that the channel does not have, or pixels that are not above 0.
 */
export function avatarUrl(channel: Channel, pictureUrl: string, options: AvatarOptions): string | undefined {
  object("options", options);
  const url = text("pictureUrl", pictureUrl);
  const id = number("channel", channel);
  if (options.size !== undefined) return core.avatarUrl(id, url, number("size", options.size));
  const { cssPixels, devicePixelRatio = 1 } = options;
  return core.avatarUrl(
    id,
    url,
    number("cssPixels", cssPixels),
    number("devicePixelRatio", devicePixelRatio),
  );
}

/**
 * The smallest of the channel's sizes that covers the pixels; above the largest, WeChat's original (0) or QQ's largest.
 *
 * @throws `request`: pixels that are not above 0, or a channel whose avatars take no size.
 */
export function avatarSize(channel: Channel, cssPixels: number, devicePixelRatio = 1): number {
  return core.avatarSize(
    number("channel", channel),
    number("cssPixels", cssPixels),
    number("devicePixelRatio", devicePixelRatio),
  );
}

/** All sizes but the original for an `img`'s `srcset`; `undefined` where the URL takes no size. */
export function avatarSrcset(channel: Channel, pictureUrl: string): string | undefined {
  return core.avatarSrcset(number("channel", channel), text("pictureUrl", pictureUrl));
}
