import { Channel, createClient, keySigner } from "msdk-friends/inline";

const [baseUrl, key] = process.argv.slice(2);
const msdk = await createClient({ baseUrl, gameId: "12", channel: Channel.WeChat, signer: keySigner(key) });
const { friends } = await msdk.friendList({ openid: "10001", token: "T0" });
console.log(JSON.stringify(friends.map(({ displayName }) => displayName)));
