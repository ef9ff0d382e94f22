//! Who calls, and who gets a message: the identifiers of a request, which `Debug` does not show.

use alloc::string::String;
use core::fmt;

use crate::object::Object;

/// The player who calls.
#[derive(Clone, PartialEq, Eq)]
pub struct Player {
    /// The MSDK openid, decimal digits as text.
    pub openid: String,
    /// The login token.
    pub token: String,
}

impl Player {
    pub(crate) fn write(&self, object: &mut Object) {
        object.text("openid", &self.openid);
        object.text("token", &self.token);
    }
}

impl fmt::Debug for Player {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Player(…)")
    }
}

/// Who gets a shared message (seed, 4.4 and 5.4).
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Receiver {
    /// `fopenid`: an in-game friend's openid.
    Friend(String),
    /// `sopenid`: an unregistered friend, from recall_friends_list.
    Unregistered(String),
}

impl Receiver {
    pub(crate) fn write(&self, object: &mut Object) {
        match self {
            Receiver::Friend(openid) => object.text("fopenid", openid),
            Receiver::Unregistered(sopenid) => object.text("sopenid", sopenid),
        }
    }
}

impl fmt::Debug for Receiver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Receiver::Friend(_) => "Friend(…)",
            Receiver::Unregistered(_) => "Unregistered(…)",
        })
    }
}
