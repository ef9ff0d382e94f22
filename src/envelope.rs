//! What every answer has in common: `{ret, msg, seq}` around a body. Knows no endpoint.

use alloc::borrow::Cow;
use alloc::string::String;

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
/// In this order: a `ret` that is not 0, a status outside 200 to 299, a document that is broken or has another shape.
pub(crate) fn read<'a>(reply: &Reply<'a>, body: &mut dyn Body<'a>) -> Result<Option<String>, Error> {
    let envelope = Envelope::read(reply.bytes, body);
    if let Ok(Envelope { ret, msg, seq, .. }) = &envelope
        && *ret != 0
    {
        return Err(Error::from_ret(*ret, msg.clone(), seq.clone()));
    }
    if !(200..300).contains(&reply.status) {
        return Err(Error::from_status(reply.status));
    }
    let Envelope { seq, fault, .. } = envelope.map_err(Error::malformed)?;
    match fault {
        None => Ok(seq),
        Some(fault) => Err(Error { seq, ..Error::malformed(fault) }),
    }
}

struct Envelope<'a> {
    ret: i64,
    msg: Cow<'a, str>,
    seq: Option<String>,
    /// What is wrong with the endpoint's part. It is kept back, because a `ret` behind it says more.
    fault: Option<Fault>,
}

impl<'a> Envelope<'a> {
    fn read(bytes: &'a [u8], body: &mut dyn Body<'a>) -> Result<Self, Fault> {
        let mut reader = Reader::new(bytes);
        let mut ret = None;
        let mut envelope = Envelope { ret: 0, msg: Cow::Borrowed(""), seq: None, fault: None };
        let mut problem = "the field ret";
        reader.enter_object()?;
        while let Some(key) = reader.next_key()? {
            if key.is("ret") {
                ret = Some(integer(&mut reader).map_err(|fault| fault.within_key("ret"))?);
            } else if key.is("msg") {
                envelope.msg = display_text(&mut reader)?.map_or(Cow::Borrowed(""), |msg| msg.to_lossy());
            } else if key.is("seq") {
                envelope.seq = display_text(&mut reader)?.map(|seq| seq.to_lossy().into_owned());
            } else {
                if key.is_miscased("ret") {
                    problem = "the field ret in lower case";
                }
                envelope.read_field(&key, &mut reader, body)?;
            }
        }
        reader.end()?;
        envelope.ret = ret.ok_or_else(|| Fault { offset: 0, path: "ret".into(), problem })?;
        Ok(envelope)
    }

    fn read_field(&mut self, key: &Text<'a>, reader: &mut Reader<'a>, body: &mut dyn Body<'a>) -> Result<(), Fault> {
        let mut value = reader.clone();
        match body.field(key, &mut value) {
            Ok(true) => *reader = value,
            Ok(false) => drop(reader.skip()?),
            Err(fault) => {
                reader.skip().map_err(|syntax| Fault { path: fault.path.clone(), ..syntax })?;
                self.fault.get_or_insert(fault);
            }
        }
        Ok(())
    }
}

/// An integer, or the decimal string of one.
pub(crate) fn integer(reader: &mut Reader<'_>) -> Result<i64, Fault> {
    let fault = reader.clone();
    let text = match reader.peek()? {
        Kind::Number => reader.number()?,
        Kind::String => reader.string()?,
        _ => return Err(reader.fault("an integer")),
    };
    text.plain().and_then(parse_integer).ok_or_else(|| fault.fault("an integer"))
}

/// A text for display: a string, or a number's literal; null counts as absent.
pub(crate) fn display_text<'a>(reader: &mut Reader<'a>) -> Result<Option<Text<'a>>, Fault> {
    match reader.peek()? {
        Kind::String => reader.string().map(Some),
        Kind::Number => reader.number().map(Some),
        Kind::Null => reader.literal().map(|_| None),
        _ => Err(reader.fault("a string")),
    }
}

/// An identifier: a string that is not empty, or an integer literal, which keeps its exact digits.
pub(crate) fn identifier<'a>(reader: &mut Reader<'a>) -> Result<Text<'a>, Fault> {
    let kind = reader.peek()?;
    let start = reader.clone();
    let text = match kind {
        Kind::String => reader.string()?,
        Kind::Number => reader.number()?,
        _ => return Err(start.fault("an identifier, a string")),
    };
    let whole = match kind {
        Kind::Number => text.plain().is_some_and(|digits| digits.iter().all(u8::is_ascii_digit)),
        _ => !text.is_empty(),
    };
    if !whole {
        return Err(start.fault("an identifier, a string that is not empty"));
    }
    if text.plain().is_none() {
        text.decode(&mut |_| ()).map_err(|fault| Fault { problem: "an identifier of whole characters", ..fault })?;
    }
    Ok(text)
}
