//! A structured message to one friend, on QQ (seed, IV).

use alloc::string::String;

use crate::answer::{MSG, RET, Reply, SEQ, Slot};
use crate::channel::Channel;
use crate::endpoint::{Endpoint, Prepared, Rules};
use crate::error::Error;
use crate::limits::SHARE_LIMITS;
use crate::object::Object;
use crate::player::{Player, Receiver};
use crate::query::Sender;
use crate::request::{Doubt, FOPENID, Field, OPENID, SOPENID, TOKEN, check_receiver};

/// `/v2/friend/share`
pub const ENDPOINT: Endpoint = Endpoint {
    name: "share",
    path: "/v2/friend/share",
    idempotent: false,
    channels: &[Channel::QQ],
    served: "QQ",
    seed: "IV",
    fields: &[
        OPENID,
        TOKEN,
        // What the table of the seed page says; its sample sends 20005.
        Field::default("type", 20000),
        FOPENID,
        SOPENID,
        Field::text("title", "title").doubtful(Doubt::Over(SHARE_LIMITS.text_hints.title_bytes)),
        Field::text("desc", "desc").doubtful(Doubt::Over(SHARE_LIMITS.text_hints.summary_bytes)),
        Field::text("link", "link").doubtful(Doubt::Unsupported),
        Field::text("imageUrl", "image_url"),
        Field::required("gameTag", "game_tag", "the tag that QQ assigned, such as MSG_INVITE")
            .doubtful(Doubt::Ending(b"_ARK", "an ARK tag: send it with arkShare")),
        Field::object("channelInfo", "channel_info", "channelInfo.", CHANNEL_INFO),
        Field::text("extra", "extra"),
    ],
    check: |input, channel| check_receiver(input).map(|()| channel),
    answer: &[RET, MSG, SEQ],
    settle: |_| Ok(()),
};

/// What a tap on the message does, on QQ.
const CHANNEL_INFO: &[Field] = &[
    Field::default("act", 1),
    Field::text("targetUrl", "target_url").doubtful(Doubt::Over(SHARE_LIMITS.text_hints.target_url_bytes)),
    Field::default("src", 0),
    Field::default("dst", 1001).doubtful(Doubt::Not(1001)),
    Field::default("flag", 1).doubtful(Doubt::Not(1)),
];

/// What the call takes (seed, 4.4).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Who shares.
    pub player: Player,
    /// Who gets it.
    pub receiver: Receiver,
    /// `game_tag`, assigned by the platform, such as `MSG_INVITE`.
    pub game_tag: String,
    /// The title; more than 45 bytes may be cut.
    pub title: Option<String>,
    /// The abstract; more than 45 bytes may be cut.
    pub desc: Option<String>,
    /// A link; the platform does not support it now.
    pub link: Option<String>,
    /// The address of the picture.
    pub image_url: Option<String>,
    /// What a tap on the message does.
    pub channel_info: Option<ChannelInfo>,
    /// Anything else the game and the platform agreed on.
    pub extra: Option<String>,
    /// `type`, 20000 when `None`
    pub kind: Option<i64>,
}

/// `channel_info` on QQ (seed, 4.4). What is `None` is sent as the default.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChannelInfo {
    /// 1, the default, launches the game.
    pub act: Option<i64>,
    /// The game center's page, with `gamedata` for the game; more than 512 bytes may be cut.
    pub target_url: Option<String>,
    /// Where the message comes from, 0 by default.
    pub src: Option<i64>,
    /// The platform takes only 1001, the default.
    pub dst: Option<i64>,
    /// Roaming; the platform takes only 1, the default.
    pub flag: Option<i64>,
}

impl ChannelInfo {
    fn to_json(&self) -> String {
        let mut object = Object::new();
        object.optional_integer("act", self.act);
        object.optional_text("targetUrl", self.target_url.as_deref());
        object.optional_integer("src", self.src);
        object.optional_integer("dst", self.dst);
        object.optional_integer("flag", self.flag);
        object.finish()
    }
}

impl Request {
    /// A message with nothing but what is required.
    pub fn new(player: Player, receiver: Receiver, game_tag: impl Into<String>) -> Self {
        Request {
            player,
            receiver,
            game_tag: game_tag.into(),
            title: None,
            desc: None,
            link: None,
            image_url: None,
            channel_info: None,
            extra: None,
            kind: None,
        }
    }

    /// Checks the request and makes its body.
    ///
    /// # Errors
    /// `request`: an empty openid, token, receiver or tag, or a channel other than QQ.
    pub fn prepare(&self, channel: Channel, sender: Sender) -> Result<Prepared, Error> {
        let mut object = Object::new();
        self.player.write(&mut object);
        self.receiver.write(&mut object);
        object.text("gameTag", &self.game_tag);
        object.optional_text("title", self.title.as_deref());
        object.optional_text("desc", self.desc.as_deref());
        object.optional_text("link", self.link.as_deref());
        object.optional_text("imageUrl", self.image_url.as_deref());
        object.optional_text("extra", self.extra.as_deref());
        object.optional_integer("type", self.kind);
        if let Some(info) = &self.channel_info {
            object.json("channelInfo", &info.to_json());
        }
        ENDPOINT.prepare(&object.finish(), channel, sender)
    }
}

/// The receipt of a share (seed, 4.4 and 5.5).
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Response {
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
        Ok(Response { seq: ENDPOINT.read(reply, Rules::NONE, &mut ())?.text(Slot::Seq) })
    }
}
