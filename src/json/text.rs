//! A string of a document, decoded only where it is kept.

use alloc::borrow::Cow;
use alloc::string::String;
use core::str;

/// A string (or a number's literal) as it stands in the document: without its quotes, escapes not yet decoded.
#[derive(Clone, Copy, Debug)]
pub struct Text<'a> {
    raw: &'a [u8],
    plain: bool,
}

impl<'a> Text<'a> {
    pub(super) fn new(raw: &'a [u8], plain: bool) -> Self {
        Text { raw, plain }
    }

    /// A value's own JSON, for [`Text::raw`] alone: it is not a string's.
    pub(crate) fn of_json(raw: &'a [u8]) -> Self {
        Text { raw, plain: true }
    }

    /// The raw bytes when they are ASCII without escapes, so that they are the text.
    pub fn plain(&self) -> Option<&'a [u8]> {
        self.plain.then_some(self.raw)
    }

    /// The bytes between the quotes, escapes as they stand.
    pub fn raw(&self) -> &'a [u8] {
        self.raw
    }

    /// Hands the decoded text to `out` piece by piece. Invalid UTF-8 (each maximal part of it) and lone surrogates
    /// become U+FFFD. Returns whether there were none.
    pub fn decode(&self, out: &mut dyn FnMut(&str)) -> bool {
        let mut whole = true;
        let mut rest = self.raw;
        while !rest.is_empty() {
            let end = rest.iter().position(|&byte| byte == b'\\').unwrap_or(rest.len());
            let (unescaped, escaped) = rest.split_at_checked(end).unwrap_or((rest, &[]));
            for chunk in unescaped.utf8_chunks() {
                out(chunk.valid());
                if !chunk.invalid().is_empty() {
                    whole = false;
                    out("\u{FFFD}");
                }
            }
            rest = escaped;
            if !rest.is_empty() {
                let (character, length) = unescape(rest);
                whole &= character.is_some();
                out(character.unwrap_or(char::REPLACEMENT_CHARACTER).encode_utf8(&mut [0; 4]));
                rest = rest.get(length..).unwrap_or_default();
            }
        }
        whole
    }

    /// The text for a display field: what is broken in it becomes U+FFFD.
    pub fn to_lossy(&self) -> Cow<'a, str> {
        self.collect().0
    }

    /// The text for an identifier, or `None` when something in it is broken.
    pub fn to_whole(&self) -> Option<Cow<'a, str>> {
        let (text, whole) = self.collect();
        whole.then_some(text)
    }

    /// Whether the decoded text is `name`.
    pub fn is(&self, name: &str) -> bool {
        if self.plain { self.raw == name.as_bytes() } else { *self.to_lossy() == *name }
    }

    /// Whether the text is `name` in other capitals; exact names are told by [`Text::is`].
    pub fn is_miscased(&self, name: &str) -> bool {
        self.raw.eq_ignore_ascii_case(name.as_bytes()) && self.raw != name.as_bytes()
    }

    fn collect(&self) -> (Cow<'a, str>, bool) {
        if let Some(Ok(text)) = self.plain().map(str::from_utf8) {
            return (Cow::Borrowed(text), true);
        }
        let mut text = String::with_capacity(self.raw.len());
        let whole = self.decode(&mut |piece| text.push_str(piece));
        (Cow::Owned(text), whole)
    }
}

/// Decodes the escape at the start of `raw`, which the lexer has checked: the character, or nothing for a lone
/// surrogate, and how many bytes it takes.
fn unescape(raw: &[u8]) -> (Option<char>, usize) {
    let simple = match raw.get(1).copied().unwrap_or_default() {
        b'b' => 8,
        b'f' => 12,
        b'n' => b'\n',
        b'r' => b'\r',
        b't' => b'\t',
        b'u' => return unescape_unicode(raw),
        other => other,
    };
    (Some(simple as char), 2)
}

fn unescape_unicode(raw: &[u8]) -> (Option<char>, usize) {
    let high = code_unit(raw);
    if let (0xD800..0xDC00, Some(second @ [b'\\', b'u', ..])) = (high, raw.get(6..)) {
        let low = code_unit(second);
        if low >> 10 == 0xDC00 >> 10 {
            return (char::from_u32(0x10000 + ((high & 0x3FF) << 10) + (low & 0x3FF)), 12);
        }
    }
    (char::from_u32(high), 6)
}

/// The four digits of a `\uXXXX`, which the lexer has checked.
fn code_unit(raw: &[u8]) -> u32 {
    raw.iter().skip(2).take(4).fold(0, |unit, digit| unit << 4 | (*digit as char).to_digit(16).unwrap_or(0))
}
