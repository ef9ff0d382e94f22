//! Texts that make as much work of few bytes as they can.

/// `opening`, then `unit` with its number in place of `#`, comma-separated, up to `length` bytes, then `closing`.
pub fn repeated(opening: &str, unit: &str, closing: &str, length: usize) -> Vec<u8> {
    let mut text = opening.to_string();
    let mut number = 0u32;
    loop {
        let comma = if number == 0 { "" } else { "," };
        let next = unit.replace('#', &short_name(number));
        if text.len() + comma.len() + next.len() + closing.len() > length {
            return (text + closing).into_bytes();
        }
        text.push_str(comma);
        text.push_str(&next);
        number += 1;
    }
}

/// The shortest names that are all different.
fn short_name(mut number: u32) -> String {
    const DIGITS: &[u8] = b"abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-._~";
    let base = DIGITS.len() as u32;
    let mut name = String::new();
    loop {
        name.push(DIGITS[(number % base) as usize].into());
        number /= base;
        if number == 0 {
            return name;
        }
        number -= 1;
    }
}

/// `unit` over and over between `opening` and `closing`, up to `length` bytes.
pub fn filled(opening: &[u8], unit: &[u8], closing: &[u8], length: usize) -> Vec<u8> {
    let count = length.saturating_sub(opening.len() + closing.len()) / unit.len();
    [opening, &unit.repeat(count), closing].concat()
}
