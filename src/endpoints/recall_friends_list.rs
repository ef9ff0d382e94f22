//! Friends who do not play the game yet, on QQ and WeChat (seed, II). The platform returns none since 2021-11-05
//! (seed, 2.2): a front end hides its entry point when the list is empty.

use alloc::string::String;
use alloc::vec::Vec;

use crate::channel::Channel;
use crate::endpoint::{Endpoint, Prepared};
use crate::envelope::{self, Body, Reply, check_case, integer};
use crate::error::Error;
use crate::input::Input;
use crate::json::{Fault, Kind, Reader, Text};
use crate::object::Object;
use crate::player::Player;
use crate::query::Sender;
use crate::record::{Record, Shown, Sink};
use crate::request::{Field, OPENID, TOKEN};
use crate::text;

/// `/v2/friend/recall_friends_list`
pub const ENDPOINT: Endpoint = Endpoint {
    name: "recall_friends_list",
    path: "/v2/friend/recall_friends_list",
    idempotent: true,
    channels: &[Channel::WECHAT, Channel::QQ],
    seed: "II",
    fields: &[OPENID, TOKEN, Field::integer("taskId", "task_id"), Field::integer("count", "count")],
    check: |input, channel| check_selection(input, channel).map(|()| channel),
    read: |reply, _, sink, object| {
        let (head, seq) = read(reply, sink)?;
        object.optional_integer("modelId", head.model_id);
        if let Some(list) = &head.send_list {
            object.texts("sendList", list);
        }
        object.optional_text("seq", seq.as_deref());
        Ok(())
    },
};

/// The most friends that one call returns (seed, 2.3).
pub const MAX_COUNT: i64 = 20;

/// QQ takes a count, WeChat a task, neither takes both.
fn check_selection(input: &Input<'_>, channel: Channel) -> Result<(), Error> {
    let (wanted, allowed, other) = if channel == Channel::QQ {
        ("count", "a whole number from 1 to 20", "taskId")
    } else {
        ("taskId", "the id of WeChat's task", "count")
    };
    match input.integer(wanted)? {
        None => Err(input.refuse(wanted, allowed, "none")),
        Some(count) if channel == Channel::QQ && !(1..=MAX_COUNT).contains(&count) => {
            Err(input.refuse(wanted, allowed, &text::integer(count)))
        }
        Some(_) if input.integer(other)?.is_some() => Err(input.refuse(other, "none on this channel", "one")),
        Some(_) => Ok(()),
    }
}

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
    /// Checks the request and makes its body.
    ///
    /// # Errors
    /// `request`: an empty openid or token, the other channel's selection, a count outside 1 to 20, or a channel
    /// other than QQ and WeChat.
    pub fn prepare(&self, channel: Channel, sender: Sender) -> Result<Prepared, Error> {
        let mut object = Object::new();
        self.player.write(&mut object);
        match self.selection {
            Selection::Task(task) => object.integer("taskId", task),
            Selection::Count(count) => object.integer("count", count),
        }
        ENDPOINT.prepare(&object.finish(), channel, sender)
    }
}

/// The names on the wire of a friend's texts, in the order of [`Record::texts`].
const NAMES: [&str; 3] = ["sopenid", "nick_name", "head_img_url"];

fn read<'a>(reply: &Reply<'a>, sink: &mut dyn Sink<'a>) -> Result<(Head, Option<String>), Error> {
    let mut result = RecallResult { sink, head: Head::default() };
    let seq = envelope::read(reply, &mut result)?;
    Ok((result.head, seq))
}

/// What stands beside the friends.
#[derive(Default)]
struct Head {
    model_id: Option<i64>,
    send_list: Option<Vec<String>>,
}

struct RecallResult<'s, 'a> {
    sink: &'s mut dyn Sink<'a>,
    head: Head,
}

impl<'a> Body<'a> for RecallResult<'_, 'a> {
    /// A missing or null `result`, or one without friend_list, is an empty list.
    fn field(&mut self, key: &Text<'a>, reader: &mut Reader<'a>) -> Result<bool, Fault> {
        check_case(key, "result", reader)?;
        if !key.is("result") {
            return Ok(false);
        }
        self.sink.clear();
        self.head = Head::default();
        if reader.peek()? == Kind::Null {
            return Ok(false);
        }
        reader.enter_object()?;
        while let Some(key) = reader.next_key()? {
            self.result_field(&key, reader)?;
        }
        Ok(true)
    }
}

impl<'a> RecallResult<'_, 'a> {
    fn result_field(&mut self, key: &Text<'a>, reader: &mut Reader<'a>) -> Result<(), Fault> {
        check_case(key, "friend_list", reader)?;
        let is_null = reader.peek()? == Kind::Null;
        if key.is("friend_list") {
            self.sink.clear();
            if !is_null {
                return self.read_friends(reader);
            }
        } else if key.is("model_id") {
            self.head.model_id = None;
            if !is_null {
                self.head.model_id = Some(integer(reader)?);
                return Ok(());
            }
        } else if key.is("send_list") {
            self.head.send_list = None;
            if !is_null {
                self.head.send_list = Some(read_send_list(reader)?);
                return Ok(());
            }
        }
        // A null, or a field that nobody knows.
        reader.skip().map(|_| ())
    }

    fn read_friends(&mut self, reader: &mut Reader<'a>) -> Result<(), Fault> {
        reader.enter_array()?;
        while reader.next_element()? {
            self.sink.push(&Record::read(reader, &NAMES)?, Shown::default());
        }
        Ok(())
    }
}

fn read_send_list(reader: &mut Reader<'_>) -> Result<Vec<String>, Fault> {
    let mut list = Vec::new();
    reader.enter_array()?;
    while reader.next_element()? {
        let text = match reader.peek()? {
            Kind::String => reader.string()?.to_lossy().into_owned(),
            _ => String::from_utf8_lossy(reader.skip()?).into_owned(),
        };
        list.push(text);
    }
    Ok(list)
}

/// What the call returns (seed, 2.4).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "camelCase"))]
#[non_exhaustive]
pub struct Response {
    /// The friends, none today.
    pub friends: Vec<RecallFriend>,
    /// WeChat's model, to be reported back to it.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
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
    /// Reads an answer.
    ///
    /// # Errors
    /// Whatever the backend refused, or `malformed_response`.
    pub fn read(reply: &Reply<'_>) -> Result<Self, Error> {
        let mut friends = Vec::new();
        let (Head { model_id, send_list }, seq) = read(reply, &mut friends)?;
        Ok(Response { friends, model_id, send_list, seq })
    }
}

impl<'a> Sink<'a> for Vec<RecallFriend> {
    fn clear(&mut self) {
        Vec::clear(self);
    }

    fn push(&mut self, record: &Record<'a>, _: Shown) {
        let text = |field: usize| record.texts[field].map_or(String::new(), |text| text.to_lossy().into_owned());
        self.push(RecallFriend { sopenid: text(0), nick_name: text(1), picture_url: text(2) });
    }
}
