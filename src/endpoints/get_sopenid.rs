//! The player's sopenid, on QQ and WeChat (seed, III).

use alloc::string::String;

use crate::channel::Channel;
use crate::endpoint::{Endpoint, Player, Prepared};
use crate::endpoints::Answer;
use crate::envelope::{self, Body, Reply, identifier};
use crate::error::Error;
use crate::input::Input;
use crate::json::{Fault, Kind, Reader, Text};
use crate::query::Sender;

/// `/v2/profile/get_sopenid`
pub const ENDPOINT: Endpoint = Endpoint {
    name: "get_sopenid",
    path: "/v2/profile/get_sopenid",
    idempotent: true,
    channels: &[Channel::WECHAT, Channel::QQ],
    seed: "III",
    prepare: |input, channel, sender| Request::read(input)?.prepare(channel, sender),
    read: |reply, _| Response::read(reply).map(Answer::Sopenid),
};

/// What the call takes (seed, 3.2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Who asks.
    pub player: Player,
}

impl Request {
    /// Reads `{ openid, token }`.
    ///
    /// # Errors
    /// `request`, naming the field.
    pub fn read(input: &Input<'_>) -> Result<Self, Error> {
        Ok(Request { player: Player::read(input)? })
    }

    /// Checks the request and makes its body.
    ///
    /// # Errors
    /// `request`: an empty openid or token, or a channel other than QQ and WeChat.
    pub fn prepare(&self, channel: Channel, sender: Sender) -> Result<Prepared, Error> {
        ENDPOINT.check_channel(channel)?;
        Ok(Prepared::new(self.player.begin_body(sender)?, channel))
    }
}

/// What the call returns (seed, 3.3).
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Response {
    /// The player's sopenid.
    pub sopenid: String,
    /// The backend's number for this call.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub seq: Option<String>,
}

impl Response {
    /// Reads an answer.
    ///
    /// # Errors
    /// Whatever the backend refused, or `malformed_response`.
    pub fn read(reply: &Reply<'_>) -> Result<Self, Error> {
        let mut found = Sopenid::default();
        let seq = envelope::read(reply, &mut found)?;
        let sopenid = found.top.or(found.nested).ok_or_else(|| {
            Error::malformed(Fault { offset: 0, path: "sopenid".into(), problem: "the field sopenid" })
        })?;
        Ok(Response { sopenid, seq })
    }
}

/// The table of the seed page puts it inside `result`, the sample beside it: both are read.
#[derive(Default)]
struct Sopenid {
    top: Option<String>,
    nested: Option<String>,
}

impl<'a> Body<'a> for Sopenid {
    fn field(&mut self, key: &Text<'a>, reader: &mut Reader<'a>) -> Result<bool, Fault> {
        if key.is("sopenid") {
            self.top = Some(read_sopenid(reader)?);
            return Ok(true);
        }
        if !key.is("result") || reader.peek()? != Kind::Object {
            return Ok(false);
        }
        self.nested = None;
        reader.enter_object()?;
        while let Some(key) = reader.next_key()? {
            if key.is("sopenid") {
                self.nested = Some(read_sopenid(reader).map_err(|fault| fault.within_key("result"))?);
            } else {
                reader.skip()?;
            }
        }
        Ok(true)
    }
}

fn read_sopenid(reader: &mut Reader<'_>) -> Result<String, Fault> {
    let sopenid = identifier(reader).and_then(|text| text.to_strict());
    sopenid.map(|text| text.into_owned()).map_err(|fault| fault.within_key("sopenid"))
}
