// The friend list: loading, ready, empty, degraded, failed.

import type { Friend, FriendList } from "msdk-friends";

import type { AvatarChoice } from "./avatar-choice.ts";
import type { Caller } from "./calls.ts";
import { byId, el } from "./dom.ts";
import { friendCard, searchText } from "./friend-card.ts";
import { Region, type View } from "./region.ts";

interface Shown {
  card: HTMLElement;
  text: string;
}

export class FriendsPanel {
  readonly #region = new Region(byId("friends"));
  readonly #summary = byId("friends-summary");
  readonly #filter = byId<HTMLInputElement>("filter");
  #shown: Shown[] = [];
  #tookMs = 0;
  /** The list as it came, for the receivers of a share. */
  friends: readonly Friend[] = [];

  constructor(
    private readonly caller: Caller,
    private readonly avatars: AvatarChoice,
    private readonly pictures: Promise<boolean>,
  ) {
    this.#filter.addEventListener("input", () => this.#applyFilter());
  }

  load(): Promise<void> {
    const { channel } = this.caller.settings();
    const size = this.avatars.size;
    this.friends = [];
    this.#shown = [];
    this.#summary.textContent = "";
    return this.#region.run(
      skeleton(),
      async (signal) => {
        const began = performance.now();
        const [answer, pictures] = await Promise.all([
          this.caller
            .run((client, player, options) => client.friendList(player, options), { signal })
            .then((answer) => {
              this.#tookMs = performance.now() - began;
              return answer;
            }),
          this.pictures,
        ]);
        return { list: answer.result, pictures };
      },
      ({ list, pictures }) => this.#view(list, { channel, size, pictures }),
    );
  }

  #view(list: FriendList, style: Parameters<typeof friendCard>[1]): View {
    this.friends = list.friends;
    this.#shown = list.friends.map((friend) => ({
      card: friendCard(friend, style),
      text: searchText(friend),
    }));
    const banner = list.degraded ? degradedBanner() : undefined;
    if (list.friends.length === 0) return { state: "empty", content: [banner, noFriends()] };
    this.#applyFilter();
    return {
      state: "ready",
      content: [banner, el("ul", { class: "friends" }, ...this.#shown.map(({ card }) => card))],
    };
  }

  #applyFilter(): void {
    const wanted = this.#filter.value.trim().toLocaleLowerCase();
    let matching = 0;
    for (const { card, text } of this.#shown) {
      const matches = text.includes(wanted);
      card.hidden = !matches;
      if (matches) matching++;
    }
    const all = this.#shown.length;
    if (all === 0) return;
    const count = wanted ? `${matching} of ${all}` : `${all}`;
    this.#summary.textContent = `${count} ${all === 1 ? "friend" : "friends"} in ${Math.round(this.#tookMs)} ms`;
  }
}

function degradedBanner(): HTMLElement {
  return el(
    "div",
    { class: "banner", role: "status", "data-degraded": true },
    el("strong", { text: "Incomplete list (is_lost)." }),
    " The platform answered in its degraded mode. Do not cache this list; prefer one that is cached, and use this only when there is none.",
  );
}

function noFriends(): HTMLElement {
  return el(
    "div",
    { class: "blank", role: "status" },
    el("h3", { text: "No in-game friends" }),
    el("p", {
      text: "A success: the backend leaves out the list when none of the player's friends play this game.",
    }),
  );
}

function skeleton(): HTMLElement {
  const rows = Array.from({ length: 6 }, () =>
    el("li", { class: "friend ghost" }, el("span", { class: "avatar" })),
  );
  return el(
    "div",
    { class: "waiting" },
    el("p", { text: "Asking friend_list… the wire panel shows each attempt." }),
    el("ul", { class: "friends", "aria-hidden": true }, ...rows),
  );
}
