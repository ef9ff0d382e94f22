const { readFileSync } = require("node:fs");
const { Channel, createClient, init, keySigner } = require("msdk-friends/slim");

const [baseUrl, key] = process.argv.slice(2);

init(readFileSync(require.resolve("msdk-friends/msdk_friends.wasm")))
  .then(() => createClient({ baseUrl, gameId: "12", channel: Channel.WeChat, signer: keySigner(key) }))
  .then((msdk) => msdk.friendList({ openid: "10001", token: "T0" }))
  .then(({ friends }) => console.log(JSON.stringify(friends.map(({ displayName }) => displayName))));
