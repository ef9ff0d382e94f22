// From nothing to the first friend with this package.

import { Channel, createClient, keySigner } from "msdk-friends";

const { backend, player, key, ready } = globalThis.cold;

const client = await createClient({
  baseUrl: "https://backend.example",
  gameId: "12",
  channel: Channel.WeChat,
  signer: keySigner(key, { dangerouslyAllowBrowser: true }),
  fetch: backend,
});
const { friends } = await client.friendList(player);
ready(friends);
