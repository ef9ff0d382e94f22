//! The player's friends in the game (seed, I).
//!
//! A list may hold thousands, so it is read without a tree: the lexer's tokens go straight to a [`Sink`], which keeps
//! what it needs. [`Response`] is the sink for Rust; the wasm has one of its own (`spans.rs`).

use alloc::string::String;
use alloc::vec::Vec;

use crate::channel::Channel;
use crate::endpoint::{Endpoint, Player, Prepared};
use crate::endpoints::Answer;
use crate::envelope::{self, Body, Reply, display_text, identifier};
use crate::error::Error;
use crate::gender::{self, Gender};
use crate::input::Input;
use crate::json::{Fault, Kind, Reader, Text};
use crate::query::Sender;
use crate::text::{integer, parse_integer};

/// `/v2/friend/friend_list`
pub const ENDPOINT: Endpoint = Endpoint {
    name: "friend_list",
    path: "/v2/friend/friend_list",
    idempotent: true,
    channels: &[],
    seed: "I",
    prepare: |input, channel, sender| Request::read(input)?.prepare(channel, sender),
    read: |reply, channel| Response::read(reply, Rules { channel, remark: Remark::Ignored }).map(Answer::FriendList),
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
    /// Reads `{ openid, token, subChannelId? }`.
    ///
    /// # Errors
    /// `request`, naming the field.
    pub fn read(input: &Input<'_>) -> Result<Self, Error> {
        let sub_channel = match input.integer("subChannelId")? {
            None => None,
            Some(id) => Some(u32::try_from(id).ok().and_then(Channel::new).ok_or_else(|| {
                Error::request("subChannelId", "a channel's id, a positive whole number", &integer(id))
            })?),
        };
        Ok(Request { player: Player::read(input)?, sub_channel })
    }

    /// Checks the request and makes its body. The answer follows the rules of the queried channel.
    ///
    /// # Errors
    /// `request`: an empty openid or token.
    pub fn prepare(&self, channel: Channel, sender: Sender) -> Result<Prepared, Error> {
        let mut body = self.player.begin_body(sender)?;
        if let Some(sub_channel) = self.sub_channel {
            body.integer("sub_channelid", sub_channel.id().into());
        }
        Ok(Prepared::new(body, self.sub_channel.unwrap_or(channel)))
    }
}

/// Whether the friend's remark may be shown as the name. That takes an approved compliance filing (seed, 1.3, note).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Remark {
    /// The display name is the nickname.
    #[default]
    Ignored,
    /// The display name is the remark, where there is one.
    Shown,
}

/// By which rules an answer is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules {
    /// The channel that was queried.
    pub channel: Channel,
    /// Whether remarks are display names.
    pub remark: Remark,
}

/// The texts of a friend, in the order in which a [`Sink`] gets them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(usize)]
pub(crate) enum Field {
    Openid,
    UserName,
    PictureUrl,
    NickName,
    Remark,
    Country,
    Province,
    City,
    Language,
}

/// How many texts a friend has.
pub(crate) const FIELD_COUNT: usize = 9;

/// The texts' names on the wire; `provice` is how the platform spells it.
const WIRE_NAMES: [(&str, Field); FIELD_COUNT] = [
    ("openid", Field::Openid),
    ("user_name", Field::UserName),
    ("picture_url", Field::PictureUrl),
    ("nick_name", Field::NickName),
    ("friend_remark", Field::Remark),
    ("country", Field::Country),
    ("provice", Field::Province),
    ("city", Field::City),
    ("language", Field::Language),
];

/// One friend, still in the bytes of the answer.
pub(crate) struct RawFriend<'a> {
    pub(crate) texts: [Option<Text<'a>>; FIELD_COUNT],
    pub(crate) gender: Gender,
    /// Which of the texts is the display name.
    pub(crate) display_name: Field,
}

impl<'a> RawFriend<'a> {
    pub(crate) fn text(&self, field: Field) -> Option<Text<'a>> {
        self.texts[field as usize]
    }

    fn read(reader: &mut Reader<'a>, rules: Rules) -> Result<Self, Fault> {
        let mut friend =
            RawFriend { texts: [None; FIELD_COUNT], gender: Gender::Undefined, display_name: Field::UserName };
        let start = reader.offset();
        reader.enter_object()?;
        while let Some(key) = reader.next_key()? {
            if let Some((name, field)) = WIRE_NAMES.iter().find(|(name, _)| key.is(name)) {
                let text = match field {
                    Field::Openid => identifier(reader).map(Some),
                    _ => display_text(reader),
                };
                friend.texts[*field as usize] = text.map_err(|fault| fault.within_key(name))?;
            } else if key.is("gender") {
                friend.gender = gender::mask(rules.channel, parse_integer(reader.skip()?).unwrap_or(0));
            } else {
                reader.skip()?;
            }
        }
        if friend.text(Field::Openid).is_none() {
            return Err(Fault { offset: start, path: "openid".into(), problem: "the field openid" });
        }
        friend.display_name = friend.choose_display_name(rules.remark);
        Ok(friend)
    }

    /// The first that is not empty of the remark (where it may be shown), the nickname and the user name.
    fn choose_display_name(&self, remark: Remark) -> Field {
        let choices: &[Field] = match remark {
            Remark::Shown => &[Field::Remark, Field::NickName],
            Remark::Ignored => &[Field::NickName],
        };
        let filled = |field: &&Field| self.text(**field).is_some_and(|text| !text.is_empty());
        choices.iter().find(filled).copied().unwrap_or(Field::UserName)
    }
}

