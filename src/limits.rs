//! The platform's limits on sharing, as data (seed, 4.3 and 5.3). They are the platform's to count and to change; the
//! client only shows them.

use alloc::string::String;

use crate::object::Object;

/// All limits on sharing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "camelCase"))]
#[non_exhaustive]
pub struct ShareLimits {
    /// share, structured messages
    pub structured: Structured,
    /// ark_share, ARK messages
    pub ark: Ark,
    /// share, messages through the public account
    pub public_account: PublicAccount,
    /// lengths above which the platform may cut a text
    pub text_hints: TextHints,
}

/// Messages a day or a week, structured messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "camelCase"))]
#[non_exhaustive]
pub struct Structured {
    /// between the same two players
    pub pair_per_day: u32,
    /// to one receiver
    pub receiver_per_day: u32,
    /// to one receiver
    pub receiver_per_week: u32,
    /// from one sender
    pub sender_per_day: u32,
    /// from one sender to one user
    pub sender_per_week: u32,
}

/// Messages a day or a week, ARK messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "camelCase"))]
#[non_exhaustive]
pub struct Ark {
    /// to one receiver
    pub receiver_per_day: u32,
    /// to one receiver from one sender
    pub receiver_per_day_from_one_sender: u32,
    /// from one sender
    pub sender_per_day: u32,
    /// from one sender
    pub sender_per_week: u32,
}

/// Messages through the public account "QQ Mobile Games", which the receiver has to follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "camelCase"))]
#[non_exhaustive]
pub struct PublicAccount {
    /// to one receiver
    pub receiver_per_day: u32,
    /// when they are delivered, the platform's local time
    pub delivered_at: [&'static str; 3],
}

/// Lengths in UTF-8 bytes from an older version of the page: longer texts are warned about and sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "camelCase"))]
#[non_exhaustive]
pub struct TextHints {
    /// of `title`
    pub title_bytes: u32,
    /// of `desc`
    pub summary_bytes: u32,
    /// of `channelInfo.targetUrl`
    pub target_url_bytes: u32,
}

pub(crate) const TEXT_HINTS: TextHints = TextHints { title_bytes: 45, summary_bytes: 45, target_url_bytes: 512 };

/// The limits as the seed page gives them.
pub const SHARE_LIMITS: ShareLimits = ShareLimits {
    structured: Structured {
        pair_per_day: 1,
        receiver_per_day: 5,
        receiver_per_week: 20,
        sender_per_day: 10,
        sender_per_week: 40,
    },
    ark: Ark { receiver_per_day: 5, receiver_per_day_from_one_sender: 3, sender_per_day: 30, sender_per_week: 100 },
    public_account: PublicAccount { receiver_per_day: 3, delivered_at: ["12:00", "20:00", "22:00"] },
    text_hints: TEXT_HINTS,
};

impl ShareLimits {
    /// The limits as a JSON object, for callers that are not Rust.
    pub fn to_json(&self) -> String {
        let mut limits = Object::new();
        limits.integers(
            "structured",
            &[
                ("pairPerDay", self.structured.pair_per_day),
                ("receiverPerDay", self.structured.receiver_per_day),
                ("receiverPerWeek", self.structured.receiver_per_week),
                ("senderPerDay", self.structured.sender_per_day),
                ("senderPerWeek", self.structured.sender_per_week),
            ],
        );
        limits.integers(
            "ark",
            &[
                ("receiverPerDay", self.ark.receiver_per_day),
                ("receiverPerDayFromOneSender", self.ark.receiver_per_day_from_one_sender),
                ("senderPerDay", self.ark.sender_per_day),
                ("senderPerWeek", self.ark.sender_per_week),
            ],
        );
        let mut public_account = Object::new();
        public_account.integer("receiverPerDay", self.public_account.receiver_per_day.into());
        public_account.texts("deliveredAt", &self.public_account.delivered_at.map(String::from));
        limits.json("publicAccount", &public_account.finish());
        limits.integers(
            "textHints",
            &[
                ("titleBytes", self.text_hints.title_bytes),
                ("summaryBytes", self.text_hints.summary_bytes),
                ("targetUrlBytes", self.text_hints.target_url_bytes),
            ],
        );
        limits.finish()
    }
}
