import { packArkExtra } from "msdk-friends";

import { type CallerOnly, CallForm, receipt, textOf } from "./call-form.ts";
import { byId } from "./dom.ts";
import { type Known, receiverField } from "./receiver.ts";

/** The page's own template (seed, 5.6), as QQ hands them out: with comments. */
const sample = `{
  "app": "com.tencent.gamecenter.qqsy",
  "view": "picView2",
  "desc": "游戏分享",
  "ver": "1.0.0.1",
  "config": { "forward": 0, "type": "normal" },
  "meta": {
    "shareData": {
      "appid": "1109719108", // yours
      "openId": "", "scene": "446", "url": ""
    }
  }
}`;

export function startArkShare(caller: CallerOnly, known: Known): CallForm {
  const template = byId<HTMLTextAreaElement>("ark-extra");
  const form = new CallForm("ark-form", "ark", async (data, signal) => {
    const input = { ...receiver(data), extra: textOf(data, "extra") ?? "" };
    const { result, warnings } = await caller.run(
      (client, player, options) => client.arkShare({ ...player, ...input }, options),
      { signal },
    );
    return receipt("Sent once", { seq: result.seq }, warnings);
  });
  const receiver = receiverField(form, known);
  template.value = sample;
  template.addEventListener("input", () => showPacked(template.value));
  showPacked(sample);
  return form;
}

function showPacked(template: string): void {
  const hint = byId("ark-packed");
  try {
    hint.textContent = `Packed: ${packArkExtra(template).length} bytes`;
    hint.removeAttribute("data-over");
  } catch (error) {
    hint.textContent = error instanceof Error ? error.message : "This cannot be packed";
    hint.setAttribute("data-over", "");
  }
}
