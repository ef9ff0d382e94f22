//! Gender, masked where the channel demands it (seed, 1.3: GDPR).

use crate::channel::{Channel, GenderPolicy};

/// A friend's gender, numbered as on the wire.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(u8)]
#[non_exhaustive]
pub enum Gender {
    /// 0: not known, or masked.
    #[default]
    Undefined = 0,
    /// 1
    Male = 1,
    /// 2
    Female = 2,
}

/// The gender that a caller may see of `gender`, the number that arrived for a friend on `channel`. Whatever is not
/// 1 or 2 is undefined, and so is everything on a channel that masks.
#[must_use]
pub fn mask(channel: Channel, gender: i64) -> Gender {
    match (channel.gender_policy(), gender) {
        (GenderPolicy::Shown, 1) => Gender::Male,
        (GenderPolicy::Shown, 2) => Gender::Female,
        _ => Gender::Undefined,
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Gender {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u8(*self as u8)
    }
}
