//! A structured message to one friend, on QQ (seed, IV).

use alloc::string::String;

use crate::body::Body;
use crate::channel::Channel;
use crate::endpoint::{Endpoint, Player, Prepared, Receiver, missing, warning};
use crate::endpoints::Answer;
use crate::envelope::{self, Reply};
use crate::error::Error;
use crate::input::Input;
use crate::limits::TEXT_HINTS;
use crate::query::Sender;

/// `/v2/friend/share`
pub const ENDPOINT: Endpoint = Endpoint {
    name: "share",
    path: "/v2/friend/share",
    idempotent: false,
    channels: &[Channel::QQ],
    seed: "IV",
    prepare: |input, channel, sender| Request::read(input)?.prepare(channel, sender),
    read: |reply, _| Response::read(reply).map(Answer::Receipt),
};

/// What the table of the seed page says `type` is; its sample sends 20005.
const STRUCTURED: i64 = 20000;

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
    /// `type`, 20000 by default
    pub kind: i64,
}

/// `channel_info` on QQ (seed, 4.4).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChannelInfo {
    /// 1 launches the game.
    pub act: i64,
    /// The game center's page, with `gamedata` for the game; more than 512 bytes may be cut.
    pub target_url: Option<String>,
    /// Where the message comes from.
    pub src: i64,
    /// The platform takes only 1001.
    pub dst: i64,
    /// Roaming; the platform takes only 1.
    pub flag: i64,
}

impl Default for ChannelInfo {
    fn default() -> Self {
        ChannelInfo { act: 1, target_url: None, src: 0, dst: 1001, flag: 1 }
    }
}

impl ChannelInfo {
    fn read(input: &Input<'_>) -> Result<Self, Error> {
        let default = ChannelInfo::default();
        Ok(ChannelInfo {
            act: input.integer("act")?.unwrap_or(default.act),
            target_url: input.text("targetUrl")?,
            src: input.integer("src")?.unwrap_or(default.src),
            dst: input.integer("dst")?.unwrap_or(default.dst),
            flag: input.integer("flag")?.unwrap_or(default.flag),
        })
    }

    fn body(&self) -> Body {
        let mut body = Body::new();
        body.integer("act", self.act);
        body.optional_text("target_url", self.target_url.as_deref());
        body.integer("src", self.src);
        body.integer("dst", self.dst);
        body.integer("flag", self.flag);
        body
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
            kind: STRUCTURED,
        }
    }

    /// Reads `{ openid, token, fopenid | sopenid, gameTag, title?, desc?, link?, imageUrl?, channelInfo?, extra?,
    /// type? }`.
    ///
    /// # Errors
    /// `request`, naming the field.
    pub fn read(input: &Input<'_>) -> Result<Self, Error> {
        let channel_info = input.object("channelInfo")?;
        let channel_info = channel_info.map(|info| ChannelInfo::read(&info)).transpose();
        Ok(Request {
            player: Player::read(input)?,
            receiver: Receiver::read(input)?,
            game_tag: input.text("gameTag")?.unwrap_or_default(),
            title: input.text("title")?,
            desc: input.text("desc")?,
            link: input.text("link")?,
            image_url: input.text("imageUrl")?,
            channel_info: channel_info.map_err(|error| error.inside("channelInfo"))?,
            extra: input.text("extra")?,
            kind: input.integer("type")?.unwrap_or(STRUCTURED),
        })
    }

    /// Checks the request and makes its body.
    ///
    /// # Errors
    /// `request`: an empty openid, token, receiver or tag, or a channel other than QQ.
    pub fn prepare(&self, channel: Channel, sender: Sender) -> Result<Prepared, Error> {
        ENDPOINT.check_channel(channel)?;
        let mut body = self.player.begin_body(sender)?;
        body.integer("type", self.kind);
        self.receiver.write(&mut body)?;
        body.optional_text("title", self.title.as_deref());
        body.optional_text("desc", self.desc.as_deref());
        body.optional_text("link", self.link.as_deref());
        body.optional_text("image_url", self.image_url.as_deref());
        if self.game_tag.is_empty() {
            return Err(missing("gameTag", "the tag that QQ assigned, such as MSG_INVITE"));
        }
        body.text("game_tag", &self.game_tag);
        if let Some(info) = &self.channel_info {
            body.object("channel_info", info.body());
        }
        body.optional_text("extra", self.extra.as_deref());
        let mut prepared = Prepared::new(body, channel);
        self.warn(&mut prepared);
        Ok(prepared)
    }

    /// Warns of what the seed page calls unsupported, fixed or too long. It is sent all the same: the page and the
    /// platform have disagreed before.
    fn warn(&self, prepared: &mut Prepared) {
        let mut warn_if = |doubtful: bool, field: &str, sentence: &str| {
            if doubtful {
                prepared.warnings.push(warning(field, sentence));
            }
        };
        let too_long =
            |text: &Option<String>, bytes: u32| text.as_ref().is_some_and(|text| text.len() > bytes as usize);
        warn_if(self.link.as_ref().is_some_and(|link| !link.is_empty()), "link", "QQ does not support it now");
        warn_if(self.game_tag.ends_with("_ARK"), "gameTag", "an ARK tag: send it with arkShare");
        warn_if(too_long(&self.title, TEXT_HINTS.title_bytes), "title", "over 45 bytes, QQ may cut it");
        warn_if(too_long(&self.desc, TEXT_HINTS.summary_bytes), "desc", "over 45 bytes, QQ may cut it");
        if let Some(info) = &self.channel_info {
            let long = too_long(&info.target_url, TEXT_HINTS.target_url_bytes);
            warn_if(long, "channelInfo.targetUrl", "over 512 bytes, QQ may cut it");
            warn_if(info.dst != 1001, "channelInfo.dst", "QQ takes only 1001");
            warn_if(info.flag != 1, "channelInfo.flag", "QQ takes only 1");
        }
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
        Ok(Response { seq: envelope::read(reply, &mut ())? })
    }
}
