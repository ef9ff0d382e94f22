//! An answer as a table of fields, and the one walker that reads it: `{ret, msg, seq}` around what the endpoint says. An
//! endpoint whose answer has a value of a new kind adds its [`Slot`] here.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use crate::endpoint::Rules;
use crate::error::Error;
use crate::json::{Fault, Halt, Kind, Reader, Text};
use crate::object::Object;
use crate::record::{Names, Record, Shown, Sink};
use crate::text::parse_integer;
use crate::values::{array, display_text, identifier, integer, one};

/// An answer as it came off the wire.
#[derive(Clone, Copy)]
pub struct Reply<'a> {
    /// The HTTP status, 0 where a browser hides a redirect.
    pub status: u16,
    /// The body.
    pub bytes: &'a [u8],
}

impl<'a> Reply<'a> {
    /// An answer that came with HTTP status 200.
    #[must_use]
    pub fn ok(bytes: &'a [u8]) -> Self {
        Reply { status: 200, bytes }
    }
}

/// How long the body is, and not what it holds: openids and names.
impl fmt::Debug for Reply<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reply").field("status", &self.status).field("length", &self.bytes.len()).finish()
    }
}

/// One field of an answer.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Field {
    /// As it arrives.
    pub(crate) wire: &'static str,
    /// As callers see it; empty where they do not.
    pub(crate) name: &'static str,
    pub(crate) kind: FieldKind,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum FieldKind {
    /// An integer, or the decimal string of one; null is refused.
    Integer(Slot),
    /// The same, where null is none.
    OptionalInteger(Slot),
    /// A string, or a number's literal.
    Text(Slot),
    /// A string that is not empty, or an integer's literal.
    Identifier(Slot),
    /// 1 or "1"; anything else is not.
    Flag(Slot),
    /// An array of anything.
    Texts(Slot),
    /// An array of entries, which go into the sink.
    List(&'static List),
    /// An object and the fields inside.
    Object(&'static [Field]),
    /// The same, where any other value counts as none.
    ObjectOrNone(&'static [Field]),
}

/// How the entries of a list are read.
#[derive(Debug)]
pub(crate) struct List {
    /// The names on the wire, the entry's identifier first (src/record.rs).
    pub(crate) names: &'static [&'static str],
    /// What the rules make of an entry.
    pub(crate) shown: fn(&Record<'_>, Rules) -> Shown,
    /// How the C interface spells an entry; the npm binary leaves that to the facade.
    #[cfg(feature = "capi")]
    pub(crate) columns: crate::capi::list::Columns,
}

/// Where a value is kept: one place for each value that some endpoint answers with. What an answer lacks stays empty.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Slot {
    Ret,
    Msg,
    Seq,
    Degraded,
    Sopenid,
    /// The one inside `result`.
    NestedSopenid,
    ModelId,
    SendList,
}
const SLOTS: usize = Slot::SendList as usize + 1;

/// The most fields that a table has.
pub(crate) const MAX_FIELDS: usize = 5;
/// Stands for the index of a field in wrong capitals. It counts apart: its right spelling may stand there too.
const MISCASED: usize = MAX_FIELDS;

// What every answer has.
pub(crate) const RET: Field = Field { wire: "ret", name: "", kind: FieldKind::Integer(Slot::Ret) };
pub(crate) const MSG: Field = Field { wire: "msg", name: "", kind: FieldKind::Text(Slot::Msg) };
pub(crate) const SEQ: Field = Field { wire: "seq", name: "seq", kind: FieldKind::Text(Slot::Seq) };

/// An answer that was read: its values, still in the bytes of the reply.
pub(crate) struct Answer<'a> {
    values: [Option<Text<'a>>; SLOTS],
}

impl<'a> Answer<'a> {
    /// Reads what the table says; the entries of a list go into the sink.
    ///
    /// # Errors
    /// In this order: a `ret` that is not 0 in a complete document, a status outside 200 to 299, a document that is
    /// broken or has another shape.
    pub(crate) fn read(
        reply: &Reply<'a>,
        fields: &'static [Field],
        rules: Rules,
        sink: &mut dyn Sink<'a>,
    ) -> Result<Self, Error> {
        let answer = Answer { values: [None; SLOTS] };
        let mut walk = Walk { reader: Reader::new(reply.bytes), answer, rules, sink };
        // Wrong values are kept back, because a `ret` behind them says more, and a field may come again.
        let mut wrong = [None; MAX_FIELDS + 1];
        let read = walk.object(fields, Some(&mut wrong)).and_then(|()| walk.reader.end());
        let broken = read.is_err().then(|| walk.reader.fault());
        let Walk { answer, .. } = walk;

        let fault = broken.or(wrong.into_iter().flatten().next());
        let error = match (answer.integer(Slot::Ret), fault) {
            (Some(ret @ (..=-1 | 1..)), _) if broken.is_none() => {
                Error::from_ret(ret, answer.text(Slot::Msg).unwrap_or_default())
            }
            _ if !(200..300).contains(&reply.status) => {
                Error::from_status(reply.status, &answer.text(Slot::Msg).unwrap_or_default())
            }
            (_, Some(fault)) => Error::malformed(fault, reply.bytes),
            (None, None) => answer.missing(RET.wire),
            _ => return Ok(answer),
        };
        Err(error.with_seq(answer.text(Slot::Seq)))
    }

    /// The error of an answer without the field `name`.
    pub(crate) fn missing(&self, name: &'static str) -> Error {
        let fault = Fault { offset: 0, expected: "a value, under this name in lower case", missing: name };
        Error::malformed(fault, &[]).with_seq(self.text(Slot::Seq))
    }

    pub(crate) fn get(&self, slot: Slot) -> Option<Text<'a>> {
        self.values[slot as usize]
    }

    pub(crate) fn set(&mut self, slot: Slot, value: Option<Text<'a>>) {
        self.values[slot as usize] = value;
    }

    pub(crate) fn text(&self, slot: Slot) -> Option<String> {
        self.get(slot).map(Text::to_lossy)
    }

    pub(crate) fn integer(&self, slot: Slot) -> Option<i64> {
        self.get(slot).and_then(|text| parse_integer(text.raw()))
    }

    /// The elements of an array: strings as they are, anything else as its JSON text, so that no digit is lost.
    pub(crate) fn texts(&self, slot: Slot) -> Option<Vec<String>> {
        let mut texts = Vec::new();
        let mut reader = Reader::new(self.get(slot)?.raw());
        // It was read once, so that nothing halts.
        reader.enter_array().ok()?;
        while reader.next_element().ok()? {
            let text = match reader.peek().ok()? {
                Kind::String => reader.string().ok()?,
                _ => Text::json(reader.skip().ok()?),
            };
            texts.push(text.to_lossy());
        }
        Some(texts)
    }

    /// Writes what callers see.
    pub(crate) fn write(&self, fields: &[Field], object: &mut Object) {
        for field in fields {
            match field.kind {
                FieldKind::Object(inner) | FieldKind::ObjectOrNone(inner) => self.write(inner, object),
                _ if field.name.is_empty() => {}
                FieldKind::Integer(slot) | FieldKind::OptionalInteger(slot) => {
                    object.optional_integer(field.name, self.integer(slot));
                }
                FieldKind::Text(slot) | FieldKind::Identifier(slot) => {
                    object.optional_text(field.name, self.text(slot).as_deref());
                }
                FieldKind::Flag(slot) => object.boolean(field.name, self.get(slot).is_some()),
                FieldKind::Texts(slot) => {
                    if let Some(texts) = self.texts(slot) {
                        object.texts(field.name, &texts);
                    }
                }
                FieldKind::List(_) => {}
            }
        }
    }
}

struct Walk<'w, 'a> {
    reader: Reader<'a>,
    answer: Answer<'a>,
    rules: Rules,
    sink: &'w mut dyn Sink<'a>,
}

impl<'a> Walk<'_, 'a> {
    /// Reads the members of an object. Where `wrong` has room for their faults, it halts only where the document is broken.
    fn object(&mut self, fields: &[Field], mut wrong: Option<&mut [Option<Fault>]>) -> Result<(), Halt> {
        self.reader.enter_object()?;
        while let Some(key) = self.reader.next_key()? {
            let Some((index, field)) = find(fields, &key) else {
                self.reader.skip()?;
                continue;
            };
            let mark = self.reader.mark();
            let mut fault = None;
            if self.field(field, &key).is_err() {
                fault = Some(self.reader.fault());
                if wrong.is_none() {
                    return Err(Halt);
                }
                self.reader.reset(mark);
                self.reader.skip()?;
            }
            if let Some(place) = wrong.as_mut().and_then(|wrong| wrong.get_mut(index)) {
                *place = fault;
            }
        }
        Ok(())
    }

    fn field(&mut self, field: &Field, key: &Text<'a>) -> Result<(), Halt> {
        self.forget(field);
        let kind = self.reader.peek()?;
        if key.is_miscased(field.wire) {
            return Err(self.reader.halt("a field spelled in lower case"));
        }
        match (field.kind, kind) {
            (FieldKind::Integer(_), Kind::Null) => Err(self.reader.halt("an integer")),
            (_, Kind::Null) => self.reader.skip().map(|_| ()),
            (FieldKind::List(list), _) => self.list(list),
            (FieldKind::Object(fields), _) | (FieldKind::ObjectOrNone(fields), Kind::Object) => {
                self.object(fields, None)
            }
            (FieldKind::ObjectOrNone(_), _) => self.reader.skip().map(|_| ()),
            (kind, _) => self.value(kind),
        }
    }

    fn value(&mut self, kind: FieldKind) -> Result<(), Halt> {
        let reader = &mut self.reader;
        let (slot, value) = match kind {
            FieldKind::Integer(slot) | FieldKind::OptionalInteger(slot) => (slot, integer(reader)?),
            FieldKind::Identifier(slot) => (slot, identifier(reader)?),
            FieldKind::Flag(slot) => (slot, one(reader)?),
            FieldKind::Texts(slot) => (slot, array(reader)?),
            FieldKind::Text(slot) => (slot, display_text(reader)?),
            FieldKind::List(_) | FieldKind::Object(_) | FieldKind::ObjectOrNone(_) => return Ok(()),
        };
        self.answer.set(slot, value);
        Ok(())
    }

    /// A field that stands twice comes twice; the last one wins as a whole.
    fn forget(&mut self, field: &Field) {
        match field.kind {
            FieldKind::List(_) => self.sink.clear(),
            FieldKind::Object(fields) | FieldKind::ObjectOrNone(fields) => {
                fields.iter().for_each(|field| self.forget(field));
            }
            FieldKind::Integer(slot)
            | FieldKind::OptionalInteger(slot)
            | FieldKind::Text(slot)
            | FieldKind::Identifier(slot)
            | FieldKind::Flag(slot)
            | FieldKind::Texts(slot) => self.answer.set(slot, None),
        }
    }

    fn list(&mut self, list: &List) -> Result<(), Halt> {
        let mut names = Names::new(list.names);
        let mut record = Record::new();
        self.reader.enter_array()?;
        while self.reader.next_element()? {
            record.read(&mut self.reader, &mut names)?;
            let shown = (list.shown)(&record, self.rules);
            self.sink.push(&record, shown);
        }
        Ok(())
    }
}

/// The field with this key. A list or an object is found in wrong capitals too, to be refused: passing over it would
/// turn somebody's data into "none".
fn find<'f>(fields: &'f [Field], key: &Text<'_>) -> Option<(usize, &'f Field)> {
    fields.iter().enumerate().find_map(|(index, field)| {
        let holds_data = matches!(field.kind, FieldKind::List(_) | FieldKind::Object(_));
        if key.is(field.wire) {
            Some((index, field))
        } else {
            (holds_data && key.is_miscased(field.wire)).then_some((MISCASED, field))
        }
    })
}
