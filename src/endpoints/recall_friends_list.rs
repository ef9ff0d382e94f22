//! Friends who do not play the game yet, on QQ and WeChat (seed, II). The platform returns none since 2021-11-05
//! (seed, 2.2): a front end hides its entry point when the list is empty.

use alloc::string::String;
use alloc::vec::Vec;

use crate::channel::Channel;
use crate::endpoint::{Endpoint, Player, Prepared};
use crate::endpoints::Answer;
use crate::envelope::{self, Body, Reply, display_text, identifier, integer};
use crate::error::Error;
use crate::input::Input;
use crate::json::{Fault, Kind, Reader, Text};
use crate::query::Sender;
use crate::text;

/// `/v2/friend/recall_friends_list`
pub const ENDPOINT: Endpoint = Endpoint {
    name: "recall_friends_list",
    path: "/v2/friend/recall_friends_list",
    idempotent: true,
    channels: &[Channel::WECHAT, Channel::QQ],
    seed: "II",
    prepare: |input, channel, sender| Request::read(input, channel)?.prepare(channel, sender),
    read: |reply, _| Response::read(reply).map(Answer::RecallFriendsList),
};

/// The most friends that one call returns (seed, 2.3).
pub const MAX_COUNT: i64 = 20;

/// What the call takes (seed, 2.3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Who asks.
    pub player: Player,
    /// What is asked for.
    pub selection: Selection,
}

/// What is asked for: each channel has its own way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Selection {
    /// `task_id`, on WeChat: the task that WeChat assigned; 0 is one.
    Task(i64),
    /// `count`, on QQ: how many friends, 1 to 20.
    Count(i64),
}

impl Request {
    /// Reads `{ openid, token, taskId | count }`.
    ///
    /// # Errors
    /// `request`, naming the field.
    pub fn read(input: &Input<'_>, channel: Channel) -> Result<Self, Error> {
        let player = Player::read(input)?;
        let selection = match (input.integer("taskId")?, input.integer("count")?) {
            (Some(task), None) => Selection::Task(task),
            (None, Some(count)) => Selection::Count(count),
            (given, _) => {
                let (field, allowed) = wanted(channel);
                return Err(Error::request(field, allowed, if given.is_some() { "taskId and count" } else { "none" }));
            }
        };
        Ok(Request { player, selection })
    }

    /// Checks the request and makes its body.
    ///
    /// # Errors
    /// `request`: an empty openid or token, the other channel's selection, a count outside 1 to 20, or a channel
    /// other than QQ and WeChat.
    pub fn prepare(&self, channel: Channel, sender: Sender) -> Result<Prepared, Error> {
        ENDPOINT.check_channel(channel)?;
        let mut body = self.player.begin_body(sender)?;
        match self.selection {
            Selection::Task(task) if channel == Channel::WECHAT => body.integer("task_id", task),
            Selection::Count(count @ 1..=MAX_COUNT) if channel == Channel::QQ => body.integer("count", count),
            other => return Err(refused(channel, other)),
        }
        Ok(Prepared::new(body, channel))
    }
}

fn wanted(channel: Channel) -> (&'static str, &'static str) {
    if channel == Channel::QQ { ("count", "a whole number from 1 to 20") } else { ("taskId", "WeChat's task id") }
}

fn refused(channel: Channel, selection: Selection) -> Error {
    let (field, allowed) = wanted(channel);
    match (channel, selection) {
        (Channel::QQ, Selection::Count(count)) => Error::request(field, allowed, &text::integer(count)),
        (_, Selection::Task(_)) => Error::request(field, allowed, "taskId, which is for WeChat"),
        (_, Selection::Count(_)) => Error::request(field, allowed, "count, which is for QQ"),
    }
}

/// What the call returns (seed, 2.4).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "camelCase"))]
#[non_exhaustive]
pub struct Response {
    /// The friends, none today.
    pub friends: Vec<RecallFriend>,
    /// WeChat's model, to be reported back to it.
    #[cfg_attr(
        feature = "serde",
        serde(skip_serializing_if = "Option::is_none", serialize_with = "crate::double::optional")
    )]
    pub model_id: Option<i64>,
    /// WeChat's delivery list: strings as they are, anything else as its JSON text, so that no digit is lost.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub send_list: Option<Vec<String>>,
    /// The backend's number for this call.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub seq: Option<String>,
}

