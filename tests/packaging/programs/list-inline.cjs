const { Channel, createClient, keySigner } = require("msdk-friends/inline");

const [baseUrl, key] = process.argv.slice(2);

createClient({ baseUrl, gameId: "12", channel: Channel.WeChat, signer: keySigner(key) })
  .then((msdk) => msdk.friendList({ openid: "10001", token: "T0" }))
  .then(({ friends }) => console.log(JSON.stringify(friends.map(({ displayName }) => displayName))));
