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

/// Whether a channel's genders may be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum GenderPolicy {
    /// What arrives is shown.
    Shown,
    /// Always undefined: QQ does so itself, overseas channels must for the GDPR (seed, 1.3).
    Masked,
}

/// The edge lengths in pixels that avatar URLs can end in, ascending, in each form that is needed of them.
pub(crate) struct Sizes {
    pub(crate) pixels: &'static [u16],
    /// As the last segment of a path.
    pub(crate) segments: &'static [&'static str],
    /// For a message.
    pub(crate) list: &'static str,
}

macro_rules! sizes {
    ($($size:literal),*) => {
        Sizes {
            pixels: &[$($size),*],
            segments: &[$(stringify!($size)),*],
            list: concat!("one of ", stringify!($($size),*)),
        }
    };
}

struct Facts {
    channel: Channel,
    sizes: Sizes,
    gender: GenderPolicy,
}

/// Every channel that is not [`OTHER`].
const FACTS: &[Facts] = &[
    Facts { channel: Channel::WECHAT, sizes: sizes![0, 46, 64, 96, 132], gender: GenderPolicy::Shown },
    Facts { channel: Channel::QQ, sizes: sizes![40, 100], gender: GenderPolicy::Masked },
    unsized_with_gender(Channel::GUEST),
    unsized_with_gender(Channel::IEG_PASS),
    unsized_with_gender(Channel::SELF_ACCOUNT),
    unsized_with_gender(Channel::EGAME),
];

/// The overseas channels, and those that nobody knows yet.
const OTHER: Facts = Facts { channel: Channel(0), sizes: sizes![], gender: GenderPolicy::Masked };

const fn unsized_with_gender(channel: Channel) -> Facts {
    Facts { channel, sizes: sizes![], gender: GenderPolicy::Shown }
}

impl Channel {
    /// The channel with this id; `None` for 0, which no channel has.
    #[must_use]
    pub const fn new(id: u32) -> Option<Channel> {
        if id == 0 { None } else { Some(Channel(id)) }
    }

    /// The id on the wire.
    #[must_use]
    pub const fn id(self) -> u32 {
        self.0
    }

    /// The name that the vendor's pages give it, or "another channel".
    #[must_use]
    pub fn name(self) -> &'static str {
        Channel::KNOWN.iter().find(|(_, known)| *known == self).map_or("another channel", |(name, _)| name)
    }

    /// The edge lengths in pixels that this channel's avatar URLs can end in, ascending (seed, 1.3, note). A 0 in
    /// front is the original picture; empty where the URLs take no size.
    #[must_use]
    pub fn avatar_sizes(self) -> &'static [u16] {
        self.sizes().pixels
    }

    pub(crate) fn sizes(self) -> &'static Sizes {
        &self.facts().sizes
    }

    /// Whether this channel's genders may be shown.
    #[must_use]
    pub fn gender_policy(self) -> GenderPolicy {
        self.facts().gender
    }

    fn facts(self) -> &'static Facts {
        FACTS.iter().find(|facts| facts.channel == self).unwrap_or(&OTHER)
    }
}
