// Scripts that use the package inside a bare engine, as its page evaluates them.

/** `text`, whose value is what it returns, may use the package's names, `clientWith`, and `ask`: a call and what it comes to. */
export const asking = (text) => `(() => {
  const { createAbort, createClient, keySigner, Channel } = standIn.package;
  const { baseUrl, key, gameId, options } = standIn.surroundings;
  const common = { baseUrl, gameId, channel: Channel.WeChat, maxRetries: 0 };
  common.signer = keySigner(key, { dangerouslyAllowBrowser: true });
  const clientWith = (more) => createClient(Object.assign({}, common, options, more));
  const player = { openid: "9007199254740993111", token: "hosts-token" };
  const ask = (client, more) =>
    client.friendList(player, more).then(({ friends }) => friends.length, ({ kind }) => kind);
  return (async () => { ${text} })();
})()`;
