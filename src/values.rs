//! The values that answers are made of.

use crate::json::{Halt, Kind, Reader, Text};
use crate::text::parse_integer;

/// A text for display: a string, or a number's literal; null counts as absent.
pub(crate) fn display_text<'a>(reader: &mut Reader<'a>) -> Result<Option<Text<'a>>, Halt> {
    // Most values are strings.
    if let Some(text) = reader.string_if_any()? {
        return Ok(Some(text));
    }
    match reader.peek()? {
        Kind::Number => reader.number().map(Some),
        Kind::Null => reader.skip().map(|_| None),
        _ => Err(reader.halt("a string")),
    }
}

/// A text that is `good`.
fn checked<'a>(
    reader: &mut Reader<'a>,
    expected: &'static str,
    good: fn(&Text<'a>, Kind) -> bool,
) -> Result<Option<Text<'a>>, Halt> {
    let kind = reader.peek()?;
    match display_text(reader)? {
        Some(text) if !good(&text, kind) => Err(reader.halt_in(&text, expected)),
        text => Ok(text),
    }
}

/// An integer, or the decimal string of one; null counts as absent.
pub(crate) fn integer<'a>(reader: &mut Reader<'a>) -> Result<Option<Text<'a>>, Halt> {
    checked(reader, "an integer", |text, _| parse_integer(text.raw()).is_some())
}

/// An identifier: a string that is not empty, or an integer literal, which keeps its exact digits; null counts as
/// absent.
pub(crate) fn identifier<'a>(reader: &mut Reader<'a>) -> Result<Option<Text<'a>>, Halt> {
    checked(reader, "an identifier, in whole characters", |text, kind| match kind {
        Kind::Number => text.raw().iter().all(u8::is_ascii_digit),
        _ => !text.raw().is_empty() && text.is_whole(),
    })
}

/// The value if it is 1, as a number or a string.
pub(crate) fn one<'a>(reader: &mut Reader<'a>) -> Result<Option<Text<'a>>, Halt> {
    let value = match reader.peek()? {
        Kind::String => reader.string()?,
        _ => Text::json(reader.skip()?),
    };
    Ok(value.is("1").then_some(value))
}

/// The JSON of an array.
pub(crate) fn array<'a>(reader: &mut Reader<'a>) -> Result<Option<Text<'a>>, Halt> {
    match reader.peek()? {
        Kind::Array => Ok(Some(Text::json(reader.skip()?))),
        _ => Err(reader.halt("an array")),
    }
}
