import {
  Channel,
  createClient,
  type Friend,
  init,
  isMsdkError,
  keySigner,
  MsdkError,
  proxied,
  remoteSigner,
  type Signer,
  sign,
} from "msdk-friends";
import { init as initInline } from "msdk-friends/inline";
import { init as initSlim } from "msdk-friends/slim";

const signer: Signer = keySigner("fake");
export const remote: Signer[] = [
  remoteSigner("https://game.example/sign"),
  remoteSigner(async ({ path, canonicalQuery, body }, { signal }) =>
    signal.aborted ? "" : path + canonicalQuery + body,
  ),
];

export async function names(token: string): Promise<string[]> {
  await init();
  await initInline();
  await initSlim(new Uint8Array(8));
  const msdk = await createClient({
    baseUrl: "http://127.0.0.1:1",
    gameId: "12",
    channel: Channel.WeChat,
    signer,
  });
  const result = await msdk.friendList({ openid: "10001", token }, { timeoutMs: 1000 });
  const friends: Friend[] = result.friends;
  return friends.map((friend) => friend.displayName);
}

/** Who signs, the program decides as it runs. */
export const either = (isSigning: boolean) =>
  createClient({
    baseUrl: "http://127.0.0.1:1",
    gameId: "12",
    channel: Channel.WeChat,
    signer: isSigning ? signer : proxied(),
  });

export function kind(error: unknown): string {
  return isMsdkError(error) ? error.kind : String(error instanceof MsdkError);
}

export const signature: string = sign({
  path: "/v2/friend/friend_list",
  query: { ts: 1 },
  body: "{}",
  key: "fake",
});

// @ts-expect-error: a channel is a number, as on the wire.
export const wrong = createClient({ baseUrl: "http://127.0.0.1:1", gameId: "12", channel: "wechat", signer });
