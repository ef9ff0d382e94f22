//! The list of the endpoints. One is added by its file, its line in [`ALL`] and, where its answer differs from the
//! others', its variant of [`Answer`].

use crate::endpoint::Endpoint;

pub mod ark_share;
pub mod friend_list;
pub mod get_sopenid;
pub mod recall_friends_list;
pub mod share;

/// Every endpoint of the seed page, in its order.
pub const ALL: &[Endpoint] = &[
    friend_list::ENDPOINT,
    recall_friends_list::ENDPOINT,
    get_sopenid::ENDPOINT,
    share::ENDPOINT,
    ark_share::ENDPOINT,
];

/// The endpoint with this name.
pub fn by_name(name: &str) -> Option<&'static Endpoint> {
    ALL.iter().find(|endpoint| endpoint.name == name)
}

/// What a successful call returns.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(untagged))]
#[non_exhaustive]
pub enum Answer {
    /// of friend_list
    FriendList(friend_list::Response),
    /// of recall_friends_list
    RecallFriendsList(recall_friends_list::Response),
    /// of get_sopenid
    Sopenid(get_sopenid::Response),
    /// of share and ark_share
    Receipt(share::Response),
}