/// A friend who does not play the game yet.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "camelCase"))]
#[non_exhaustive]
pub struct RecallFriend {
    /// To be used as a share's receiver.
    pub sopenid: String,
    /// The nickname, "" when there is none.
    pub nick_name: String,
    /// The avatar's URL (`head_img_url`), "" when there is none; it already ends in a size.
    pub picture_url: String,
}

impl Response {
    /// Reads an answer. A missing or null `result`, or one without friend_list, is an empty list.
    ///
    /// # Errors
    /// Whatever the backend refused, or `malformed_response`.
    pub fn read(reply: &Reply<'_>) -> Result<Self, Error> {
        let mut response = Response::default();
        response.seq = envelope::read(reply, &mut response)?;
        Ok(response)
    }

    fn read_result(&mut self, reader: &mut Reader<'_>) -> Result<(), Fault> {
        reader.enter_object()?;
        while let Some(key) = reader.next_key()? {
            if reader.peek()? == Kind::Null {
                reader.skip()?;
            } else if key.is("friend_list") {
                self.friends = read_list(reader, read_friend).map_err(|fault| fault.within_key("friend_list"))?;
            } else if key.is("model_id") {
                self.model_id = Some(integer(reader).map_err(|fault| fault.within_key("model_id"))?);
            } else if key.is("send_list") {
                self.send_list = Some(read_list(reader, read_entry).map_err(|fault| fault.within_key("send_list"))?);
            } else {
                reader.skip()?;
            }
        }
        Ok(())
    }
}

impl<'a> Body<'a> for Response {
    fn field(&mut self, key: &Text<'a>, reader: &mut Reader<'a>) -> Result<bool, Fault> {
        if !key.is("result") {
            return Ok(false);
        }
        *self = Response::default();
        if reader.peek()? == Kind::Null {
            return Ok(false);
        }
        self.read_result(reader).map(|()| true).map_err(|fault| fault.within_key("result"))
    }
}

fn read_list<T>(reader: &mut Reader<'_>, read: impl Fn(&mut Reader<'_>) -> Result<T, Fault>) -> Result<Vec<T>, Fault> {
    let mut list = Vec::new();
    reader.enter_array()?;
    while reader.next_element()? {
        list.push(read(reader).map_err(|fault| fault.within_element(list.len()))?);
    }
    Ok(list)
}

fn read_friend(reader: &mut Reader<'_>) -> Result<RecallFriend, Fault> {
    let mut friend = RecallFriend { sopenid: String::new(), nick_name: String::new(), picture_url: String::new() };
    let start = reader.offset();
    reader.enter_object()?;
    while let Some(key) = reader.next_key()? {
        if key.is("sopenid") {
            let sopenid = identifier(reader).map_err(|fault| fault.within_key("sopenid"))?;
            friend.sopenid = sopenid.to_lossy().into_owned();
        } else if key.is("nick_name") {
            friend.nick_name = read_display(reader, "nick_name")?;
        } else if key.is("head_img_url") {
            friend.picture_url = read_display(reader, "head_img_url")?;
        } else {
            reader.skip()?;
        }
    }
    if friend.sopenid.is_empty() {
        return Err(Fault { offset: start, path: "sopenid".into(), problem: "the field sopenid" });
    }
    Ok(friend)
}

/// A display field; "" where it is null.
fn read_display(reader: &mut Reader<'_>, name: &str) -> Result<String, Fault> {
    let text = display_text(reader).map_err(|fault| fault.within_key(name))?;
    Ok(text.map_or(String::new(), |text| text.to_lossy().into_owned()))
}

fn read_entry(reader: &mut Reader<'_>) -> Result<String, Fault> {
    match reader.peek()? {
        Kind::String => identifier(reader).map(|text| text.to_lossy().into_owned()),
        _ => reader.skip().map(|raw| String::from_utf8_lossy(raw).into_owned()),
    }
}
