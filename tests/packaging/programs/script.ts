// A script without modules, as LayaAir's and Egret's projects are: the types are copied into the project, and the global is there.

declare const wx: MsdkFriends.MiniHost;

const friendsOf = async (openid: string, token: string): Promise<MsdkFriends.Friend[]> => {
  const { createClient, Channel, proxied } = MsdkFriends;
  const msdk = await createClient({
    host: wx,
    baseUrl: "https://game.example/msdk",
    channel: Channel.WeChat,
    signer: proxied(),
  });
  return (await msdk.friendList({ openid, token })).friends;
};

friendsOf("4724195171999796436", "token").then(({ length }) => length);
