// A form that makes one call, open only on the channels that the call serves.

import { Channel, endpoints } from "msdk-friends";

import type { Caller } from "./calls.ts";
import { byId, el, find } from "./dom.ts";
import { Region, type View } from "./region.ts";

export class CallForm {
  readonly form: HTMLFormElement;
  readonly #region: Region;
  readonly #closed = el("p", { class: "closed", hidden: true });
  readonly #channels: number[];
  readonly #forget: (() => void)[] = [];
  #channel: number | undefined;

  constructor(
    formId: string,
    region: string,
    /** Sends what the form holds. */
    send: (data: FormData, signal: AbortSignal) => Promise<View>,
  ) {
    this.form = byId(formId);
    this.#region = new Region(find(`[data-region=${region}]`));
    this.#channels = endpoints().find(({ name }) => name === this.form.dataset.call)?.channels ?? [];
    this.form.prepend(this.#closed);
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      const data = new FormData(this.form);
      const waiting = el("p", { text: `Calling ${this.form.dataset.call}…` });
      void this.#region.run(
        waiting,
        (signal) => send(data, signal),
        (view) => view,
      );
    });
  }

  /** What belongs to one channel and means nothing on another. */
  onChannelChange(forget: () => void): void {
    this.#forget.push(forget);
  }

  follow(channel: number): void {
    if (this.#channel !== undefined && this.#channel !== channel) {
      this.#region.clear();
      for (const forget of this.#forget) forget();
    }
    this.#channel = channel;
    const open = this.#channels.length === 0 || this.#channels.includes(channel);
    this.#closed.hidden = open;
    this.#closed.textContent = `Only on ${this.#channels.map(nameOf).join(" and ")}: switch the channel.`;
    find<HTMLButtonElement>("button[type=submit]", this.form).disabled = !open;
    for (const field of this.form.querySelectorAll<HTMLElement>("[data-only-channel]")) {
      field.hidden = field.dataset.onlyChannel !== String(channel);
    }
  }
}

const nameOf = (id: number) =>
  Object.entries(Channel).find(([, value]) => value === id)?.[0] ?? `channel ${id}`;

/** A field's text; undefined when it is empty, so that the call leaves it out. */
export function textOf(data: FormData, name: string): string | undefined {
  return String(data.get(name) ?? "").trim() || undefined;
}

/** What came back of a call that sends something. */
export function receipt(
  title: string,
  facts: Record<string, Node | string | undefined>,
  warnings: string[],
): View {
  const list = el("dl", { class: "facts" });
  for (const [name, value] of Object.entries(facts)) {
    if (value !== undefined && value !== "") {
      list.append(el("div", {}, el("dt", { text: name }), el("dd", { class: "mono" }, value)));
    }
  }
  return {
    state: "ready",
    content: [
      el(
        "div",
        { class: "receipt", "data-receipt": true },
        el("h3", { text: title }),
        list,
        ...warnings.map((text) => el("p", { class: "warning", "data-warning": true, text })),
      ),
    ],
  };
}

export type CallerOnly = Pick<Caller, "run" | "settings">;
