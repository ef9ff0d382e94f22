import { Channel, createClient, proxied } from "msdk-friends";

const msdk = await createClient({ baseUrl: "/msdk", gameId: "12", channel: Channel.QQ, signer: proxied() });
const { friends } = await msdk.friendList({});
document.title = String(friends.length);
