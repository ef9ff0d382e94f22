//! Reads what a caller passes: one JSON object with camelCase names.

use alloc::string::String;
use alloc::vec::Vec;

use crate::error::{Error, ErrorKind};
use crate::json::{Fault, Kind, Reader, Text};
use crate::text::parse_integer;

/// The largest integer that a JavaScript number holds exactly, 2^53 - 1.
const MAX_SAFE_INTEGER: i64 = (1 << 53) - 1;

/// A caller's object, read but not yet understood.
pub struct Input<'a> {
    fields: Vec<(Text<'a>, Value<'a>)>,
}

#[derive(Clone, Copy)]
enum Value<'a> {
    Null,
    Bool,
    Number(Text<'a>),
    Text(Text<'a>),
    Array,
    Object(&'a [u8]),
}

impl Value<'_> {
    /// What was given, without saying its content: it may be a secret.
    fn describe(self) -> &'static str {
        match self {
            Value::Null => "null (or a number that JSON cannot hold, such as NaN)",
            Value::Bool => "a boolean",
            Value::Number(_) => "a number",
            Value::Text(text) if text.is_empty() => "an empty string",
            Value::Text(_) => "a string",
            Value::Array => "an array",
            Value::Object(_) => "an object",
        }
    }
}

impl<'a> Input<'a> {
    /// Reads the object in `json`. When it is not one, the error names `field`.
    pub fn new(field: &str, json: &'a [u8]) -> Result<Self, Error> {
        Self::read(json).map_err(|_| Error::request(field, "an object that JSON can hold", "something else"))
    }

    fn read(json: &'a [u8]) -> Result<Self, Fault> {
        let mut reader = Reader::new(json);
        let mut fields = Vec::new();
        reader.enter_object()?;
        while let Some(key) = reader.next_key()? {
            let value = match reader.peek()? {
                Kind::Number => Value::Number(reader.number()?),
                Kind::String => Value::Text(reader.string()?),
                kind => {
                    let raw = reader.skip()?;
                    match kind {
                        Kind::Null => Value::Null,
                        Kind::Array => Value::Array,
                        Kind::Object => Value::Object(raw),
                        _ => Value::Bool,
                    }
                }
            };
            fields.push((key, value));
        }
        reader.end()?;
        Ok(Input { fields })
    }

    /// The last value under `name`.
    fn get(&self, name: &str) -> Option<Value<'a>> {
        self.fields.iter().rev().find(|(key, _)| key.is(name)).map(|(_, value)| *value)
    }

    /// An optional text; null counts as absent.
    pub fn text(&self, name: &str) -> Result<Option<String>, Error> {
        match self.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::Text(text)) => strict(name, text).map(Some),
            Some(other) => Err(Error::request(name, "a string", other.describe())),
        }
    }

    /// An identifier or a token. An absent one is "", which the endpoint's checks judge; a number is refused, because
    /// JavaScript has already damaged an openid that it holds as one.
    pub fn identifier(&self, name: &str) -> Result<String, Error> {
        match self.get(name) {
            None => Ok(String::new()),
            Some(Value::Text(text)) => strict(name, text),
            Some(other) => Err(Error::request(name, "a non-empty string", other.describe())),
        }
    }

    /// An optional integer.
    pub fn integer(&self, name: &str) -> Result<Option<i64>, Error> {
        const ALLOWED: &str = "a whole number";
        match self.get(name) {
            None => Ok(None),
            Some(Value::Number(text)) => match text.plain().and_then(parse_integer) {
                Some(value) if value.abs() <= MAX_SAFE_INTEGER => Ok(Some(value)),
                _ => Err(Error::request(name, ALLOWED, &text.to_lossy())),
            },
            Some(other) => Err(Error::request(name, ALLOWED, other.describe())),
        }
    }

    /// A value of the query: a string or a number, as text. Whether its characters may stand there, the query checks.
    pub fn query_value(&self, name: &str) -> Result<Option<String>, Error> {
        self.get(name).map(|value| query_value(name, value)).transpose()
    }

    /// An optional object inside the object.
    pub fn object(&self, name: &str) -> Result<Option<Input<'a>>, Error> {
        match self.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::Object(raw)) => Input::new(name, raw).map(Some),
            Some(other) => Err(Error::request(name, "an object", other.describe())),
        }
    }

    /// An optional text, or the JSON text of an object.
    pub fn text_or_object(&self, name: &str) -> Result<Option<String>, Error> {
        match self.get(name) {
            // The object's JSON came through `Input::new`, and a `str` cannot be broken: only escapes can, and packing
            // looks at those.
            Some(Value::Object(raw)) => Ok(Some(String::from_utf8_lossy(raw).into_owned())),
            _ => self.text(name),
        }
    }

    /// Every field as a name and a value of the query.
    pub fn query_values(&self) -> impl Iterator<Item = Result<(String, String), Error>> {
        self.fields.iter().map(|(name, value)| {
            let name = name.to_lossy();
            query_value(&name, *value).map(|value| (name.into_owned(), value))
        })
    }
}

fn query_value(name: &str, value: Value<'_>) -> Result<String, Error> {
    match value {
        Value::Text(text) | Value::Number(text) => strict(name, text),
        other => Err(Error::request(name, "a string or a number", other.describe())),
    }
}

fn strict(name: &str, text: Text<'_>) -> Result<String, Error> {
    match text.to_strict() {
        Ok(text) => Ok(text.into_owned()),
        Err(_) => Err(Error {
            field: Some(name.into()),
            ..Error::new(ErrorKind::Request, [name, ": the text is cut inside a character (lone surrogate)"].concat())
        }),
    }
}
