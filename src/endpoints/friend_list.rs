//! The player's friends in the game (seed, I).

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use crate::answer::{Field, FieldKind, List, MSG, RET, Reply, SEQ, Slot};
use crate::channel::Channel;
use crate::endpoint::{Endpoint, Prepared, Remark, Rules};
use crate::error::Error;
use crate::gender::{self, Gender};
use crate::object::Object;
use crate::player::Player;
use crate::query::Sender;
use crate::record::{Record, Shown, Sink};
use crate::request::{self, OPENID, TOKEN};
use crate::text::integer;

/// `/v2/friend/friend_list`
pub const ENDPOINT: Endpoint = Endpoint {
    name: "friend_list",
    path: "/v2/friend/friend_list",
    idempotent: true,
    channels: &[],
    served: "every channel",
    seed: "I",
    fields: &[OPENID, TOKEN, request::Field::integer("subChannelId", "sub_channelid")],
    check: |input, channel| match input.integer("subChannelId")? {
        None => Ok(channel),
        Some(id) => u32::try_from(id)
            .ok()
            .and_then(Channel::new)
            .ok_or_else(|| input.refuse("subChannelId", "a channel's id, a positive whole number", &integer(id))),
    },
    answer: &[
        RET,
        MSG,
        SEQ,
        // Without in-game friends the field is absent (seed, 1.3, note); null means the same.
        Field {
            wire: "lists",
            name: "",
            kind: FieldKind::List(&List {
                names: NAMES,
                shown,
                #[cfg(feature = "capi")]
                columns: COLUMNS,
            }),
        },
        // 1 says that QQ's list is incomplete (seed, 1.3).
        Field { wire: "is_lost", name: "degraded", kind: FieldKind::Flag(Slot::Degraded) },
    ],
    settle: |_| Ok(()),
};

/// What the call takes (seed, 1.2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Whose friends.
    pub player: Player,
    /// `sub_channelid`: another channel that is bound to the player's account, to be queried instead.
    pub sub_channel: Option<Channel>,
}

impl Request {
    /// Checks the request and makes its body. The answer follows the rules of the queried channel.
    ///
    /// # Errors
    /// `request`: an empty openid or token.
    pub fn prepare(&self, channel: Channel, sender: Sender) -> Result<Prepared, Error> {
        let mut object = Object::new();
        self.player.write(&mut object);
        object.optional_integer("subChannelId", self.sub_channel.map(|channel| channel.id().into()));
        ENDPOINT.prepare(&object.finish(), channel, sender)
    }
}

/// The names on the wire of a friend's texts, in the order of [`Record::texts`], and of the gender. `provice` is how the
/// platform spells it.
const NAMES: &[&str] = &[
    "openid",
    "user_name",
    "picture_url",
    "nick_name",
    "friend_remark",
    "country",
    "provice",
    "city",
    "language",
    "gender",
];
const USER_NAME: usize = 1;
const NICK_NAME: usize = 3;
const REMARK: usize = 4;

/// The fields of [`Friend`] in the order of [`NAMES`], and which of them are never absent.
#[cfg(feature = "capi")]
const COLUMNS: crate::capi::list::Columns = crate::capi::list::Columns {
    always: &["openid", "userName", "pictureUrl"],
    optional: &["nickName", "remark", "country", "province", "city", "language"],
    has_shown: true,
};

fn shown(friend: &Record<'_>, rules: Rules) -> Shown {
    Shown { gender: gender::mask(rules.channel, friend.gender), name: display_name(friend, rules.remark) }
}

/// The first that is not empty of the remark (where it may be shown), the nickname and the user name.
fn display_name(friend: &Record<'_>, remark: Remark) -> usize {
    if remark == Remark::Shown && friend.filled(REMARK) {
        REMARK
    } else if friend.filled(NICK_NAME) {
        NICK_NAME
    } else {
        USER_NAME
    }
}

/// What the call returns (seed, 1.3).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Response {
    /// The friends who play the game, without the player.
    pub friends: Vec<Friend>,
    /// `is_lost`: QQ returned incomplete data. Do not cache it; prefer what is cached.
    pub degraded: bool,
    /// The backend's number for this call.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub seq: Option<String>,
}

/// A friend who plays the game (seed, 1.3, "lists description").
#[derive(Clone, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "camelCase"))]
#[non_exhaustive]
pub struct Friend {
    /// The friend's MSDK openid, decimal digits as text.
    pub openid: String,
    /// `user_name`: what the platform chooses to return, "" when absent.
    pub user_name: String,
    /// The name to show: the first that is not empty of the remark (only where [`Remark::Shown`]), the nickname and
    /// the user name.
    pub display_name: String,
    /// The gender, masked.
    pub gender: Gender,
    /// The avatar's URL without a size, "" when there is none; [`crate::avatar::url`] adds the size.
    pub picture_url: String,
    /// The nickname; only from WeChat, with permission.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub nick_name: Option<String>,
    /// `friend_remark`: the player's own name for the friend; only from WeChat, with permission.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub remark: Option<String>,
    /// Not from WeChat.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub country: Option<String>,
    /// `provice` on the wire.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub province: Option<String>,
    /// City.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub city: Option<String>,
    /// Language.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub language: Option<String>,
}

/// Without the openid: a list may end up in a log.
impl fmt::Debug for Friend {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Friend");
        shown.field("display_name", &self.display_name).field("gender", &self.gender).finish_non_exhaustive()
    }
}

impl Response {
    /// Reads an answer. Broken text in a display field becomes U+FFFD; an openid that arrives as an integer literal
    /// keeps its exact digits.
    ///
    /// # Errors
    /// Whatever the backend refused, or `malformed_response` with offset and path: a broken openid is one.
    pub fn read(reply: &Reply<'_>, rules: Rules) -> Result<Self, Error> {
        let mut friends = Vec::new();
        let answer = ENDPOINT.read(reply, rules, &mut friends)?;
        Ok(Response { friends, degraded: answer.get(Slot::Degraded).is_some(), seq: answer.text(Slot::Seq) })
    }
}

impl<'a> Sink<'a> for Vec<Friend> {
    fn clear(&mut self) {
        Vec::clear(self);
    }

    fn push(&mut self, record: &Record<'a>, shown: Shown) {
        let text = |field: usize| record.texts[field].map(|text| text.to_lossy());
        let [openid, user_name, picture_url, nick_name, remark, country, province, city, language] =
            core::array::from_fn(text);
        self.push(Friend {
            openid: openid.unwrap_or_default(),
            user_name: user_name.unwrap_or_default(),
            display_name: text(shown.name).unwrap_or_default(),
            gender: shown.gender,
            picture_url: picture_url.unwrap_or_default(),
            nick_name,
            remark,
            country,
            province,
            city,
            language,
        });
    }
}
