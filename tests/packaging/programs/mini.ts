import {
  Channel,
  createAbort,
  createClient,
  type Friend,
  init,
  isMsdkError,
  type MiniHost,
  proxied,
  remoteSigner,
} from "msdk-friends/mini";

declare const wx: MiniHost;

export async function friends(openid: string, token: string): Promise<Friend[]> {
  await init("/libs/msdk_friends.wasm");
  await init({ host: wx, wasmPath: false });
  const msdk = await createClient({
    host: wx,
    baseUrl: "https://game.example/msdk",
    channel: Channel.QQ,
    wasmPath: "/libs/msdk_friends.wasm",
    maxParallelRequests: 5,
    signer: proxied(),
  });
  const { signal, abort } = createAbort();
  const list = await msdk.friendList({ openid, token }, { signal });
  abort();
  return list.friends;
}

export const signed = createClient({
  baseUrl: "https://backend.example",
  gameId: "12",
  channel: Channel.QQ,
  signer: remoteSigner("https://game.example/sign"),
});

export const kind = (error: unknown): string => (isMsdkError(error) ? error.kind : "none");

// @ts-expect-error: cookies are a page's.
export const wrong = createClient({ baseUrl: "", channel: 1, signer: proxied(), credentials: "omit" });
