// The wire panel: every attempt of the last calls, newest first.

import { byId, el } from "./dom.ts";
import type { Wire, WireRow } from "./wire.ts";

export function showWire(wire: Wire): void {
  const rows = byId("wire");
  const log = byId("log");
  const draw = () => {
    rows.replaceChildren(
      ...wire.rows.map(wireRow).reverse(),
      ...(wire.rows.length ? [] : [nothing("No call yet")]),
    );
    log.replaceChildren(
      ...wire.log.map(({ level, text }) => el("li", { class: "entry", "data-level": level, text })).reverse(),
      ...(wire.log.length ? [] : [nothing("No warnings")]),
    );
  };
  // Drawn once a frame, however much happens in it.
  let due = false;
  wire.onChange(() => {
    if (due) return;
    due = true;
    requestAnimationFrame(() => {
      due = false;
      draw();
    });
  });
  byId("wire-clear").addEventListener("click", () => wire.clear());
  draw();
}

const nothing = (text: string) => el("li", { class: "nothing", text });

function wireRow(row: WireRow): HTMLElement {
  const { endpoint, attempt, state, kind, delayMs, seq } = row;
  return el(
    "li",
    {
      class: "row",
      "data-wire": endpoint,
      "data-attempt": attempt,
      "data-outcome": state === "pending" ? "pending" : kind ? "failed" : "ok",
      title: seq && `seq ${seq}`,
    },
    el(
      "div",
      { class: "line" },
      el("code", { class: "endpoint", text: endpoint }),
      el("span", { class: "attempt", text: attempt > 0 ? `#${attempt}` : "not sent" }),
      el("span", {
        class: "ms",
        text: row.ms === undefined ? (state === "pending" ? "…" : "") : `${row.ms} ms`,
      }),
    ),
    el(
      "div",
      { class: "detail" },
      fact("status", row.status),
      fact("ret", row.ret),
      row.bytes !== undefined && el("span", { class: "fact", "data-fact": "bytes", text: bytes(row.bytes) }),
      kind !== undefined && el("span", { class: "kind", text: kind }),
      delayMs !== undefined && el("span", { class: "retry", text: `retry in ${Math.round(delayMs)} ms` }),
    ),
  );
}

function fact(name: string, value: number | undefined): HTMLElement | undefined {
  return value === undefined
    ? undefined
    : el("span", { class: "fact", "data-fact": name, text: `${name} ${value}` });
}

function bytes(count: number): string {
  return count < 10_000 ? `${count} B` : `${(count / 1024).toFixed(1)} KiB`;
}
