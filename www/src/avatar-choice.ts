// Which picture is asked for: the one that fits the page, or an exact size of the platform.

import { avatarSize } from "msdk-friends";

import { el } from "./dom.ts";

/** "fit", or an exact size; 0 is the original. */
export type AvatarSize = "fit" | number;

/** The edge of every avatar on this page, in CSS pixels. */
export const AVATAR_CSS_PIXELS = 40;

export class AvatarChoice {
  constructor(private readonly select: HTMLSelectElement) {}

  get size(): AvatarSize {
    return this.select.value === "fit" ? "fit" : Number(this.select.value);
  }

  /** Offers the sizes of the channel, and keeps the chosen one if it is among them. */
  follow(channel: number): void {
    const chosen = this.select.value;
    const sizes = sizesOf(channel);
    const fit =
      sizes.length > 0 ? `fit ${AVATAR_CSS_PIXELS} px at ${devicePixelRatio}×` : "as it comes: no sizes here";
    this.select.replaceChildren(
      el("option", { value: "fit", text: fit }),
      ...sizes.map((size) => el("option", { value: size, text: size === 0 ? "0 · original" : `${size} px` })),
    );
    if (sizes.some((size) => String(size) === chosen)) this.select.value = chosen;
  }
}

/** Found by asking for a picture one pixel larger than the last; the package has no list of them. */
function sizesOf(channel: number): number[] {
  const sizes: number[] = [];
  try {
    for (let pixels = 1; ; ) {
      const size = avatarSize(channel, pixels);
      if (size === 0) return [...sizes, 0];
      if (size < pixels) return sizes;
      sizes.push(size);
      pixels = size + 1;
    }
  } catch {
    return []; // A channel whose pictures take no size.
  }
}
