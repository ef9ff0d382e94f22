//! An ARK message to one friend, on QQ (seed, V).

use alloc::string::String;

use crate::ark;
use crate::channel::Channel;
use crate::endpoint::{Endpoint, Player, Prepared, Receiver, missing};
use crate::endpoints::Answer;
pub use crate::endpoints::share::Response;
use crate::error::Error;
use crate::input::Input;
use crate::query::Sender;

/// `/v2/friend/ark_share`
pub const ENDPOINT: Endpoint = Endpoint {
    name: "ark_share",
    path: "/v2/friend/ark_share",
    idempotent: false,
    channels: &[Channel::QQ],
    seed: "V",
    prepare: |input, channel, sender| Request::read(input)?.prepare(channel, sender),
    read: |reply, _| Response::read(reply).map(Answer::Receipt),
};

/// What the call takes (seed, 5.4).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Who shares.
    pub player: Player,
    /// Who gets it.
    pub receiver: Receiver,
    /// The template's JSON, comments allowed; [`ark::pack`] makes of it what is sent.
    pub extra: String,
}

impl Request {
    /// Reads `{ openid, token, fopenid | sopenid, extra }`, extra being an object or the text of one.
    ///
    /// # Errors
    /// `request`, naming the field.
    pub fn read(input: &Input<'_>) -> Result<Self, Error> {
        Ok(Request {
            player: Player::read(input)?,
            receiver: Receiver::read(input)?,
            extra: input.text_or_object("extra")?.unwrap_or_default(),
        })
    }

    /// Checks the request and makes its body.
    ///
    /// # Errors
    /// `request`: an empty openid, token or receiver, an `extra` that [`ark::pack`] refuses, or a channel other than
    /// QQ.
    pub fn prepare(&self, channel: Channel, sender: Sender) -> Result<Prepared, Error> {
        ENDPOINT.check_channel(channel)?;
        let mut body = self.player.begin_body(sender)?;
        self.receiver.write(&mut body)?;
        if self.extra.is_empty() {
            return Err(missing("extra", ark::ALLOWED));
        }
        body.text("extra", &ark::pack(&self.extra)?);
        Ok(Prepared::new(body, channel))
    }
}
