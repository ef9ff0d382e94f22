// Who gets a share: an in-game friend by openid, or an unregistered one by sopenid. Never both.

import type { Friend, RecallFriend, Receiver } from "msdk-friends";

import type { CallForm } from "./call-form.ts";
import { el, find } from "./dom.ts";

/** Who can be suggested now. */
export interface Known {
  friends(): readonly Friend[];
  recalled(): readonly RecallFriend[];
}

const SUGGESTED = 50;

export function receiverField(call: CallForm, known: Known): (data: FormData) => Receiver {
  const { form } = call;
  const id = `${form.id}-receiver`;
  const input = el("input", {
    id,
    name: "receiver",
    class: "mono",
    list: `${id}-known`,
    spellcheck: "false",
  });
  const list = el("datalist", { id: `${id}-known` });
  const radio = (value: string, text: string, checked: boolean) =>
    el(
      "label",
      {},
      el("input", { type: "radio", name: "receiverKind", value, checked }),
      el("span", { text }),
    );
  const kinds = el(
    "div",
    { class: "segments", role: "radiogroup", "aria-label": "Receiver" },
    radio("fopenid", "In-game friend", true),
    radio("sopenid", "Unregistered friend", false),
  );
  const suggest = () => {
    const ingame = new FormData(form).get("receiverKind") === "fopenid";
    const people = ingame
      ? known.friends().map(({ openid, displayName }) => [openid, displayName])
      : known.recalled().map(({ sopenid, nickName }) => [sopenid, nickName]);
    list.replaceChildren(
      ...people.slice(0, SUGGESTED).map(([value, text = ""]) => el("option", { value, text })),
    );
  };
  const empty = () => {
    input.value = "";
    suggest();
  };
  kinds.addEventListener("change", empty);
  call.onChannelChange(empty);
  input.addEventListener("focus", suggest);

  const label = el("label", { for: id, text: "Receiver" });
  find("[data-receiver]", form).append(el("div", { class: "field" }, label, kinds, input, list));
  return (data) => {
    const value = String(data.get("receiver") ?? "").trim();
    return data.get("receiverKind") === "sopenid" ? { sopenid: value } : { fopenid: value };
  };
}
