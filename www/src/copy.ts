// Identifiers are buttons that copy themselves.

import { byId, el } from "./dom.ts";

export function copyable(id: string, what: string): HTMLButtonElement {
  return el("button", {
    type: "button",
    class: "copy mono",
    title: `Copy the ${what}`,
    "aria-label": `Copy the ${what} ${id}`,
    "data-copy": id,
    text: id,
  });
}

/** One listener for the hundreds of them. */
export function listenForCopies(): void {
  document.addEventListener("click", async ({ target }) => {
    const button = target instanceof Element ? target.closest<HTMLElement>("[data-copy]") : null;
    if (!button) return;
    try {
      await navigator.clipboard.writeText(button.dataset.copy ?? "");
      announce("Copied");
    } catch {
      getSelection()?.selectAllChildren(button);
      announce("Selected: copy it by hand");
    }
  });
}

let hiding: ReturnType<typeof setTimeout> | undefined;

function announce(text: string): void {
  const toast = byId("toast");
  toast.textContent = text;
  toast.dataset.shown = "";
  clearTimeout(hiding);
  hiding = setTimeout(() => {
    delete toast.dataset.shown;
    toast.textContent = "";
  }, 1600);
}
