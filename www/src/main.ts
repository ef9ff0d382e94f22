import { init } from "msdk-friends";

import { startArkShare } from "./ark-panel.ts";
import { Caller } from "./calls.ts";
import { readConfig } from "./config.ts";
import { listenForCopies } from "./copy.ts";
import { byId } from "./dom.ts";
import { errorView } from "./error-view.ts";
import { FriendsPanel } from "./friends-panel.ts";
import { showLimits } from "./limits.ts";
import { portraitsReady } from "./portraits.ts";
import { startRecall } from "./recall-panel.ts";
import { SettingsForm } from "./settings.ts";
import { startShare } from "./share-panel.ts";
import { startSopenid } from "./sopenid-panel.ts";
import { startTabs } from "./tabs.ts";
import { Wire } from "./wire.ts";
import { showWire } from "./wire-panel.ts";

async function start(): Promise<void> {
  const [config] = await Promise.all([readConfig(), init()]);
  byId("backend-kind").textContent = "sandbox";
  byId("backend-url").textContent = config.url;

  const pictures = portraitsReady(config.url);
  const settings = new SettingsForm(config.channel);
  const wire = new Wire();
  const caller = new Caller(() => settings.read(), wire);

  startTabs();
  listenForCopies();
  showWire(wire);
  showLimits();

  const friends = new FriendsPanel(caller, settings.avatars, pictures);
  const recall = startRecall(caller, settings.avatars, pictures);
  const known = { friends: () => friends.friends, recalled: () => recall.friends };
  const forms = [recall.form, startSopenid(caller), startShare(caller, known), startArkShare(caller, known)];

  const ask = () => {
    for (const form of forms) form.follow(settings.read().channel);
    void friends.load();
  };
  settings.onAsk(ask);
  ask();
}

start().catch((error: unknown) => {
  const region = byId("friends");
  region.dataset.state = "error";
  region.replaceChildren(errorView(error, () => location.reload()));
});
