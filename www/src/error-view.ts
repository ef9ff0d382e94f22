// An error with all that helps to find its cause.

import { isMsdkError, type MsdkError } from "msdk-friends";

import { advice } from "./advice.ts";
import { el } from "./dom.ts";

export function errorView(error: unknown, retry: () => void): HTMLElement {
  const again = el("button", { type: "button", "data-retry": true, text: "Retry" });
  again.addEventListener("click", retry);
  const known = isMsdkError(error);
  return el(
    "div",
    { class: "error", role: "alert", "data-error-kind": known ? error.kind : "console" },
    el("h3", { text: known ? title(error) : "The console failed" }),
    el("p", { class: "message", text: error instanceof Error ? error.message : "An unknown failure" }),
    known && el("p", { class: "advice", text: advice[error.kind] }),
    known && sends(error) && error.maybeSent && el("p", { class: "warning", text: twice }),
    known && facts(error),
    again,
  );
}

const title = ({ kind, endpoint }: MsdkError) => (endpoint ? `${endpoint}: ${kind}` : kind);

const sends = ({ endpoint }: MsdkError) => endpoint === "share" || endpoint === "ark_share";
const twice = "The message may have been delivered: sending it again may deliver it twice.";
const yesNo = (is: boolean) => (is ? "yes" : "no");

function facts(error: MsdkError): HTMLElement {
  const { ret, msg, platformCode, status, seq, field, jsonPath, offset } = error;
  const rows: [string, string | number | undefined][] = [
    ["ret", ret],
    ["msg", msg],
    ["platform code", platformCode],
    ["HTTP status", status],
    ["attempts", error.attempts],
    ["worth repeating", yesNo(error.retryable)],
    ["may have been sent", sends(error) ? yesNo(error.maybeSent) : undefined],
    ["field", field],
    ["at", jsonPath],
    ["offset", offset],
    ["seq", seq],
  ];
  const list = el("dl", { class: "facts" });
  for (const [name, value] of rows) {
    if (value === undefined || value === "") continue;
    list.append(
      el(
        "div",
        { "data-fact": name },
        el("dt", { text: name }),
        el("dd", { class: "mono", text: `${value}` }),
      ),
    );
  }
  return list;
}
