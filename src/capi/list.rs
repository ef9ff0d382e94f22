//! What callers get as JSON: an answer with its list, and lists of other things.

use alloc::string::String;
use alloc::vec::Vec;

use super::call::Answer;
use crate::answer::{self, Field, FieldKind, List, Reply};
use crate::endpoint::{Endpoint, Rules};
use crate::error::Error;
use crate::json::Text;
use crate::object::Object;
use crate::record::{Record, Shown, Sink};
use crate::text::integer;

/// How the entries of a list are spelled for callers, in the order of their texts.
#[derive(Debug)]
pub(crate) struct Columns {
    /// What every entry has: "" where the backend left it out.
    pub(crate) always: &'static [&'static str],
    /// Absent where the backend left it out.
    pub(crate) optional: &'static [&'static str],
    /// Whether the entry has `displayName` and `gender`.
    pub(crate) has_shown: bool,
}

/// Reads an answer; its list is `friends`.
pub(super) fn read(endpoint: &Endpoint, reply: &Reply<'_>, rules: Rules) -> Result<Answer, Error> {
    let Some(list) = list_of(endpoint.answer) else {
        let answer = endpoint.read(reply, rules, &mut ())?;
        return Ok(Answer::text(object_of(endpoint, &answer)));
    };
    let mut entries = Entries::new(&list.columns);
    let answer = endpoint.read(reply, rules, &mut entries)?;
    // Whole before the rest is begun, and so below it in the arena.
    let friends = entries.finish();
    let mut rest = object_of(endpoint, &answer).into_bytes();
    // `{…}` goes on after the list as `,…}`, but for an empty one.
    match rest.as_mut_slice() {
        [b'{', b'}'] => rest = Vec::from(b"}"),
        [first, ..] => *first = b',',
        [] => {}
    }
    Ok(Answer { text: Some([friends, rest]), number: 0.0 })
}

fn object_of(endpoint: &Endpoint, answer: &answer::Answer) -> String {
    let mut object = Object::new();
    answer.write(endpoint.answer, &mut object);
    object.finish()
}

/// The list that an answer may hold.
fn list_of(fields: &'static [Field]) -> Option<&'static List> {
    fields.iter().find_map(|field| match field.kind {
        FieldKind::List(list) => Some(list),
        FieldKind::Object(inner) | FieldKind::ObjectOrNone(inner) => list_of(inner),
        _ => None,
    })
}

/// The list in the writing.
struct Entries {
    columns: &'static Columns,
    json: Vec<u8>,
}

const OPENING: &[u8] = b"{\"friends\":[";

/// More than the names of all fields and what stands around them.
const MAX_NAMES: usize = 256;

impl Entries {
    fn new(columns: &'static Columns) -> Self {
        Entries { columns, json: Vec::from(OPENING) }
    }

    fn finish(mut self) -> Vec<u8> {
        self.json.push(b']');
        self.json
    }

    /// Makes room for an entry. Doubling the room each time would take half as much again of the memory that a list needs.
    fn reserve(&mut self, record: &Record<'_>) {
        let texts: usize = record.texts.iter().flatten().map(|text| text.raw().len()).sum();
        // Each may be broken, and the name stands twice.
        let most = 6 * texts + MAX_NAMES;
        if self.json.capacity() - self.json.len() < most {
            self.json.reserve_exact(most.max(self.json.len() / 4));
        }
    }

    fn text(&mut self, name: &str, text: Option<Text<'_>>) {
        self.name(name);
        self.json.push(b'"');
        if let Some(text) = text {
            text.push_escaped(&mut self.json);
        }
        self.json.push(b'"');
    }

    fn name(&mut self, name: &str) {
        let opening: &[u8] = if self.json.ends_with(b"{") { b"\"" } else { b",\"" };
        for part in [opening, name.as_bytes(), b"\":"] {
            self.json.extend_from_slice(part);
        }
    }
}

impl<'a> Sink<'a> for Entries {
    fn clear(&mut self) {
        self.json.truncate(OPENING.len());
    }

    fn push(&mut self, record: &Record<'a>, shown: Shown) {
        self.reserve(record);
        let Columns { always, optional, has_shown } = *self.columns;
        self.json.extend_from_slice(if self.json.len() == OPENING.len() { b"{" } else { b",{" });
        for (name, text) in always.iter().zip(record.texts) {
            self.text(name, text);
        }
        if has_shown {
            self.text("displayName", record.texts.get(shown.name).copied().flatten());
            self.name("gender");
            self.json.push(b'0' + shown.gender as u8);
        }
        for (name, text) in optional.iter().zip(record.texts.iter().skip(always.len())) {
            if text.is_some() {
                self.text(name, *text);
            }
        }
        self.json.push(b'}');
    }
}

/// An object that holds nothing but a list of texts.
pub(super) fn of_texts(name: &str, texts: &[String]) -> String {
    let mut object = Object::new();
    object.texts(name, texts);
    object.finish()
}

/// The endpoints, `{"endpoints":[…]}`.
pub(super) fn of_endpoints(endpoints: &[Endpoint]) -> String {
    let mut all = Object::new();
    let described = endpoints.iter().map(|endpoint| {
        let mut object = Object::new();
        object.text("name", endpoint.name);
        object.text("path", endpoint.path);
        object.boolean("idempotent", endpoint.idempotent);
        object.json("channels", &array(endpoint.channels.iter().map(|channel| integer(channel.id().into()))));
        let secrets = endpoint.fields.iter().filter(|field| field.is_secret()).map(|field| field.name());
        object.json("secrets", &array(secrets.map(|name| crate::text::join(&["\"", name, "\""]))));
        object.text("seed", endpoint.seed);
        object.finish()
    });
    all.json("endpoints", &array(described));
    all.finish()
}

/// A JSON array of values that are JSON already.
fn array(values: impl Iterator<Item = String>) -> String {
    let mut json = String::from("[");
    for value in values {
        if json.len() > 1 {
            json.push(',');
        }
        json.push_str(&value);
    }
    json.push(']');
    json
}
