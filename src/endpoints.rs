//! The list of the endpoints. One is added by its file and its line in [`ALL`].

use crate::answer::MAX_FIELDS;
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

/// The walker of answers has room for what the tables hold; to be looked at when an endpoint is added.
const _: () = {
    let mut index = 0;
    while index < ALL.len() {
        assert!(ALL[index].answer.len() <= MAX_FIELDS, "src/answer.rs: MAX_FIELDS");
        index += 1;
    }
};

/// The endpoint with this name.
#[must_use]
pub fn by_name(name: &str) -> Option<&'static Endpoint> {
    ALL.iter().find(|endpoint| endpoint.name == name)
}
