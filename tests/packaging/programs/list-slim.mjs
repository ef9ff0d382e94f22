import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { Channel, createClient, init, keySigner } from "msdk-friends/slim";

const [baseUrl, key] = process.argv.slice(2);
await init(await readFile(fileURLToPath(import.meta.resolve("msdk-friends/msdk_friends.wasm"))));
const msdk = await createClient({ baseUrl, gameId: "12", channel: Channel.WeChat, signer: keySigner(key) });
const { friends } = await msdk.friendList({ openid: "10001", token: "T0" });
console.log(JSON.stringify(friends.map(({ displayName }) => displayName)));
