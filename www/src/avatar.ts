// One avatar: the picture in the wanted size over initials, which stay when it cannot be had.

import { avatarSrcset, avatarUrl } from "msdk-friends";

import { AVATAR_CSS_PIXELS, type AvatarSize } from "./avatar-choice.ts";
import { el } from "./dom.ts";
import { initialsOf, tintOf } from "./initials.ts";

export interface Portrait {
  name: string;
  /** Chooses the colour behind the initials. */
  id: string;
  pictureUrl: string;
}

export interface AvatarStyle {
  channel: number;
  size: AvatarSize;
  /** False where no picture can load, so that none is asked for. */
  pictures: boolean;
}

export function avatar(
  { name, id, pictureUrl }: Portrait,
  { channel, size, pictures }: AvatarStyle,
): HTMLElement {
  const initials = el("span", { class: "initials", "aria-hidden": true, text: initialsOf(name) });
  const frame = el("span", { class: "avatar", "data-tint": tintOf(id), "data-avatar": "initials" }, initials);
  const source = pictures ? sourceOf(channel, pictureUrl, size) : undefined;
  if (!source) return frame;

  const img = el("img", {
    alt: name,
    width: AVATAR_CSS_PIXELS,
    height: AVATAR_CSS_PIXELS,
    loading: "lazy",
    decoding: "async",
    referrerpolicy: "no-referrer",
  });
  img.addEventListener("error", () => {
    frame.dataset.avatar = "initials";
    img.remove();
  });
  if (source.srcset) {
    img.sizes = `${AVATAR_CSS_PIXELS}px`;
    img.srcset = source.srcset;
  }
  img.src = source.src;
  frame.dataset.avatar = "picture";
  frame.append(img);
  return frame;
}

function sourceOf(channel: number, pictureUrl: string, size: AvatarSize) {
  const fit = { cssPixels: AVATAR_CSS_PIXELS, devicePixelRatio };
  const src = avatarUrl(channel, pictureUrl, size === "fit" ? fit : { size });
  // Anything else than https would be refused by the browser, with a complaint in its console.
  if (!src?.startsWith("https:")) return undefined;
  return { src, srcset: size === "fit" ? avatarSrcset(channel, pictureUrl) : undefined };
}
