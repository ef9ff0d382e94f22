//! What an endpoint is, and what every one of them does alike.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

use crate::body::Body;
use crate::channel::Channel;
use crate::endpoints::Answer;
use crate::envelope::Reply;
use crate::error::Error;
use crate::input::Input;
use crate::query::Sender;

/// One endpoint of the seed page.
#[derive(Clone, Copy, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Endpoint {
    /// Its name, the last part of its path.
    pub name: &'static str,
    /// Its path, which is signed.
    pub path: &'static str,
    /// Whether a call may be sent twice.
    pub idempotent: bool,
    /// The channels it serves; empty where it serves all.
    pub channels: &'static [Channel],
    /// Its chapter of the seed page.
    pub seed: &'static str,
    /// Reads a caller's camelCase object and makes what is sent.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub prepare: fn(&Input<'_>, Channel, Sender) -> Result<Prepared, Error>,
    /// Reads what came back.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub read: fn(&Reply<'_>, Channel) -> Result<Answer, Error>,
}

impl Endpoint {
    /// Refuses a channel that the endpoint does not serve.
    pub(crate) fn check_channel(&self, channel: Channel) -> Result<(), Error> {
        if self.channels.is_empty() || self.channels.contains(&channel) {
            return Ok(());
        }
        let served: Vec<&str> =
            Channel::KNOWN.iter().filter(|(_, known)| self.channels.contains(known)).map(|(name, _)| *name).collect();
        Err(Error::request("channel", &served.join(" or "), "another: this endpoint does not serve it"))
    }
}

/// A request that passed its checks.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Prepared {
    /// The JSON body, to be signed and sent byte for byte.
    pub body: String,
    /// The channel whose rules the answer follows: the queried one, where it is not the client's.
    pub channel: Channel,
    /// What is sent although the seed page advises against it, a sentence each.
    pub warnings: Vec<String>,
}

impl Prepared {
    pub(crate) fn new(body: Body, channel: Channel) -> Self {
        Prepared { body: body.finish(), channel, warnings: Vec::new() }
    }
}

/// The player who calls: in every request (seed, 1.2, 2.3, 3.2, 4.4, 5.4).
#[derive(Clone, PartialEq, Eq)]
pub struct Player {
    /// The MSDK openid, decimal digits as text.
    pub openid: String,
    /// The login token.
    pub token: String,
}

impl core::fmt::Debug for Player {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Player(…)")
    }
}

impl Player {
    pub(crate) fn read(input: &Input<'_>) -> Result<Self, Error> {
        Ok(Player { openid: input.identifier("openid")?, token: input.identifier("token")? })
    }

    /// Begins a body with the player. Behind a proxy both may be empty: it knows who calls.
    pub(crate) fn begin_body(&self, sender: Sender) -> Result<Body, Error> {
        let mut body = Body::new();
        for (name, value) in [("openid", &self.openid), ("token", &self.token)] {
            match (value.is_empty(), sender) {
                (false, _) => body.text(name, value),
                (true, Sender::Proxied) => {}
                (true, Sender::Signer) => return Err(missing(name, "a non-empty string")),
            }
        }
        Ok(body)
    }
}

/// Who gets a shared message (seed, 4.4 and 5.4).
#[derive(Clone, PartialEq, Eq)]
pub enum Receiver {
    /// `fopenid`: an in-game friend's openid.
    Friend(String),
    /// `sopenid`: an unregistered friend, from recall_friends_list.
    Unregistered(String),
}

impl core::fmt::Debug for Receiver {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Receiver::Friend(_) => "Friend(…)",
            Receiver::Unregistered(_) => "Unregistered(…)",
        })
    }
}

impl Receiver {
    pub(crate) fn read(input: &Input<'_>) -> Result<Self, Error> {
        let (fopenid, sopenid) = (input.identifier("fopenid")?, input.identifier("sopenid")?);
        match (fopenid.is_empty(), sopenid.is_empty()) {
            (false, true) => Ok(Receiver::Friend(fopenid)),
            (true, false) => Ok(Receiver::Unregistered(sopenid)),
            (true, true) => Err(missing("fopenid", "a non-empty fopenid, or else a sopenid")),
            (false, false) => Err(Error::request("sopenid", "either fopenid or sopenid", "both")),
        }
    }

    pub(crate) fn write(&self, body: &mut Body) -> Result<(), Error> {
        let (name, value) = match self {
            Receiver::Friend(openid) => ("fopenid", openid),
            Receiver::Unregistered(sopenid) => ("sopenid", sopenid),
        };
        if value.is_empty() {
            return Err(missing(name, "a non-empty string"));
        }
        body.text(name, value);
        Ok(())
    }
}

pub(crate) fn missing(field: &str, allowed: &str) -> Error {
    Error::request(field, allowed, "none")
}

/// A warning about `field`.
pub(crate) fn warning(field: &str, sentence: &str) -> String {
    field.to_owned() + ": " + sentence
}
