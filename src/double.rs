//! Integers as doubles, for serde: JavaScript has no other numbers without BigInt, which mini-game hosts lack, and a
//! wasm import that takes an i64 needs it.

use serde::Serializer;

/// An optional integer. Beyond 2^53 it loses digits, which only a broken backend can cause: return codes are small.
pub(crate) fn optional<S: Serializer>(value: &Option<i64>, serializer: S) -> Result<S::Ok, S::Error> {
    match value {
        Some(value) => serializer.serialize_f64(*value as f64),
        None => serializer.serialize_none(),
    }
}

/// An offset into a document, which is below 2^32.
pub(crate) fn offset<S: Serializer>(value: &Option<usize>, serializer: S) -> Result<S::Ok, S::Error> {
    optional(&value.map(|value| value as i64), serializer)
}
