// The form on the left: what every call is made with.

import type { FaultStep } from "msdk-friends/sandbox";

import { AvatarChoice } from "./avatar-choice.ts";
import { byId, el } from "./dom.ts";
import { samplePlayer } from "./players.ts";

export interface Settings {
  channel: number;
  /** Empty where nobody is logged in. */
  openid: string;
  useRemark: boolean;
  fault: FaultStep;
}

/** Every fault of the sandbox, with what it shows. */
const faults: Record<FaultStep, string> = {
  none: "none",
  "http-500": "http-500 · server error",
  "http-429-retry-after": "http-429 · too many requests",
  reset: "reset · connection lost",
  "stall-headers": "stall-headers · no answer",
  "stall-body": "stall-body · half an answer",
  "slow-drip": "slow-drip · slow, but right",
  truncated: "truncated · cut short",
  "not-json": "not-json · broken text",
  "html-error-page": "html-error-page · a gateway's page",
  "wrong-case-keys": "wrong-case-keys · Ret, Lists",
  "is-lost": "is-lost · degraded list",
  "no-lists": "no-lists · no friends",
  "invalid-utf8": "invalid-utf8 · damaged names",
  huge: "huge · too large",
};

export class SettingsForm {
  readonly #form = byId<HTMLFormElement>("setup");
  readonly #openid = byId<HTMLInputElement>("openid");
  readonly #fault = byId<HTMLSelectElement>("fault");
  readonly avatars = new AvatarChoice(byId("avatar"));

  constructor(channel: number) {
    this.#fault.append(...Object.entries(faults).map(([value, text]) => el("option", { value, text })));
    for (const radio of this.#radios()) radio.checked = Number(radio.value) === channel;
    this.#follow(channel, undefined);
    this.#sayNow();
    // On a phone the results come first.
    if (matchMedia("(max-width: 719px)").matches) byId<HTMLDetailsElement>("setup-details").open = false;
  }

  read(): Settings {
    const data = new FormData(this.#form);
    return {
      channel: Number(data.get("channel")),
      openid: this.#openid.value.trim(),
      useRemark: data.has("useRemark"),
      fault: this.#fault.value as FaultStep,
    };
  }

  /** A switch is a whole new question, so it is asked at once; typed text waits for the button. */
  onAsk(ask: () => void): void {
    let channel = this.read().channel;
    this.#form.addEventListener("change", ({ target }) => {
      if (target === this.#openid) return;
      const before = channel;
      channel = this.read().channel;
      if (channel !== before) this.#follow(channel, before);
      this.#sayNow();
      ask();
    });
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      ask();
    });
  }

  /** The channel's sizes, and its sample player unless somebody typed another one. */
  #follow(channel: number, before: number | undefined): void {
    this.avatars.follow(channel);
    const old = samplePlayer(before ?? channel);
    const untouched = before === undefined || this.#openid.value.trim() === old;
    if (untouched) this.#openid.value = samplePlayer(channel);
  }

  /** What stays visible when the form is folded. */
  #sayNow(): void {
    const name = this.#radios().find(({ checked }) => checked)?.nextElementSibling?.textContent ?? "";
    byId("setup-now").textContent = this.#fault.value === "none" ? name : `${name}, ${this.#fault.value}`;
  }

  #radios(): HTMLInputElement[] {
    return [...this.#form.querySelectorAll<HTMLInputElement>("input[name=channel]")];
  }
}
