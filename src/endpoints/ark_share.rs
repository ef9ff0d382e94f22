//! An ARK message to one friend, on QQ (seed, V).

use alloc::string::String;

use crate::channel::Channel;
use crate::endpoint::{Endpoint, Prepared};
use crate::endpoints::share;
pub use crate::endpoints::share::Response;
use crate::error::Error;
use crate::object::Object;
use crate::player::{Player, Receiver};
use crate::query::Sender;
use crate::request::{FOPENID, Field, OPENID, SOPENID, TOKEN, check_receiver};

/// `/v2/friend/ark_share`
pub const ENDPOINT: Endpoint = Endpoint {
    name: "ark_share",
    path: "/v2/friend/ark_share",
    idempotent: false,
    channels: &[Channel::QQ],
    served: "QQ",
    seed: "V",
    fields: &[OPENID, TOKEN, FOPENID, SOPENID, Field::template("extra")],
    check: |input, channel| check_receiver(input).map(|()| channel),
    answer: share::ENDPOINT.answer,
    settle: share::ENDPOINT.settle,
};

/// What the call takes (seed, 5.4).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Who shares.
    pub player: Player,
    /// Who gets it.
    pub receiver: Receiver,
    /// The template's JSON, comments allowed; [`crate::ark::pack`] makes of it what is sent.
    pub extra: String,
}

impl Request {
    /// Checks the request and makes its body.
    ///
    /// # Errors
    /// `request`: an empty openid, token or receiver, an `extra` that [`crate::ark::pack`] refuses, or a channel
    /// other than QQ.
    pub fn prepare(&self, channel: Channel, sender: Sender) -> Result<Prepared, Error> {
        let mut object = Object::new();
        self.player.write(&mut object);
        self.receiver.write(&mut object);
        object.text("extra", &self.extra);
        ENDPOINT.prepare(&object.finish(), channel, sender)
    }
}
