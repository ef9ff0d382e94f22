//! The channels, and every fact that differs between them, in one table.

/// A channel by its id on the wire (`channelid`). Any positive id is a channel; one that the table does not know has
/// no avatar sizes, and its genders are masked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(transparent))]
pub struct Channel(u32);

macro_rules! channels {
    ($($constant:ident, $name:literal, $id:literal;)*) => {
        impl Channel {
            $(#[doc = concat!("`", $name, "`, id ", $id)] pub const $constant: Channel = Channel($id);)*

            /// The known channels with the names that the vendor's pages give them, by ascending id.
            pub const KNOWN: &'static [(&'static str, Channel)] = &[$(($name, Channel::$constant)),*];
        }
    };
}

channels! {
    WECHAT, "WeChat", 1;
    QQ, "QQ", 2;
    GUEST, "Guest", 3;
    FACEBOOK, "Facebook", 4;
    GAME_CENTER, "GameCenter", 5;
    GOOGLE_PLAY, "GooglePlay", 6;
    IEG_PASS, "IEGPass", 7;
    TWITTER, "Twitter", 9;
    GARENA, "Garena", 10;
    SELF_ACCOUNT, "SelfAccount", 11;
    EGAME, "EGame", 12;
    LINE, "Line", 14;
    APPLE, "Apple", 15;
    KWAI, "Kwai", 17;
    VK, "VK", 19;
    STEAM, "Steam", 21;
}

/// The picture sizes that a channel's avatar URLs can end in (seed, 1.3, note).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AvatarSizes {
    /// Edge lengths in pixels, ascending; empty where the channel's URLs take no size.
    pub pixels: &'static [u16],
    /// Whether `/0` names the original picture.
    pub original: bool,
}

/// Whether a channel's genders may be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GenderPolicy {
    /// What arrives is shown.
    Shown,
    /// Always undefined: QQ does so itself, overseas channels must for the GDPR (seed, 1.3).
    Masked,
}

struct Facts {
    channel: Channel,
    avatars: AvatarSizes,
    gender: GenderPolicy,
}

const UNSIZED: AvatarSizes = AvatarSizes { pixels: &[], original: false };

/// What an id gets that is not in [`FACTS`].
const OTHER: Facts = Facts { channel: Channel(0), avatars: UNSIZED, gender: GenderPolicy::Masked };

const fn domestic(channel: Channel) -> Facts {
    Facts { channel, avatars: UNSIZED, gender: GenderPolicy::Shown }
}

const FACTS: &[Facts] = &[
    Facts { avatars: AvatarSizes { pixels: &[46, 64, 96, 132], original: true }, ..domestic(Channel::WECHAT) },
    Facts {
        channel: Channel::QQ,
        avatars: AvatarSizes { pixels: &[40, 100], original: false },
        gender: GenderPolicy::Masked,
    },
    domestic(Channel::GUEST),
    domestic(Channel::IEG_PASS),
    domestic(Channel::SELF_ACCOUNT),
    domestic(Channel::EGAME),
];

impl Channel {
    /// The channel with this id; `None` for 0, which no channel has.
    pub const fn new(id: u32) -> Option<Channel> {
        if id == 0 { None } else { Some(Channel(id)) }
    }

    /// The id on the wire.
    pub const fn id(self) -> u32 {
        self.0
    }

    /// The picture sizes of this channel's avatar URLs.
    pub fn avatar_sizes(self) -> AvatarSizes {
        self.facts().avatars
    }

    /// Whether this channel's genders may be shown.
    pub fn gender_policy(self) -> GenderPolicy {
        self.facts().gender
    }

    fn facts(self) -> &'static Facts {
        FACTS.iter().find(|facts| facts.channel == self).unwrap_or(&OTHER)
    }
}
