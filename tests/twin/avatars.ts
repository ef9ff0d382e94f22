// Avatar URLs (seed, 1.3, note; design.md, "Avatars").

import { avatarSizes } from "./channels.ts";
import { requestError } from "./errors.ts";

const URL_PARTS = /^(https?:)?\/\/([^/\\?#]*)([^?#]*)(.*)$/is;
// Neither a user name nor a port is part of an avatar's host.
const QLOGO = /^(?:[^@:]*\.)?qlogo\.cn$/i;

interface Picture {
  origin: string;
  path: string;
  rest: string;
}

function parse(url: string): Picture | undefined {
  const [, scheme, host = "", path = "", rest = ""] = URL_PARTS.exec(url) ?? [];
  if (!QLOGO.test(host)) return undefined;
  return { origin: `${scheme === undefined ? "" : "https:"}//${host}`, path, rest };
}

function sized({ origin, path, rest }: Picture, sizes: readonly number[], size: number): string {
  const segments = path.replace(/\/+$/, "").split("/");
  const last = segments.length > 1 ? segments.at(-1) : undefined;
  if (sizes.some((known) => String(known) === last)) segments.pop();
  return `${origin}${segments.join("/").replace(/\/+$/, "")}/${size}${rest}`;
}

export function avatarSize(channel: number, cssPixels: number, devicePixelRatio = 1): number {
  if (!(cssPixels > 0)) throw requestError("cssPixels");
  if (!(devicePixelRatio > 0)) throw requestError("devicePixelRatio");
  const sizes = avatarSizes(channel);
  if (sizes.length === 0) throw requestError("channel");
  const covering = sizes.find((size) => size > 0 && size >= cssPixels * devicePixelRatio);
  return covering ?? (sizes.includes(0) ? 0 : Math.max(...sizes));
}

export type Wanted = { size: number } | { cssPixels: number; devicePixelRatio?: number };

export function avatarUrl(channel: number, pictureUrl: string, wanted: Wanted): string | undefined {
  if (pictureUrl === "") return undefined;
  const picture = parse(pictureUrl);
  if (!picture) return pictureUrl;
  const sizes = avatarSizes(channel);
  if (sizes.length === 0) return picture.origin + picture.path + picture.rest;
  if (!("size" in wanted)) {
    return sized(picture, sizes, avatarSize(channel, wanted.cssPixels, wanted.devicePixelRatio));
  }
  if (!sizes.includes(wanted.size)) throw requestError("size");
  return sized(picture, sizes, wanted.size);
}

export function avatarSrcset(channel: number, pictureUrl: string): string | undefined {
  const picture = parse(pictureUrl);
  const sizes = avatarSizes(channel);
  if (!picture || sizes.length === 0) return undefined;
  return sizes
    .filter((size) => size > 0)
    .map((size) => `${sized(picture, sizes, size).replace(/[\t\n\f\r ,]/g, encodeURIComponent)} ${size}w`)
    .join(", ");
}
