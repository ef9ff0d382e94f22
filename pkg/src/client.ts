import { avatarUrl } from "./avatar.ts";
import { call, type Endpoint } from "./call.ts";
import { isReady } from "./core.ts";
import type { EndpointName } from "./errors.ts";
import { type ReadRow, readFriend, readRecallFriend } from "./lists.ts";
import { checkOptions } from "./options.ts";
import { endpoints } from "./pure.ts";
import type {
  CallOptions,
  Client,
  ClientOptions,
  Player,
  ProxiedOptions,
  Receipt,
  SignedOptions,
} from "./types.ts";

/** Makes a client, loading the wasm first where `init` has not done it. Rejects with `config`, naming the option. */
export interface CreateClient {
  (options: SignedOptions): Promise<Client>;
  /** Behind a proxy the calls need not say who the player is. */
  (options: ProxiedOptions): Promise<Client<Partial<Player>>>;
  /** Either of the two. */
  (options: ClientOptions): Promise<Client<Partial<Player>>>;
}

/** {@link CreateClient} with the entry's own way to start the core. */
export async function create(
  options: ClientOptions,
  load: () => Promise<void>,
): Promise<Client<Partial<Player>>> {
  await load();
  const settings = checkOptions(options);
  const known = endpoints();

  function method<T extends Receipt>(name: EndpointName, readRow?: ReadRow) {
    const endpoint = known.find((one) => one.name === name) as Endpoint;
    return async (input: unknown, callOptions: CallOptions = {}): Promise<T> => {
      try {
        return await call(settings, endpoint, input, callOptions, readRow);
      } finally {
        // One that failed is loaded anew, for the next call.
        if (!isReady()) load().catch(() => {});
      }
    };
  }

  return {
    friendList: method("friend_list", readFriend),
    recallFriendsList: method("recall_friends_list", readRecallFriend),
    getSopenid: method("get_sopenid"),
    share: method("share"),
    arkShare: method("ark_share"),
    avatarUrl: (pictureUrl, options) => avatarUrl(options?.channel ?? settings.channel, pictureUrl, options),
  };
}
