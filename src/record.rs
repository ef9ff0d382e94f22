//! One entry of a list, read without a tree: its texts stay in the bytes of the answer, and a [`Sink`] keeps what it
//! needs of them. A list may hold thousands, so this is where the time goes.

use crate::gender::Gender;
use crate::json::{Halt, Reader, Text};
use crate::text::parse_integer;
use crate::values::{display_text, identifier};

/// The most texts that an entry has.
pub(crate) const MAX_TEXTS: usize = 9;

/// One entry of a list, still in the bytes of the answer.
pub(crate) struct Record<'a> {
    /// In the order of the names that it was read by.
    pub(crate) texts: [Option<Text<'a>>; MAX_TEXTS],
    /// As it arrived, not masked; 0 when it is absent or no integer.
    pub(crate) gender: i64,
}

/// What the channel's rules make of an entry.
#[derive(Clone, Copy, Default)]
pub(crate) struct Shown {
    pub(crate) gender: Gender,
    /// Which of the texts is the name to show.
    pub(crate) name: usize,
}

/// Finds the places of an entry's fields. Backends write every entry alike, so the field that followed another one in the
/// entry before is tried first: that takes a seventh off the time of a list.
pub(crate) struct Names {
    /// The names on the wire: the entry's identifier, the other texts, and behind [`MAX_TEXTS`] of them the gender.
    names: &'static [&'static str],
    /// What followed each field; at 0 what began the entry.
    followers: [usize; MAX_TEXTS + 2],
}

impl Names {
    pub(crate) fn new(names: &'static [&'static str]) -> Self {
        Names { names, followers: [0; MAX_TEXTS + 2] }
    }

    /// The place of the field `key`, which stands behind the one at `last`, counted from 1.
    fn find(&mut self, key: &Text<'_>, last: usize) -> Option<usize> {
        let follower = self.followers.get_mut(last)?;
        if self.names.get(*follower).is_some_and(|name| key.raw() == name.as_bytes()) {
            return Some(*follower);
        }
        let found = self.names.iter().position(|name| key.is(name))?;
        *follower = found;
        Some(found)
    }
}

impl<'a> Record<'a> {
    pub(crate) fn new() -> Self {
        Record { texts: [None; MAX_TEXTS], gender: 0 }
    }

    /// Reads an object, in which the identifier has to be there. What the record held before is gone; it is used again for
    /// every entry, since moving it costs as much as reading a field.
    pub(crate) fn read(&mut self, reader: &mut Reader<'a>, names: &mut Names) -> Result<(), Halt> {
        *self = Record::new();
        reader.enter_object()?;
        let start = reader.offset() - 1;
        let mut last = 0;
        while let Some(key) = reader.next_key()? {
            let Some(place) = names.find(&key, last) else {
                reader.skip()?;
                continue;
            };
            last = place + 1;
            match self.texts.get_mut(place) {
                Some(text) if place == 0 => *text = identifier(reader)?,
                Some(text) => *text = display_text(reader)?,
                None => self.gender = parse_integer(reader.skip()?).unwrap_or(0),
            }
        }
        match (&self.texts, names.names) {
            ([None, ..], [identifier, ..]) => Err(reader.halt_without(start, identifier, "a value")),
            _ => Ok(()),
        }
    }

    /// A text that is not empty.
    pub(crate) fn filled(&self, field: usize) -> bool {
        matches!(self.texts.get(field), Some(Some(text)) if !text.raw().is_empty())
    }
}

/// Takes the entries of a list as they are read.
pub(crate) trait Sink<'a> {
    /// Forgets what came before: the answer holds another list.
    fn clear(&mut self);
    fn push(&mut self, record: &Record<'a>, shown: Shown);
}

/// Keeps nothing: for answers without a list.
impl<'a> Sink<'a> for () {
    fn clear(&mut self) {}
    fn push(&mut self, _: &Record<'a>, _: Shown) {}
}
