//! Text written by hand: `core::fmt` would cost the wasm several kilobytes.

use alloc::string::String;
use alloc::vec::Vec;

/// The parts end to end.
pub(crate) fn join(parts: &[&str]) -> String {
    let mut text = String::new();
    for part in parts {
        text.push_str(part);
    }
    text
}

/// The decimal digits of `value`.
pub(crate) fn integer(value: i64) -> String {
    let mut out = String::from(if value < 0 { "-" } else { "" });
    push_digits(&mut out, value.unsigned_abs());
    out
}

fn push_digits(out: &mut String, value: u64) {
    if value > 9 {
        push_digits(out, value / 10);
    }
    out.push((b'0' + (value % 10) as u8) as char);
}

/// The integer that `value` is, if it is one that a double holds exactly.
pub(crate) fn whole(value: f64) -> Option<i64> {
    const MAX_SAFE: f64 = 9_007_199_254_740_991.0;
    if !(-MAX_SAFE..=MAX_SAFE).contains(&value) {
        return None;
    }
    // SAFETY: it is in the range of an i64, and no NaN.
    let whole: i64 = unsafe { value.to_int_unchecked() };
    (whole as f64 == value).then_some(whole)
}

/// `value` for a message: its digits when it is whole.
pub(crate) fn number(value: f64) -> String {
    whole(value).map_or("a fraction or no number".into(), integer)
}

/// The integer that `text` is the plain decimal literal of: an optional minus and digits, nothing else.
pub(crate) fn parse_integer(text: &[u8]) -> Option<i64> {
    let (is_negative, digits) = match text {
        [b'-', digits @ ..] => (true, digits),
        digits => (false, digits),
    };
    let mut value = None;
    for digit in digits {
        let digit = i64::from(digit.wrapping_sub(b'0'));
        // Counted downwards, where the integers reach one further.
        value =
            Some(value.unwrap_or(0i64).checked_mul(10)?.checked_sub(if digit < 10 { digit } else { return None })?);
    }
    if is_negative { value } else { value?.checked_neg() }
}

/// Where `part` stands in `text`. The standard library's search is faster on long texts and a kilobyte larger.
pub(crate) fn find(text: &[u8], part: &[u8]) -> Option<usize> {
    (0..text.len()).find(|&start| text.get(start..).is_some_and(|rest| rest.starts_with(part)))
}

/// Whether the byte is one of those in `set`. The standard library's search is for long texts, and half a kilobyte larger.
#[allow(clippy::manual_contains)]
pub(crate) fn is_one_of(byte: u8, set: &[u8]) -> bool {
    set.iter().any(|&one| one == byte)
}

/// The lower-case digit of the low four bits.
pub(crate) fn hex_digit(value: u8) -> u8 {
    match value & 15 {
        digit @ 0..10 => b'0' + digit,
        digit => b'a' - 10 + digit,
    }
}

/// Appends the byte as URLs spell those that may not stand in them.
pub(crate) fn push_percent_encoded(out: &mut Vec<u8>, byte: u8) {
    let digit = |value| hex_digit(value).to_ascii_uppercase();
    out.extend_from_slice(&[b'%', digit(byte >> 4), digit(byte)]);
}