/// Takes the friends as they are read.
pub(crate) trait Sink<'a> {
    /// Forgets what came before: the answer holds another list.
    fn clear(&mut self);
    fn push(&mut self, friend: &RawFriend<'a>);
}

/// Reads an answer into `sink`; returns whether the list is incomplete (`is_lost`), and `seq`.
pub(crate) fn read<'a>(
    reply: &Reply<'a>,
    rules: Rules,
    sink: &mut dyn Sink<'a>,
) -> Result<(bool, Option<String>), Error> {
    let mut lists = Lists { rules, sink, degraded: false };
    let seq = envelope::read(reply, &mut lists)?;
    Ok((lists.degraded, seq))
}

struct Lists<'s, 'a> {
    rules: Rules,
    sink: &'s mut dyn Sink<'a>,
    degraded: bool,
}

impl<'a> Body<'a> for Lists<'_, 'a> {
    fn field(&mut self, key: &Text<'a>, reader: &mut Reader<'a>) -> Result<bool, Fault> {
        if key.is("lists") {
            self.read_lists(reader).map_err(|fault| fault.within_key("lists"))?;
        } else if key.is("is_lost") {
            self.degraded = is_lost(reader)?;
        } else if key.is_miscased("lists") {
            // Passing over it would turn somebody's friends into "no friends".
            return Err(reader.fault("the field lists in lower case").within_key(&key.to_lossy()));
        } else {
            return Ok(false);
        }
        Ok(true)
    }
}

impl<'a> Lists<'_, 'a> {
    /// Without in-game friends the field is absent (seed, 1.3, note); null means the same.
    fn read_lists(&mut self, reader: &mut Reader<'a>) -> Result<(), Fault> {
        self.sink.clear();
        if reader.peek()? == Kind::Null {
            return reader.skip().map(|_| ());
        }
        reader.enter_array()?;
        let mut index = 0;
        while reader.next_element()? {
            let friend = RawFriend::read(reader, self.rules).map_err(|fault| fault.within_element(index))?;
            self.sink.push(&friend);
            index += 1;
        }
        Ok(())
    }
}

/// 1, as a number or a string, says that QQ's list is incomplete (seed, 1.3).
fn is_lost(reader: &mut Reader<'_>) -> Result<bool, Fault> {
    Ok(match reader.peek()? {
        Kind::String => reader.string()?.is("1"),
        _ => reader.skip()? == b"1",
    })
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
#[derive(Clone, Debug, Default, PartialEq, Eq)]
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

impl Response {
    /// Reads an answer. Broken text in a display field becomes U+FFFD; an openid that arrives as an integer literal
    /// keeps its exact digits.
    ///
    /// # Errors
    /// Whatever the backend refused, or `malformed_response` with offset and path: a broken openid is one.
    pub fn read(reply: &Reply<'_>, rules: Rules) -> Result<Self, Error> {
        let mut response = Response::default();
        let (degraded, seq) = read(reply, rules, &mut response)?;
        Ok(Response { degraded, seq, ..response })
    }
}

impl<'a> Sink<'a> for Response {
    fn clear(&mut self) {
        self.friends.clear();
    }

    fn push(&mut self, friend: &RawFriend<'a>) {
        let text = |field| friend.text(field).map(|text: Text<'a>| text.to_lossy().into_owned());
        self.friends.push(Friend {
            openid: text(Field::Openid).unwrap_or_default(),
            user_name: text(Field::UserName).unwrap_or_default(),
            display_name: text(friend.display_name).unwrap_or_default(),
            gender: friend.gender,
            picture_url: text(Field::PictureUrl).unwrap_or_default(),
            nick_name: text(Field::NickName),
            remark: text(Field::Remark),
            country: text(Field::Country),
            province: text(Field::Province),
            city: text(Field::City),
            language: text(Field::Language),
        });
    }
}
