/** The client's method for each endpoint. Imports nothing: it is bundled for engines that have no module. */
export const METHODS = {
  friend_list: "friendList",
  recall_friends_list: "recallFriendsList",
  get_sopenid: "getSopenid",
  share: "share",
  ark_share: "arkShare",
} as const;
