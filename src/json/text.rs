//! A string of a document, decoded only where it is kept.

use alloc::string::String;
use alloc::vec::Vec;

/// A string (or a number's literal) as it stands in the document: without its quotes, escapes not yet decoded.
#[derive(Clone, Copy, Debug)]
pub struct Text<'a> {
    raw: &'a [u8],
    form: Form,
}

/// As wide as a register: in the wasm that spares the copying of a byte and its padding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
enum Form {
    /// ASCII without escapes: the bytes are the text.
    Plain,
    /// With escapes, or with others than ASCII characters.
    Encoded,
    /// The JSON of another value than a string, in which a backslash is one.
    Json,
}

/// What decoding found.
pub(crate) struct Decoded {
    /// Whether nothing was broken.
    pub(crate) whole: bool,
    /// The length in UTF-16 code units.
    pub(crate) code_units: u32,
}

impl<'a> Text<'a> {
    /// Between quotes, checked by the lexer; `plain`: ASCII without escapes.
    pub(super) fn new(raw: &'a [u8], plain: bool) -> Self {
        Text { raw, form: if plain { Form::Plain } else { Form::Encoded } }
    }

    /// The JSON of another value than a string.
    pub(crate) fn json(raw: &'a [u8]) -> Self {
        Text { raw, form: Form::Json }
    }

    /// The raw bytes when they are ASCII without escapes, so that they are the text.
    pub(crate) fn as_plain(&self) -> Option<&'a [u8]> {
        (self.form == Form::Plain).then_some(self.raw)
    }

    /// The text when it is ASCII without escapes.
    pub(crate) fn as_str(&self) -> Option<&'a str> {
        // SAFETY: ASCII is UTF-8.
        self.as_plain().map(|bytes| unsafe { str::from_utf8_unchecked(bytes) })
    }

    /// The bytes between the quotes, escapes as they stand.
    pub(crate) fn raw(&self) -> &'a [u8] {
        self.raw
    }

    /// Appends the decoded text, as UTF-8. Invalid UTF-8 (each maximal part of it) and lone surrogates become U+FFFD.
    ///
    /// One pass checks, counts and decodes, since most names go through here. The standard library's checking, a search for
    /// escapes and a count, one after the other, take 3 % more of the time of a list and half a kilobyte of code.
    pub(crate) fn decode(&self, out: &mut Vec<u8>) -> Decoded {
        let mut decoded = Decoded { whole: true, code_units: 0 };
        let mut rest = self.raw;
        let mut run = 0;
        while let Some(tail @ &[byte, ..]) = rest.get(run..) {
            let is_escape = byte == b'\\' && self.form != Form::Json;
            let (is_whole, length) = first_character(tail);
            if is_whole && !is_escape {
                run += length;
                decoded.code_units += if length == 4 { 2 } else { 1 };
                continue;
            }
            let (character, length) = if is_escape { unescape(tail) } else { (None, length) };
            decoded.whole &= character.is_some();
            let character = character.unwrap_or(char::REPLACEMENT_CHARACTER);
            decoded.code_units += character.len_utf16() as u32;
            out.extend_from_slice(rest.get(..run).unwrap_or_default());
            out.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
            rest = tail.get(length..).unwrap_or_default();
            run = 0;
        }
        out.extend_from_slice(rest);
        decoded
    }

    /// Appends the text as it stands between the quotes of another document: escapes are kept, what is broken becomes U+FFFD.
    /// It is no longer than the raw bytes, but that a broken byte becomes three.
    #[cfg(feature = "capi")]
    pub(crate) fn push_escaped(&self, out: &mut Vec<u8>) {
        let mut rest = self.raw;
        let mut run = 0;
        while let Some(tail @ &[byte, ..]) = rest.get(run..) {
            let (is_whole, length) = if byte == b'\\' {
                let (character, length) = unescape(tail);
                (character.is_some(), length)
            } else {
                first_character(tail)
            };
            run += length;
            if !is_whole {
                out.extend_from_slice(rest.get(..run - length).unwrap_or_default());
                out.extend_from_slice("\u{FFFD}".as_bytes());
                rest = rest.get(run..).unwrap_or_default();
                run = 0;
            }
        }
        out.extend_from_slice(rest);
    }

    /// Whether nothing in the text is broken, as an identifier must be.
    pub(crate) fn is_whole(&self) -> bool {
        self.form != Form::Encoded || self.decode(&mut Vec::new()).whole
    }

    /// The text for a display field: what is broken in it becomes U+FFFD.
    pub(crate) fn to_lossy(self) -> String {
        let mut bytes = Vec::new();
        self.decode(&mut bytes);
        // SAFETY: `decode` appends whole characters.
        unsafe { String::from_utf8_unchecked(bytes) }
    }

    /// Whether the decoded text is `name`.
    pub(crate) fn is(&self, name: &str) -> bool {
        if self.form == Form::Encoded { self.to_lossy() == name } else { self.raw == name.as_bytes() }
    }

    /// Whether the text is `name` in other capitals; exact names are told by [`Text::is`].
    pub(crate) fn is_miscased(&self, name: &str) -> bool {
        // A key with escapes is looked at decoded; others are compared as they stand, since every key comes by here.
        match self.form {
            Form::Encoded => self.to_lossy().eq_ignore_ascii_case(name) && !self.is(name),
            _ => self.raw.eq_ignore_ascii_case(name.as_bytes()) && self.raw != name.as_bytes(),
        }
    }
}

/// Whether the bytes begin with a whole character of UTF-8, and its length; or that of the broken part, which is replaced
/// as one (Unicode, 3.9, "substitution of maximal subparts").
fn first_character(bytes: &[u8]) -> (bool, usize) {
    let (count, mut range) = match bytes.first() {
        Some(0..0x80) => return (true, 1),
        Some(0xC2..=0xDF) => (1, 0x80..=0xBF),
        Some(0xE0) => (2, 0xA0..=0xBF),
        Some(0xED) => (2, 0x80..=0x9F),
        Some(0xE1..=0xEF) => (2, 0x80..=0xBF),
        Some(0xF0) => (3, 0x90..=0xBF),
        Some(0xF1..=0xF3) => (3, 0x80..=0xBF),
        Some(0xF4) => (3, 0x80..=0x8F),
        _ => return (false, 1),
    };
    for index in 1..=count {
        match bytes.get(index) {
            Some(byte) if range.contains(byte) => range = 0x80..=0xBF,
            _ => return (false, index),
        }
    }
    (true, count + 1)
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
