//! One entry of a list, read without a tree: its texts stay in the bytes of the answer, and a [`Sink`] keeps what it
//! needs of them. A list may hold thousands.

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

impl<'a> Record<'a> {
    /// Reads an object. `names` are the texts' names on the wire; the first is the entry's identifier, which has to
    /// be there.
    pub(crate) fn read(reader: &mut Reader<'a>, names: &[&'static str]) -> Result<Self, Halt> {
        let mut record = Record { texts: [None; MAX_TEXTS], gender: 0 };
        reader.enter_object()?;
        let start = reader.offset() - 1;
        while let Some(key) = reader.next_key()? {
            let mut fields = record.texts.iter_mut().zip(names).enumerate();
            match fields.find(|(_, (_, name))| key.is(name)) {
                Some((0, (text, _))) => *text = identifier(reader)?,
                Some((_, (text, _))) => *text = display_text(reader)?,
                None => {
                    let value = reader.skip()?;
                    if key.is("gender") {
                        record.gender = parse_integer(value).unwrap_or(0);
                    }
                }
            }
        }
        match (record.texts, names) {
            ([None, ..], [identifier, ..]) => Err(reader.halt_without(start, identifier, "a value")),
            _ => Ok(record),
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
