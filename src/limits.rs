//! The platform's limits on sharing, as data (seed, 4.3 and 5.3). They are the platform's to count and to change; the
//! client only shows them.

/// Makes of one table the types, their values and the JSON text of them: so the wasm writes none at run time.
macro_rules! limits {
    ($($(#[$about:meta])* $group:ident ($group_key:literal): $Type:ident {
        $(#[$first_about:meta])* $first:ident ($first_key:literal): $First:ty = $first_value:tt,
        $($(#[$field_about:meta])* $field:ident ($key:literal): $Field:ty = $value:tt,)*
    })*) => {
        $($(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize))]
        #[non_exhaustive]
        pub struct $Type {
            $(#[$first_about])*
            #[cfg_attr(feature = "serde", serde(rename = $first_key))]
            pub $first: $First,
            $($(#[$field_about])*
            #[cfg_attr(feature = "serde", serde(rename = $key))]
            pub $field: $Field,)*
        })*

        /// All limits on sharing.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize))]
        #[non_exhaustive]
        pub struct ShareLimits {
            $($(#[$about])*
            #[cfg_attr(feature = "serde", serde(rename = $group_key))]
            pub $group: $Type,)*
        }

        /// The limits as the seed page gives them.
        pub const SHARE_LIMITS: ShareLimits = ShareLimits {
            $($group: $Type { $first: $first_value, $($field: $value,)* },)*
        };

        /// The JSON object, but for a comma in place of the brace at its end.
        const UNCLOSED: &str = concat!("{", $(
            "\"", $group_key, "\":{\"", $first_key, "\":", stringify!($first_value),
            $(",\"", $key, "\":", stringify!($value),)* "},"
        ),*);
    };
}

limits! {
    /// Structured messages of share, a day or a week.
    structured ("structured"): Structured {
        /// between the same two players
        pair_per_day ("pairPerDay"): u32 = 1,
        /// to one receiver
        receiver_per_day ("receiverPerDay"): u32 = 5,
        /// to one receiver
        receiver_per_week ("receiverPerWeek"): u32 = 20,
        /// from one sender
        sender_per_day ("senderPerDay"): u32 = 10,
        /// from one sender to one user
        sender_per_week ("senderPerWeek"): u32 = 40,
    }
    /// Messages of ark_share, a day or a week.
    ark ("ark"): Ark {
        /// to one receiver
        receiver_per_day ("receiverPerDay"): u32 = 5,
        /// to one receiver from one sender
        receiver_per_day_from_one_sender ("receiverPerDayFromOneSender"): u32 = 3,
        /// from one sender
        sender_per_day ("senderPerDay"): u32 = 30,
        /// from one sender
        sender_per_week ("senderPerWeek"): u32 = 100,
    }
    /// Messages of share through the public account "QQ Mobile Games", which the receiver has to follow.
    public_account ("publicAccount"): PublicAccount {
        /// to one receiver
        receiver_per_day ("receiverPerDay"): u32 = 3,
        /// when they are delivered, the platform's local time
        delivered_at ("deliveredAt"): [&'static str; 3] = ["12:00", "20:00", "22:00"],
    }
    /// Lengths in UTF-8 bytes from an older version of the page: longer texts are warned about and sent.
    text_hints ("textHints"): TextHints {
        /// of `title`
        title_bytes ("titleBytes"): u32 = 45,
        /// of `desc`
        summary_bytes ("summaryBytes"): u32 = 45,
        /// of `channelInfo.targetUrl`
        target_url_bytes ("targetUrlBytes"): u32 = 512,
    }
}

const CLOSED: [u8; UNCLOSED.len()] = {
    let mut bytes = [b'}'; UNCLOSED.len()];
    let mut at = 0;
    while at + 1 < bytes.len() {
        bytes[at] = UNCLOSED.as_bytes()[at];
        at += 1;
    }
    bytes
};

/// [`SHARE_LIMITS`] as a JSON object, for callers that are not Rust.
pub const SHARE_LIMITS_JSON: &str = match core::str::from_utf8(&CLOSED) {
    Ok(json) => json,
    Err(_) => panic!("the table is text"),
};
