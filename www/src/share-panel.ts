import { shareLimits } from "msdk-friends";

import { type CallerOnly, CallForm, receipt, textOf } from "./call-form.ts";
import { find } from "./dom.ts";
import { type Known, receiverField } from "./receiver.ts";

export function startShare(caller: CallerOnly, known: Known): CallForm {
  const form = new CallForm("share-form", "share", async (data, signal) => {
    const text = (name: string) => textOf(data, name);
    const targetUrl = text("targetUrl");
    const message = present({
      title: text("title"),
      desc: text("desc"),
      link: text("link"),
      imageUrl: text("imageUrl"),
    });
    const input = {
      ...receiver(data),
      ...message,
      gameTag: text("gameTag") ?? "",
      ...(targetUrl && { channelInfo: { targetUrl } }),
    };
    const { result, warnings } = await caller.run(
      (client, player, options) => client.share({ ...player, ...input }, options),
      { signal },
    );
    return receipt("Sent once", { seq: result.seq }, warnings);
  });
  const receiver = receiverField(form, known);
  countBytes(form.form);
  return form;
}

/** The platform counts in UTF-8 bytes, which nobody sees while typing. */
function countBytes(form: HTMLFormElement): void {
  const hints = shareLimits().textHints;
  for (const input of form.querySelectorAll<HTMLInputElement>("[data-bytes]")) {
    const hint = find(`[data-bytes-of=${input.id}]`, form);
    const most = hints[input.dataset.bytes as keyof typeof hints];
    const count = () => {
      const bytes = new TextEncoder().encode(input.value).length;
      hint.textContent = `${bytes} of ${most} bytes`;
      hint.toggleAttribute("data-over", bytes > most);
    };
    input.addEventListener("input", count);
    count();
  }
}

function present<T extends object>(parts: T): { [Name in keyof T]?: Exclude<T[Name], undefined> } {
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined)) as never;
}
