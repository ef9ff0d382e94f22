import { type CallerOnly, CallForm, receipt } from "./call-form.ts";
import { copyable } from "./copy.ts";

export function startSopenid(caller: CallerOnly): CallForm {
  return new CallForm("sopenid-form", "sopenid", async (_data, signal) => {
    const { result, warnings } = await caller.run(
      (client, player, options) => client.getSopenid(player, options),
      { signal },
    );
    return receipt(
      "The player's sopenid",
      { sopenid: copyable(result.sopenid, "sopenid"), seq: result.seq },
      warnings,
    );
  });
}
