import { generateFriends } from "./generate.ts";
import { friendsSample } from "./samples.ts";
import type { WireFriend } from "./wire.ts";

/** The friends that a channel's `lists` holds. */
export type FriendSource = (channel: number) => readonly WireFriend[];

/** The samples where nothing is wanted; N generated ones; or the caller's own rows, on every channel. */
export function friendSource(wanted: number | readonly WireFriend[] | undefined): FriendSource {
  if (wanted === undefined) return friendsSample;
  if (typeof wanted !== "number") return () => wanted;
  const made = new Map<number, readonly WireFriend[]>();
  return (channel) => {
    const friends = made.get(channel) ?? generateFriends(wanted, channel);
    made.set(channel, friends);
    return friends;
  };
}
