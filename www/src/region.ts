// A part of the page that a call fills: idle, loading, ready, empty or error. Tests read the same attribute.

import { isMsdkError } from "msdk-friends";

import { el } from "./dom.ts";
import { errorView } from "./error-view.ts";

export type RegionState = "idle" | "loading" | "ready" | "empty" | "error";

/** What a call's result looks like. */
export interface View {
  state: "ready" | "empty";
  content: (Node | undefined)[];
}

export class Region {
  #running: AbortController | undefined;

  constructor(readonly element: HTMLElement) {}

  /** Forgets what is shown. What is on its way goes on, unseen: a share that left cannot be called back. */
  clear(): void {
    this.#running = undefined;
    this.#show("idle", []);
  }

  /** Shows how it goes and what came of it. A newer run ends an older one, whose result is not shown. */
  async run<T>(
    waiting: Node,
    task: (signal: AbortSignal) => Promise<T>,
    view: (result: T) => View,
  ): Promise<void> {
    this.#running?.abort();
    const run = new AbortController();
    this.#running = run;
    const cancel = el("button", { type: "button", class: "quiet", text: "Cancel" });
    cancel.addEventListener("click", () => run.abort());
    this.#show("loading", [waiting, cancel]);
    try {
      const result = await task(run.signal);
      if (this.#running !== run) return;
      const { state, content } = view(result);
      this.#show(state, content);
    } catch (error) {
      if (this.#running !== run) return;
      this.#show("error", [errorView(error, () => void this.run(waiting, task, view))]);
      // What is no error of a call is a mistake of this page, and belongs in its console.
      if (!isMsdkError(error)) console.error(error);
    }
  }

  #show(state: RegionState, content: (Node | undefined)[]): void {
    this.element.dataset.state = state;
    this.element.setAttribute("aria-busy", String(state === "loading"));
    this.element.replaceChildren(...content.filter((node) => node !== undefined));
  }
}
