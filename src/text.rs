//! Text written by hand: `core::fmt` would cost the wasm several kilobytes.

use alloc::string::String;

/// Appends the decimal digits of `value`.
pub(crate) fn push_integer(out: &mut String, value: i64) {
    if value < 0 {
        out.push('-');
    }
    let mut digits = [0; 20];
    let mut start = digits.len();
    let mut rest = value.unsigned_abs();
    loop {
        start -= 1;
        digits[start] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    out.extend(digits[start..].iter().map(|&digit| digit as char));
}

/// The decimal digits of `value`.
pub(crate) fn integer(value: i64) -> String {
    let mut out = String::new();
    push_integer(&mut out, value);
    out
}

/// The integer that `text` is the plain decimal literal of: an optional minus and digits, nothing else.
pub(crate) fn parse_integer(text: &[u8]) -> Option<i64> {
    let (negative, digits) = match text.strip_prefix(b"-") {
        Some(digits) => (true, digits),
        None => (false, text),
    };
    if digits.is_empty() {
        return None;
    }
    digits.iter().try_fold(0i64, |value, digit| {
        let digit = i64::from(digit.wrapping_sub(b'0'));
        let value = value.checked_mul(10)?;
        match digit {
            0..=9 if negative => value.checked_sub(digit),
            0..=9 => value.checked_add(digit),
            _ => None,
        }
    })
}
