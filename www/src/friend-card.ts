// One friend, as the game got it.

import type { Friend } from "msdk-friends";

import { type AvatarStyle, avatar } from "./avatar.ts";
import { copyable } from "./copy.ts";
import { el, words } from "./dom.ts";

const genders = { 1: "male", 2: "female" } as const;

export function friendCard(friend: Friend, style: AvatarStyle): HTMLElement {
  const { openid, displayName, gender, pictureUrl } = friend;
  const name = displayName.trim()
    ? words("strong", displayName, "name")
    : el("em", { class: "name", text: "no name" });
  return el(
    "li",
    { class: "friend", "data-friend": true, "data-openid": openid },
    avatar({ name: displayName, id: openid, pictureUrl }, style),
    el(
      "div",
      { class: "who" },
      el(
        "div",
        { class: "line" },
        name,
        gender !== 0 && el("span", { class: "gender", text: genders[gender] }),
      ),
      copyable(openid, "openid"),
      otherNames(friend),
      places(friend),
    ),
  );
}

/** Only those that say something else than the name shown. */
function otherNames(friend: Friend): HTMLElement | undefined {
  const labelled = [
    ["nick", friend.nickName],
    ["remark", friend.remark],
    ["user", friend.userName],
  ] as const;
  const others = labelled.filter(([, value]) => value?.trim() && value !== friend.displayName);
  if (others.length === 0) return undefined;
  return el(
    "div",
    { class: "others" },
    ...others.map(([label, value]) =>
      el(
        "span",
        { class: "other" },
        el("span", { class: "label", text: label }),
        words("bdi", value ?? "", "value"),
      ),
    ),
  );
}

function places({ city, province, country, language }: Friend): HTMLElement | undefined {
  const text = [city, province, country, language].filter((part) => part?.trim()).join(" · ");
  return text ? words("span", text, "place") : undefined;
}

/** What the filter looks through. */
export function searchText({ displayName, nickName, remark, userName, openid }: Friend): string {
  return [displayName, nickName, remark, userName, openid].join("\n").toLocaleLowerCase();
}
