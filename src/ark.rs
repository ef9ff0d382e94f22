//! Packs the ARK template for `extra` (seed, 5.4): comments and blanks removed, then percent-encoded once.

use alloc::string::String;
use alloc::vec::Vec;

use crate::error::Error;
use crate::json::{Fault, Halt, Kind, Reader, comment_length};
use crate::text::{integer, is_one_of, join, push_percent_encoded};

pub(crate) const ALLOWED: &str = "an object, or the JSON text of one, not yet percent-encoded";

/// The template as it is sent. Comments and blanks outside strings go, a leading byte order mark too; numbers and
/// escapes stay as they are, byte for byte; the rest is encoded as `encodeURIComponent` does (a blank is `%20`).
///
/// ```
/// let extra = msdk_friends::ark::pack("{ \"app\": \"a b\" } // from the platform").unwrap();
/// assert_eq!(extra, "%7B%22app%22%3A%22a%20b%22%7D");
/// ```
///
/// # Errors
/// `request` with the field `extra`: text that is already encoded, or that is no JSON object once comments are gone;
/// the latter names line and column, both from 1, columns in characters.
pub fn pack(template: &str) -> Result<String, Error> {
    let template = template.strip_prefix('\u{FEFF}').unwrap_or(template);
    if template.as_bytes().trim_ascii_start().starts_with(b"%") {
        return Err(Error::request("extra", ALLOWED, "text that is already encoded"));
    }
    let mut reader = Reader::with_comments(template.as_bytes());
    match check(&mut reader) {
        Ok(()) => Ok(encode_compact(template.as_bytes())),
        Err(Halt) => Err(error_at(template, reader.fault())),
    }
}

fn check(reader: &mut Reader<'_>) -> Result<(), Halt> {
    if reader.peek()? != Kind::Object {
        return Err(reader.halt("an object"));
    }
    reader.skip()?;
    reader.end()
}

/// A template that was checked, without the comments and blanks between its values, percent-encoded.
fn encode_compact(template: &[u8]) -> String {
    let mut out = Vec::new();
    let mut rest = template;
    let mut in_string = false;
    while let Some(byte) = rest.first() {
        let mut length = 1;
        match byte {
            b'/' if !in_string => length = comment_length(rest).unwrap_or(1),
            b' ' | b'\t' | b'\n' | b'\r' if !in_string => {}
            _ => {
                in_string ^= *byte == b'"';
                // An escape as a whole: its second character may be a quote.
                length += usize::from(*byte == b'\\');
                rest.iter().take(length).for_each(|&byte| push_encoded(&mut out, byte));
            }
        }
        rest = rest.get(length..).unwrap_or_default();
    }
    // SAFETY: all of it is ASCII.
    unsafe { String::from_utf8_unchecked(out) }
}

/// Appends a byte as `encodeURIComponent` writes it.
fn push_encoded(out: &mut Vec<u8>, byte: u8) {
    if byte.is_ascii_alphanumeric() || is_one_of(byte, b"-_.!~*'()") {
        out.push(byte);
    } else {
        push_percent_encoded(out, byte);
    }
}

fn error_at(template: &str, fault: Fault) -> Error {
    let (mut line, mut column) = (1, 1);
    for &byte in template.as_bytes().iter().take(fault.offset) {
        match byte {
            b'\n' => (line, column) = (line + 1, 1),
            // Not the first byte of a character.
            0x80..0xC0 => {}
            _ => column += 1,
        }
    }
    let given = join(&["something else at line ", &integer(line), ", column ", &integer(column)]);
    let allowed = join(&[ALLOWED, " (there ", fault.expected, ")"]);
    Error::request("extra", &allowed, &given).with_offset(fault.offset)
}
