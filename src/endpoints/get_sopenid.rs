//! The player's sopenid, on QQ and WeChat (seed, III).

use alloc::string::String;

use crate::channel::Channel;
use crate::endpoint::{Endpoint, Prepared};
use crate::envelope::{self, Body, Reply, identifier};
use crate::error::Error;
use crate::json::{Fault, Kind, Reader, Text};
use crate::object::Object;
use crate::player::Player;
use crate::query::Sender;
use crate::request::{OPENID, TOKEN};

/// `/v2/profile/get_sopenid`
pub const ENDPOINT: Endpoint = Endpoint {
    name: "get_sopenid",
    path: "/v2/profile/get_sopenid",
    idempotent: true,
    channels: &[Channel::WECHAT, Channel::QQ],
    seed: "III",
    fields: &[OPENID, TOKEN],
    check: |_, channel| Ok(channel),
    read: |reply, _, _, object| {
        let response = Response::read(reply)?;
        object.text("sopenid", &response.sopenid);
        object.optional_text("seq", response.seq.as_deref());
        Ok(())
    },
};

/// What the call takes (seed, 3.2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Who asks.
    pub player: Player,
}

impl Request {
    /// Checks the request and makes its body.
    ///
    /// # Errors
    /// `request`: an empty openid or token, or a channel other than QQ and WeChat.
    pub fn prepare(&self, channel: Channel, sender: Sender) -> Result<Prepared, Error> {
        let mut object = Object::new();
        self.player.write(&mut object);
        ENDPOINT.prepare(&object.finish(), channel, sender)
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
        match found.top.or(found.nested) {
            Some(sopenid) => Ok(Response { sopenid: sopenid.to_lossy().into_owned(), seq }),
            None => Err(Error::malformed(&Reader::new(b"").missing(0, "sopenid", "a value")).with_seq(seq)),
        }
    }
}

/// The table of the seed page puts it inside `result`, the sample beside it: both are read.
#[derive(Default)]
struct Sopenid<'a> {
    top: Option<Text<'a>>,
    nested: Option<Text<'a>>,
}

impl<'a> Body<'a> for Sopenid<'a> {
    fn field(&mut self, key: &Text<'a>, reader: &mut Reader<'a>) -> Result<bool, Fault> {
        if key.is("sopenid") {
            self.top = identifier(reader)?;
            return Ok(true);
        }
        if !key.is("result") {
            return Ok(false);
        }
        self.nested = None;
        if reader.peek()? != Kind::Object {
            return Ok(false);
        }
        reader.enter_object()?;
        while let Some(key) = reader.next_key()? {
            if key.is("sopenid") {
                self.nested = identifier(reader)?;
            } else {
                reader.skip()?;
            }
        }
        Ok(true)
    }
}
