//! Text written by hand: `core::fmt` would cost the wasm several kilobytes.

use alloc::string::String;

/// The parts end to end.
pub(crate) fn join(parts: &[&str]) -> String {
    let mut text = String::new();
    for part in parts {
        text.push_str(part);
    }
    text
}

/// Appends the decimal digits of `value`.
pub(crate) fn push_integer(out: &mut String, value: i64) {
    if value < 0 {
        out.push('-');
    }
    push_unsigned(out, value.unsigned_abs());
}

pub(crate) fn push_unsigned(out: &mut String, value: u64) {
    if value > 9 {
        push_unsigned(out, value / 10);
    }
    out.push((b'0' + (value % 10) as u8) as char);
}

/// The decimal digits of `value`.
pub(crate) fn integer(value: i64) -> String {
    let mut out = String::new();
    push_integer(&mut out, value);
    out
}

/// `value` for a message: its digits when it is whole.
pub(crate) fn number(value: f64) -> String {
    let whole = value as i64;
    if whole as f64 == value { integer(whole) } else { String::from("a fraction or no number") }
}

/// The integer that `text` is the plain decimal literal of: an optional minus and digits, nothing else.
pub(crate) fn parse_integer(text: &[u8]) -> Option<i64> {
    let (sign, digits) = match text.strip_prefix(b"-") {
        Some(digits) => (-1, digits),
        None => (1, text),
    };
    if digits.is_empty() {
        return None;
    }
    let mut value = 0i64;
    for digit in digits {
        if !digit.is_ascii_digit() {
            return None;
        }
        value = value.checked_mul(10)?.checked_add(sign * i64::from(digit - b'0'))?;
    }
    Some(value)
}

/// Where `part` stands in `text`. The standard library's search is faster on long texts and a kilobyte larger.
pub(crate) fn find(text: &[u8], part: &[u8]) -> Option<usize> {
    (0..text.len()).find(|&start| text.get(start..).is_some_and(|rest| rest.starts_with(part)))
}

/// The digits of `byte` in the base 16.
pub(crate) fn hex(byte: u8, digits: &[u8; 16]) -> [char; 2] {
    [digits[usize::from(byte >> 4)] as char, digits[usize::from(byte & 15)] as char]
}

pub(crate) const LOWER_HEX: &[u8; 16] = b"0123456789abcdef";
