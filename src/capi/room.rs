//! How much memory an operation can take at most. It is there before the operation begins: the core allocates as if memory
//! could not end.
//!
//! The bounds hold for the arena (`arena.rs`), in which what is freed last is used again first and all else stays taken:
//! a text that grows behind others takes up to four times its length, one that grows at the end twice.
//! tests/capi/tests/suite/room.rs tries to break them.

use crate::answer::FieldKind;
use crate::endpoints;

/// What takes the same whatever is passed: messages, constants.
pub(super) const FIXED: usize = 4 << 10;

/// For the table of the endpoints, as text.
pub(super) const ENDPOINTS: usize = 16 << 10;

/// Natively addresses and lengths are twice as wide.
const WIDTH: usize = size_of::<usize>() / 4;

fn of(texts: &[&str], factor: usize) -> usize {
    let length = texts.iter().fold(0usize, |sum, text| sum.saturating_add(text.len()));
    length.saturating_mul(factor).saturating_add(FIXED)
}

/// For texts that are put together.
pub(super) fn of_copies(texts: &[&str]) -> usize {
    of(texts, 4)
}

/// For a caller's object. A member takes 5 bytes at least, and 28 when it was read, of a table that may be half empty: 11
/// times the text. The rest is what is made of the values: three times the length where it is percent-encoded, and the
/// body around that; or the parameters of a query, 16 bytes each.
pub(super) fn of_object(texts: &[&str]) -> usize {
    of(texts, 32 * WIDTH)
}

/// For a `srcset`, which is written anew for each of four sizes, of an address that may become three times as long.
pub(super) fn of_srcset(url: &str) -> usize {
    of(&[url], 128)
}

/// For an answer. A list becomes six times as long at most (an entry that has an openid and nothing else; or a broken
/// nickname, whose bytes become three each, twice), a third more while it grows. A refusal takes more: its `msg` as a text
/// and in the message, and both of them as JSON, where an escape of two bytes becomes one of six, in a text that grows.
/// Where an answer is not UTF-8, each of its bytes may become three.
pub(super) fn of_answer(endpoint: &str, bytes: &[u8]) -> usize {
    let longer = if str::from_utf8(bytes).is_ok() { 1 } else { 3 };
    let factor = longer * if has_texts(endpoint) { 40 * WIDTH } else { 16 };
    // The path to a fault: up to 64 levels, each of which writes it anew. A byte that opens an array becomes three.
    let path = bytes.len().saturating_mul(256).min(96 << 10);
    bytes.len().saturating_mul(factor).saturating_add(path + FIXED)
}

/// Whether an answer of the endpoint may hold an array of texts: of an element of two bytes that takes a text of its own.
fn has_texts(endpoint: &str) -> bool {
    fn any(fields: &[crate::answer::Field]) -> bool {
        fields.iter().any(|field| match field.kind {
            FieldKind::Texts(_) => true,
            FieldKind::Object(inner) | FieldKind::ObjectOrNone(inner) => any(inner),
            _ => false,
        })
    }
    endpoints::by_name(endpoint).is_some_and(|endpoint| any(endpoint.answer))
}
