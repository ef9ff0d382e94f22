//! Reads what a caller passes: one JSON object with camelCase names.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::str;

use crate::error::Error;
use crate::json::{Fault, Kind, Reader, Text};
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

impl Value<'_> {
    /// What was given, without saying its content: it may be a secret.
    fn describe(self) -> &'static str {
        match self.kind {
            Kind::Null => "null (or a number that JSON cannot hold, such as NaN)",
            Kind::Bool => "a boolean",
            Kind::Number => "a number",
            Kind::String => "a string",
            Kind::Array => "an array",
            Kind::Object => "an object",
        }
    }
}

impl<'a> Input<'a> {
    /// Reads the object in `json`. When it is not one, the error names `field`.
    pub(crate) fn new(field: &str, json: &'a str) -> Result<Self, Error> {
        Self::read("", json.as_bytes())
            .map_err(|fault| Error::request(field, "an object that JSON can hold", &join(&["none: ", fault.expected])))
    }

    fn read(parent: &'a str, json: &'a [u8]) -> Result<Self, Fault> {
        let mut reader = Reader::new(json);
        let mut fields = Vec::new();
        reader.enter_object()?;
        while let Some(key) = reader.next_key()? {
            let kind = reader.peek()?;
            let text = match kind {
                Kind::String => reader.string()?,
                _ => Text::of_json(reader.skip()?),
            };
            fields.push((key, Value { kind, text }));
        }
        reader.end()?;
        Ok(Input { parent, fields })
    }

    /// The last value under `name`.
    fn get(&self, name: &str) -> Option<Value<'a>> {
        self.fields.iter().rev().find(|(key, _)| key.is(name)).map(|(_, value)| *value)
    }

    /// Whether the field is given and not null.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.get(name).is_some_and(|value| value.kind != Kind::Null)
    }

    /// The field's name as the caller knows it.
    pub(crate) fn name_of(&self, name: &str) -> String {
        join(&[self.parent, name])
    }

    /// An error about the field `name`.
    pub(crate) fn refuse(&self, name: &str, allowed: &str, given: &str) -> Error {
        Error::request(&self.name_of(name), allowed, given)
    }

    /// An optional text; null counts as absent. A number is refused: JavaScript has already damaged an openid that it
    /// holds as one.
    pub(crate) fn text(&self, name: &str) -> Result<Option<Cow<'a, str>>, Error> {
        match self.get(name) {
            Some(Value { kind: Kind::String, text }) => self.whole(name, text).map(Some),
            None | Some(Value { kind: Kind::Null, .. }) => Ok(None),
            Some(other) => Err(self.refuse(name, "a string", other.describe())),
        }
    }

    /// Whether a text is given that is not empty.
    pub(crate) fn has_text(&self, name: &str) -> Result<bool, Error> {
        Ok(self.text(name)?.is_some_and(|text| !text.is_empty()))
    }

    /// An optional integer. Null is refused: it is what NaN becomes on its way here.
    pub(crate) fn integer(&self, name: &str) -> Result<Option<i64>, Error> {
        const ALLOWED: &str = "a whole number";
        match self.get(name) {
            None => Ok(None),
            Some(Value { kind: Kind::Number, text }) => match parse_integer(text.raw()) {
                Some(value) if value.unsigned_abs() <= MAX_SAFE_INTEGER => Ok(Some(value)),
                _ => Err(self.refuse(name, ALLOWED, &text.to_lossy())),
            },
            Some(other) => Err(self.refuse(name, ALLOWED, other.describe())),
        }
    }

    /// An optional value of the query: a string or a number, as text. The query checks its characters.
    pub(crate) fn query_value(&self, name: &str) -> Result<Option<Cow<'a, str>>, Error> {
        self.get(name).map(|value| self.to_query_value(name, value)).transpose()
    }

    /// Every field as a name and a value of the query.
    pub(crate) fn query_values(&self) -> impl Iterator<Item = Result<(Cow<'a, str>, Cow<'a, str>), Error>> {
        self.fields.iter().map(|(name, value)| {
            let name = name.to_lossy();
            let value = self.to_query_value(&name, *value)?;
            Ok((name, value))
        })
    }

    /// An optional object inside the object; `path` is its name with a dot behind it.
    pub(crate) fn object(&self, name: &str, path: &'a str) -> Result<Option<Input<'a>>, Error> {
        match self.get(name) {
            None | Some(Value { kind: Kind::Null, .. }) => Ok(None),
            Some(Value { kind: Kind::Object, text }) => {
                Self::read(path, text.raw()).map(Some).map_err(|fault| self.refuse(name, "an object", fault.expected))
            }
            Some(other) => Err(self.refuse(name, "an object", other.describe())),
        }
    }

    /// An optional text, or the JSON text of an object.
    pub(crate) fn text_or_object(&self, name: &str, allowed: &str) -> Result<Cow<'a, str>, Error> {
        match self.get(name) {
            // Cut out of a `str` between two braces, so that it is one.
            Some(Value { kind: Kind::Object, text }) => {
                Ok(Cow::Borrowed(str::from_utf8(text.raw()).unwrap_or_default()))
            }
            Some(Value { kind: Kind::String, text }) => self.whole(name, text),
            None => Err(self.refuse(name, allowed, "none")),
            Some(other) => Err(self.refuse(name, allowed, other.describe())),
        }
    }

    fn to_query_value(&self, name: &str, value: Value<'a>) -> Result<Cow<'a, str>, Error> {
        match value.kind {
            Kind::String | Kind::Number => self.whole(name, value.text),
            _ => Err(self.refuse(name, "a string or a number", value.describe())),
        }
    }

    fn whole(&self, name: &str, text: Text<'a>) -> Result<Cow<'a, str>, Error> {
        text.to_whole().ok_or_else(|| self.refuse(name, "whole characters", "a text cut inside one (a lone surrogate)"))
    }
}

/// Collects every query value into owned pairs.
pub(crate) fn owned_pairs(input: &Input<'_>) -> Result<Vec<(String, String)>, Error> {
    let mut pairs = Vec::new();
    for pair in input.query_values() {
        let (name, value) = pair?;
        pairs.push((name.into_owned(), value.into_owned()));
    }
    Ok(pairs)
}
