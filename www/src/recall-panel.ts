// Friends who do not play yet. The platform answers with nothing since 2021 (seed, 2.2).

import { Channel, type RecallFriend } from "msdk-friends";

import { type AvatarStyle, avatar } from "./avatar.ts";
import type { AvatarChoice } from "./avatar-choice.ts";
import { type CallerOnly, CallForm } from "./call-form.ts";
import { copyable } from "./copy.ts";
import { el, words } from "./dom.ts";

export interface Recalled {
  form: CallForm;
  friends: readonly RecallFriend[];
}

export function startRecall(caller: CallerOnly, avatars: AvatarChoice, pictures: Promise<boolean>): Recalled {
  const form = new CallForm("recall-form", "recall", async (data, signal) => {
    const { channel } = caller.settings();
    const number = (name: string) => Number(data.get(name));
    const input = channel === Channel.QQ ? { count: number("count") } : { taskId: number("taskId") };
    const { result } = await caller.run(
      (client, player, options) => client.recallFriendsList({ ...player, ...input }, options),
      { signal },
    );
    recalled.friends = result.friends;
    if (result.friends.length === 0) return { state: "empty", content: [nobody()] };
    const style: AvatarStyle = { channel, size: avatars.size, pictures: await pictures };
    return {
      state: "ready",
      content: [
        entryPoint("shown"),
        el("ul", { class: "friends" }, ...result.friends.map((friend) => recallCard(friend, style))),
      ],
    };
  });
  const recalled: Recalled = { form, friends: [] };
  form.onChannelChange(() => {
    recalled.friends = [];
  });
  return recalled;
}

function recallCard({ sopenid, nickName, pictureUrl }: RecallFriend, style: AvatarStyle): HTMLElement {
  return el(
    "li",
    { class: "friend", "data-recall-friend": true, "data-sopenid": sopenid },
    avatar({ name: nickName, id: sopenid, pictureUrl }, style),
    el("div", { class: "who" }, words("strong", nickName, "name"), copyable(sopenid, "sopenid")),
  );
}

function entryPoint(state: "shown" | "hidden"): HTMLElement {
  return el(
    "p",
    { class: "entry-point", "data-entry-point": state },
    "The game's entry point: ",
    el("strong", { text: state }),
  );
}

function nobody(): HTMLElement {
  return el(
    "div",
    { class: "blank", role: "status" },
    el("h3", { text: "No recommended friends" }),
    el("p", { text: "A success, and what the platform answers today." }),
    entryPoint("hidden"),
  );
}
