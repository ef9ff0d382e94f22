//! Friends who do not play the game yet, on QQ and WeChat (seed, II). The platform returns none since 2021-11-05
//! (seed, 2.2): a front end hides its entry point when the list is empty.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use crate::answer::{Field, FieldKind, List, MSG, RET, Reply, SEQ, Slot};
use crate::channel::Channel;
use crate::endpoint::{Endpoint, Prepared, Rules};
use crate::error::Error;
use crate::input::Input;
use crate::object::Object;
use crate::player::Player;
use crate::query::Sender;
use crate::record::{Record, Shown, Sink};
use crate::request::{self, OPENID, TOKEN};
use crate::text;

/// `/v2/friend/recall_friends_list`
pub const ENDPOINT: Endpoint = Endpoint {
    name: "recall_friends_list",
    path: "/v2/friend/recall_friends_list",
    idempotent: true,
    channels: &[Channel::WECHAT, Channel::QQ],
    served: "WeChat or QQ",
    seed: "II",
    fields: &[OPENID, TOKEN, request::Field::integer("taskId", "task_id"), request::Field::integer("count", "count")],
    check: |input, channel| check_selection(input, channel).map(|()| channel),
    // A missing or null `result`, or one without friend_list, is an empty list.
    answer: &[RET, MSG, SEQ, Field { wire: "result", name: "", kind: FieldKind::Object(RESULT) }],
    settle: |_| Ok(()),
};

/// What stands inside `result` (seed, 2.4).
const RESULT: &[Field] = &[
    Field {
        wire: "friend_list",
        name: "",
        kind: FieldKind::List(&List {
            names: NAMES,
            shown: |_, _| Shown::default(),
            #[cfg(feature = "capi")]
            columns: COLUMNS,
        }),
    },
    Field { wire: "model_id", name: "modelId", kind: FieldKind::OptionalInteger(Slot::ModelId) },
    Field { wire: "send_list", name: "sendList", kind: FieldKind::Texts(Slot::SendList) },
];

/// The names on the wire of a friend's texts, in the order of [`Record::texts`].
const NAMES: &[&str] = &["sopenid", "nick_name", "head_img_url"];

/// The fields of [`RecallFriend`], which are never absent.
#[cfg(feature = "capi")]
const COLUMNS: crate::capi::list::Columns =
    crate::capi::list::Columns { always: &["sopenid", "nickName", "pictureUrl"], optional: &[], has_shown: false };

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
#[non_exhaustive]
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

/// What the call returns (seed, 2.4).
#[derive(Clone, Default, PartialEq, Eq)]
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
#[derive(Clone, PartialEq, Eq)]
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

/// Without WeChat's delivery list, which names players.
impl fmt::Debug for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Response");
        shown.field("friends", &self.friends).field("model_id", &self.model_id).field("seq", &self.seq);
        shown.finish_non_exhaustive()
    }
}

/// Without the sopenid: a list may end up in a log.
impl fmt::Debug for RecallFriend {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RecallFriend").field("nick_name", &self.nick_name).finish_non_exhaustive()
    }
}

impl Response {
    /// Reads an answer.
    ///
    /// # Errors
    /// Whatever the backend refused, or `malformed_response`.
    pub fn read(reply: &Reply<'_>) -> Result<Self, Error> {
        let mut friends = Vec::new();
        let answer = ENDPOINT.read(reply, Rules::NONE, &mut friends)?;
        Ok(Response {
            friends,
            model_id: answer.integer(Slot::ModelId),
            send_list: answer.texts(Slot::SendList),
            seq: answer.text(Slot::Seq),
        })
    }
}

impl<'a> Sink<'a> for Vec<RecallFriend> {
    fn clear(&mut self) {
        Vec::clear(self);
    }

    fn push(&mut self, record: &Record<'a>, _: Shown) {
        let text = |field: usize| record.texts[field].map_or(String::new(), |text| text.to_lossy());
        self.push(RecallFriend { sopenid: text(0), nick_name: text(1), picture_url: text(2) });
    }
}
