// The platform's limits on sharing, so that a refused share is no riddle.

import { shareLimits } from "msdk-friends";

import { el, find } from "./dom.ts";

type Row = [who: string, limit: string];

export function showLimits(): void {
  const { structured, ark, publicAccount } = shareLimits();
  draw("structured", "Limits of structured messages", [
    ["The same two players", `${structured.pairPerDay} a day`],
    ["A receiver", `${structured.receiverPerDay} a day, ${structured.receiverPerWeek} a week`],
    ["A sender", `${structured.senderPerDay} a day, ${structured.senderPerWeek} a week to one user`],
    ["Through the public account", `${publicAccount.receiverPerDay} a day for a receiver who follows it`],
    ["Delivered at", publicAccount.deliveredAt.join(", ")],
  ]);
  draw("ark", "Limits of ARK messages", [
    ["A receiver", `${ark.receiverPerDay} a day, ${ark.receiverPerDayFromOneSender} of them from one sender`],
    ["A sender", `${ark.senderPerDay} a day, ${ark.senderPerWeek} a week`],
  ]);
}

function draw(place: string, caption: string, rows: Row[]): void {
  find(`[data-limits=${place}]`).append(
    el(
      "table",
      { class: "limits" },
      el("caption", { text: caption }),
      el(
        "tbody",
        {},
        ...rows.map(([who, limit]) =>
          el("tr", {}, el("th", { scope: "row", text: who }), el("td", { text: limit })),
        ),
      ),
    ),
  );
}
