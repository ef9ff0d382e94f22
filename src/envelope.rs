//! What every answer has in common: `{ret, msg, seq}` around a body. Knows no endpoint.

use alloc::string::String;
use alloc::vec::Vec;

use crate::error::Error;
use crate::json::{Fault, Kind, Reader, Text};
use crate::text::parse_integer;

/// An answer as it came off the wire.
#[derive(Clone, Copy, Debug)]
pub struct Reply<'a> {
    /// The HTTP status, 0 where a browser hides a redirect.
    pub status: u16,
    /// The body.
    pub bytes: &'a [u8],
}

impl<'a> Reply<'a> {
    /// An answer that came with HTTP status 200.
    pub fn ok(bytes: &'a [u8]) -> Self {
        Reply { status: 200, bytes }
    }
}

/// The part of an answer that an endpoint reads.
pub(crate) trait Body<'a> {
    /// Reads the value of a top-level field, or leaves it and returns false. A field that stands twice comes twice;
    /// the last one has to win.
    fn field(&mut self, key: &Text<'a>, reader: &mut Reader<'a>) -> Result<bool, Fault>;
}

/// The body of an answer that has none, such as a share's receipt.
impl<'a> Body<'a> for () {
    fn field(&mut self, _: &Text<'a>, _: &mut Reader<'a>) -> Result<bool, Fault> {
        Ok(false)
    }
}

/// Reads an answer into `body` and returns its `seq`.
///
/// # Errors
/// In this order: a `ret` that is not 0 in a complete document, a status outside 200 to 299, a document that is broken
/// or has another shape.
pub(crate) fn read<'a>(reply: &Reply<'a>, body: &mut dyn Body<'a>) -> Result<Option<String>, Error> {
    let mut envelope = Envelope::default();
    let read = envelope.read(reply.bytes, body);
    if let (Ok(()), Some(ret @ (..=-1 | 1..))) = (&read, envelope.ret) {
        let msg = envelope.msg.map_or(String::new(), |msg| msg.to_lossy().into_owned());
        return Err(Error::from_ret(ret, msg, envelope.seq()));
    }
    if !(200..300).contains(&reply.status) {
        return Err(Error::from_status(reply.status).with_seq(envelope.seq()));
    }
    match read.err().as_ref().or(envelope.faults.first().map(|(_, fault)| fault)) {
        None => Ok(envelope.seq()),
        Some(fault) => Err(Error::malformed(fault).with_seq(envelope.seq())),
    }
}

#[derive(Default)]
struct Envelope<'a> {
    ret: Option<i64>,
    msg: Option<Text<'a>>,
    seq: Option<Text<'a>>,
    /// Wrong values and their fields. They are kept back, because a `ret` behind them says more, and a field may come
    /// again.
    faults: Vec<(Text<'a>, Fault)>,
}

impl<'a> Envelope<'a> {
    fn read(&mut self, bytes: &'a [u8], body: &mut dyn Body<'a>) -> Result<(), Fault> {
        let mut reader = Reader::new(bytes);
        let mut expected = "a value";
        reader.enter_object()?;
        while let Some(key) = reader.next_key()? {
            if key.is_miscased("ret") {
                expected = "a value, under this name in lower case";
            }
            self.faults.retain(|(field, _)| !field.is(&key.to_lossy()));
            let mark = reader.mark();
            match self.field(&key, &mut reader, body) {
                Ok(true) => {}
                Ok(false) => drop(reader.skip()?),
                Err(fault) => {
                    reader.reset(mark);
                    reader.skip()?;
                    self.faults.push((key, fault));
                }
            }
        }
        reader.end()?;
        if self.ret.is_none() && self.faults.is_empty() { Err(reader.missing(0, "ret", expected)) } else { Ok(()) }
    }

    fn field(&mut self, key: &Text<'a>, reader: &mut Reader<'a>, body: &mut dyn Body<'a>) -> Result<bool, Fault> {
        if key.is("ret") {
            self.ret = None;
            self.ret = Some(integer(reader)?);
        } else if key.is("msg") {
            self.msg = display_text(reader)?;
        } else if key.is("seq") {
            self.seq = display_text(reader)?;
        } else {
            return body.field(key, reader);
        }
        Ok(true)
    }

    fn seq(&self) -> Option<String> {
        self.seq.map(|seq| seq.to_lossy().into_owned())
    }
}

/// Refuses a field in wrong capitals: passing over it would turn somebody's data into "none".
pub(crate) fn check_case(key: &Text<'_>, name: &'static str, reader: &Reader<'_>) -> Result<(), Fault> {
    if key.is_miscased(name) { Err(reader.fault("a field spelled in lower case")) } else { Ok(()) }
}

/// An integer, or the decimal string of one.
pub(crate) fn integer(reader: &mut Reader<'_>) -> Result<i64, Fault> {
    let text = match reader.peek()? {
        Kind::Number => reader.number()?,
        Kind::String => reader.string()?,
        _ => return Err(reader.fault("an integer")),
    };
    parse_integer(text.raw()).ok_or_else(|| reader.fault_in(&text, "an integer"))
}

/// A text for display: a string, or a number's literal; null counts as absent.
pub(crate) fn display_text<'a>(reader: &mut Reader<'a>) -> Result<Option<Text<'a>>, Fault> {
    match reader.peek()? {
        Kind::String => reader.string().map(Some),
        Kind::Number => reader.number().map(Some),
        Kind::Null => reader.skip().map(|_| None),
        _ => Err(reader.fault("a string")),
    }
}

/// An identifier: a string that is not empty, or an integer literal, which keeps its exact digits; null counts as
/// absent.
pub(crate) fn identifier<'a>(reader: &mut Reader<'a>) -> Result<Option<Text<'a>>, Fault> {
    let kind = reader.peek()?;
    let Some(text) = display_text(reader)? else { return Ok(None) };
    let good = match kind {
        Kind::Number => text.raw().iter().all(u8::is_ascii_digit),
        _ => !text.raw().is_empty() && (text.plain().is_some() || text.decode(&mut |_| ())),
    };
    if good { Ok(Some(text)) } else { Err(reader.fault_in(&text, "an identifier, in whole characters")) }
}
