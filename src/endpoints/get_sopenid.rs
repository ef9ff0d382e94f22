//! The player's sopenid, on QQ and WeChat (seed, III).

use alloc::string::String;
use core::fmt;

use crate::answer::{Field, FieldKind, MSG, RET, Reply, SEQ, Slot};
use crate::channel::Channel;
use crate::endpoint::{Endpoint, Prepared, Rules};
use crate::error::Error;
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
    served: "WeChat or QQ",
    seed: "III",
    fields: &[OPENID, TOKEN],
    check: |_, channel| Ok(channel),
    answer: &[
        RET,
        MSG,
        SEQ,
        // The sample of the seed page has it beside `result`, the table inside: both are read.
        Field { wire: "sopenid", name: "sopenid", kind: FieldKind::Identifier(Slot::Sopenid) },
        Field {
            wire: "result",
            name: "",
            kind: FieldKind::ObjectOrNone(&[Field {
                wire: "sopenid",
                name: "",
                kind: FieldKind::Identifier(Slot::NestedSopenid),
            }]),
        },
    ],
    settle: |answer| {
        let sopenid = answer.get(Slot::Sopenid).or(answer.get(Slot::NestedSopenid));
        answer.set(Slot::Sopenid, sopenid);
        if sopenid.is_none() { Err(answer.missing("sopenid")) } else { Ok(()) }
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
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Response {
    /// The player's sopenid.
    pub sopenid: String,
    /// The backend's number for this call.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub seq: Option<String>,
}

/// Without the sopenid.
impl fmt::Debug for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response").field("seq", &self.seq).finish_non_exhaustive()
    }
}

impl Response {
    /// Reads an answer.
    ///
    /// # Errors
    /// Whatever the backend refused, or `malformed_response`.
    pub fn read(reply: &Reply<'_>) -> Result<Self, Error> {
        let answer = ENDPOINT.read(reply, Rules::NONE, &mut ())?;
        Ok(Response { sopenid: answer.text(Slot::Sopenid).unwrap_or_default(), seq: answer.text(Slot::Seq) })
    }
}
