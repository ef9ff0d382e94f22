//! Reads what a caller passes: one JSON object with camelCase names.

use alloc::string::String;
use alloc::vec::Vec;

use crate::error::Error;
use crate::json::{Halt, Kind, Reader, Text};
use crate::query;
use crate::text::{join, parse_integer};

/// The largest integer that a JavaScript number holds exactly, 2^53 - 1.
const MAX_SAFE_INTEGER: u64 = (1 << 53) - 1;

/// A caller's object, read but not yet understood.
pub(crate) struct Input<'a> {
    /// What the fields' names begin with in errors: `channelInfo.`, or nothing.
    parent: &'a str,
    fields: Vec<(Text<'a>, Value<'a>)>,
}

#[derive(Clone, Copy)]
struct Value<'a> {
    kind: Kind,
    /// The string or the number; of anything else, its JSON.
    text: Text<'a>,
}

/// What a value is, without saying its content: it may be a secret.
fn describe(kind: Kind) -> &'static str {
    match kind {
        Kind::Null => "null (or a number that JSON cannot hold, such as NaN)",
        Kind::Bool => "a boolean",
        Kind::Number => "a number",
        Kind::String => "a string",
        Kind::Array => "an array",
        Kind::Object => "an object",
    }
}

impl<'a> Input<'a> {
    /// Reads the object in `json`. When it is not one, the error names `field`.
    pub(crate) fn new(field: &str, json: &'a str) -> Result<Self, Error> {
        Self::read(field, "", json.as_bytes())
    }

    fn read(field: &str, parent: &'a str, json: &'a [u8]) -> Result<Self, Error> {
        let mut input = Input { parent, fields: Vec::new() };
        let mut reader = Reader::new(json);
        match input.read_fields(&mut reader) {
            Ok(()) => Ok(input),
            Err(Halt) => Err(Error::request(field, "an object that JSON can hold", "another value")),
        }
    }

    fn read_fields(&mut self, reader: &mut Reader<'a>) -> Result<(), Halt> {
        reader.enter_object()?;
        while let Some(key) = reader.next_key()? {
            let kind = reader.peek()?;
            let text = match kind {
                Kind::String => reader.string()?,
                Kind::Number => reader.number()?,
                _ => Text::json(reader.skip()?),
            };
            self.fields.push((key, Value { kind, text }));
        }
        reader.end()
    }

    /// The last value under `name`.
    fn find(&self, name: &str) -> Option<&Value<'a>> {
        self.fields.iter().rev().find(|(key, _)| key.is(name)).map(|(_, value)| value)
    }

    /// The last value under `name`, which must be of a kind that is `wanted`, and in whole characters.
    fn get(&self, name: &str, wanted: &[Kind], allowed: &str) -> Result<Option<&Value<'a>>, Error> {
        let Some(value) = self.find(name) else { return Ok(None) };
        let given = if !wanted.contains(&value.kind) {
            describe(value.kind)
        } else if !value.text.is_whole() {
            "a text cut inside a character (a lone surrogate)"
        } else {
            return Ok(Some(value));
        };
        Err(self.refuse(name, allowed, given))
    }

    /// Whether the field is given and not null.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.find(name).is_some_and(|value| value.kind != Kind::Null)
    }

    /// The field's name as the caller knows it.
    pub(crate) fn name_of(&self, name: &str) -> String {
        join(&[self.parent, name])
    }

    /// An error about the field `name`.
    #[cold]
    pub(crate) fn refuse(&self, name: &str, allowed: &str, given: &str) -> Error {
        Error::request(&self.name_of(name), allowed, given)
    }

    /// An optional text; null counts as absent. A number is refused: JavaScript has already damaged an openid that it
    /// holds as one.
    pub(crate) fn text(&self, name: &str) -> Result<Option<Text<'a>>, Error> {
        let value = self.get(name, &[Kind::String, Kind::Null], "a string in whole characters")?;
        Ok(value.filter(|value| value.kind == Kind::String).map(|value| value.text))
    }

    /// Whether a text is given that is not empty.
    pub(crate) fn has_text(&self, name: &str) -> Result<bool, Error> {
        Ok(self.text(name)?.is_some_and(|text| !text.raw().is_empty()))
    }

    /// An optional integer. Null is refused: it is what NaN becomes on its way here.
    pub(crate) fn integer(&self, name: &str) -> Result<Option<i64>, Error> {
        const ALLOWED: &str = "a whole number";
        let Some(value) = self.get(name, &[Kind::Number], ALLOWED)? else { return Ok(None) };
        match parse_integer(value.text.raw()) {
            Some(integer) if integer.unsigned_abs() <= MAX_SAFE_INTEGER => Ok(Some(integer)),
            _ => Err(self.refuse(name, ALLOWED, &value.text.to_lossy())),
        }
    }

    /// An optional value of the query: a string or a number, as text. The query checks its characters.
    pub(crate) fn query_value(&self, name: &str) -> Result<Option<&'a str>, Error> {
        let Some(value) = self.get(name, &[Kind::String, Kind::Number], "a string or a number")? else {
            return Ok(None);
        };
        match value.text.as_str() {
            None => Err(self.refuse(name, query::ALLOWED, "others")),
            text => Ok(text),
        }
    }

    /// The names of all fields.
    pub(crate) fn names(&self) -> impl Iterator<Item = &Text<'a>> {
        self.fields.iter().map(|(name, _)| name)
    }

    /// An optional object inside the object; `path` is its name with a dot behind it.
    pub(crate) fn object(&self, name: &str, path: &'a str) -> Result<Option<Input<'a>>, Error> {
        match self.get(name, &[Kind::Object, Kind::Null], "an object")? {
            Some(Value { kind: Kind::Object, text }) => Self::read(name, path, text.raw()).map(Some),
            _ => Ok(None),
        }
    }

    /// A text, or the JSON text of an object.
    pub(crate) fn text_or_object(&self, name: &str, allowed: &str) -> Result<String, Error> {
        match self.get(name, &[Kind::String, Kind::Object], allowed)? {
            Some(value) => Ok(value.text.to_lossy()),
            None => Err(self.refuse(name, allowed, "none")),
        }
    }
}
