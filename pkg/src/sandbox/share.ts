// What the seed's sections IV and V ask of a share, and section I of sub_channelid.
import {
  invalidField,
  kindOf,
  lacking,
  member,
  optionalInteger,
  optionalText,
  requireInteger,
  requireText,
} from "./body.ts";
import type { JsonObject } from "./wire.ts";

export function checkSubChannel(fields: JsonObject): void {
  const subChannel = optionalInteger(fields, "sub_channelid");
  if (subChannel !== undefined && subChannel < 1) throw invalidField("sub_channelid", "must be a channel id");
}

/** Seed 4.4. `type` is 20000 in its table, 20005 in its sample, whose `game_tag` is empty: any type and tag passes. */
export function checkShare(fields: JsonObject): void {
  requireInteger(fields, "type", "20000 is the fixed value");
  checkReceiver(fields);
  if (optionalText(fields, "game_tag") === undefined) throw lacking("game_tag", "is missing: QQ assigns it");
  for (const name of ["title", "desc", "link", "image_url", "extra"]) optionalText(fields, name);
  checkChannelInfo(member(fields, "channel_info"));
}

function checkReceiver(fields: JsonObject): void {
  const given = ["fopenid", "sopenid"].filter((name) => member(fields, name) !== undefined);
  const [receiver] = given;
  if (receiver === undefined) {
    throw lacking(
      "fopenid",
      "is missing, and so is sopenid: fopenid is an in-game friend, sopenid an unregistered one",
    );
  }
  if (given.length > 1) throw invalidField("fopenid", "and sopenid are both given: a share has one receiver");
  requireText(fields, receiver);
}

function checkChannelInfo(info: unknown): void {
  if (info === undefined) return;
  if (typeof info !== "object" || info === null || Array.isArray(info)) {
    throw invalidField("channel_info", `is ${kindOf(info)}: an object is wanted`);
  }
  const fields = info as JsonObject;
  optionalText(fields, "target_url");
  for (const name of ["act", "src", "dst", "flag"]) optionalInteger(fields, name);
}

/** Seed 5.4. */
export function checkArkShare(fields: JsonObject): void {
  checkReceiver(fields);
  checkExtra(requireText(fields, "extra"));
}

/** `extra` is the template JSON without comments and blanks, percent-encoded once. */
function checkExtra(extra: string): void {
  if (/[^A-Za-z0-9\-._~!*'()%]/.test(extra)) {
    throw invalidField(
      "extra",
      "holds characters that are not percent-encoded (form-encoding's + for a blank is one)",
    );
  }
  const template = decodedOnce(extra);
  if (template.startsWith("%")) throw invalidField("extra", "is percent-encoded twice");
  if (!isJsonObject(template)) {
    throw invalidField("extra", "is no JSON object once decoded; comments must be removed before encoding");
  }
  if (/\s/.test(template.replace(/"(?:[^"\\]|\\.)*"/g, ""))) {
    throw invalidField("extra", "has blanks outside its strings: remove them before encoding");
  }
}

function decodedOnce(extra: string): string {
  try {
    return decodeURIComponent(extra);
  } catch {
    throw invalidField("extra", "is not percent-encoded UTF-8");
  }
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
