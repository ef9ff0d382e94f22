//! Packs the ARK template for `extra` (seed, 5.4): comments and blanks removed, then percent-encoded once.

use alloc::string::String;

use crate::error::{Error, ErrorKind};
use crate::json::{Fault, Kind, Reader, Text};
use crate::text::integer;

pub(crate) const ALLOWED: &str = "an object, or the JSON text of one, not yet percent-encoded";

/// The template as it is sent. Comments and blanks outside strings go, a leading byte order mark too; numbers and
/// escapes stay as they are, byte for byte; the rest is encoded as `encodeURIComponent` does (a blank is `%20`).
///
/// ```
/// let extra = msdk_friends::ark::pack("{ \"app\": \"a b\" } // from the platform").unwrap();
/// assert_eq!(extra, "%7B%22app%22%3A%22a%20b%22%7D");
/// ```
///
/// # Errors
/// `request` with the field `extra`: text that is already encoded, or that is no JSON object once comments are gone;
/// the latter names line and column, both from 1, columns in characters.
pub fn pack(template: &str) -> Result<String, Error> {
    if template.trim_start().starts_with('%') {
        return Err(Error::request("extra", ALLOWED, "text that is already encoded"));
    }
    let mut packed = Packed { text: String::with_capacity(template.len() * 2) };
    let mut reader = Reader::with_comments(template.as_bytes());
    packed.document(&mut reader).map(|()| packed.text).map_err(|fault| error_at(template, fault))
}

fn error_at(template: &str, fault: Fault) -> Error {
    let before = &template.as_bytes()[..fault.offset];
    let line = before.iter().filter(|&&byte| byte == b'\n').count() + 1;
    let line_start = before.iter().rposition(|&byte| byte == b'\n').map_or(0, |newline| newline + 1);
    let is_first_byte = |byte: &&u8| **byte & 0xC0 != 0x80;
    let column = before[line_start..].iter().filter(is_first_byte).count() + 1;
    let place = [" at line ", &integer(line as i64), ", column ", &integer(column as i64)].concat();
    Error {
        field: Some("extra".into()),
        allowed: Some(ALLOWED.into()),
        offset: Some(fault.offset),
        ..Error::new(ErrorKind::Request, ["extra: expected ", fault.problem, &place].concat())
    }
}

struct Packed {
    text: String,
}

impl Packed {
    fn document(&mut self, reader: &mut Reader<'_>) -> Result<(), Fault> {
        if reader.peek()? != Kind::Object {
            return Err(reader.fault("an object"));
        }
        self.value(reader)?;
        reader.end()
    }

    fn value(&mut self, reader: &mut Reader<'_>) -> Result<(), Fault> {
        match reader.peek()? {
            Kind::Null | Kind::Bool => self.push(reader.literal()?.as_bytes()),
            Kind::Number => self.push(reader.number()?.raw()),
            Kind::String => self.string(reader.string()?),
            Kind::Array => self.array(reader)?,
            Kind::Object => self.object(reader)?,
        }
        Ok(())
    }

    fn array(&mut self, reader: &mut Reader<'_>) -> Result<(), Fault> {
        reader.enter_array()?;
        self.push(b"[");
        let mut separator: &[u8] = b"";
        while reader.next_element()? {
            self.push(separator);
            self.value(reader)?;
            separator = b",";
        }
        self.push(b"]");
        Ok(())
    }

    fn object(&mut self, reader: &mut Reader<'_>) -> Result<(), Fault> {
        reader.enter_object()?;
        self.push(b"{");
        let mut separator: &[u8] = b"";
        while let Some(key) = reader.next_key()? {
            self.push(separator);
            self.string(key);
            self.push(b":");
            self.value(reader)?;
            separator = b",";
        }
        self.push(b"}");
        Ok(())
    }

    fn string(&mut self, text: Text<'_>) {
        self.push(b"\"");
        self.push(text.raw());
        self.push(b"\"");
    }

    /// Appends bytes, percent-encoding all that `encodeURIComponent` encodes.
    fn push(&mut self, bytes: &[u8]) {
        const HEX: &[u8; 16] = b"0123456789ABCDEF";
        for &byte in bytes {
            if byte.is_ascii_alphanumeric() || b"-_.!~*'()".contains(&byte) {
                self.text.push(byte as char);
            } else {
                self.text.push('%');
                self.text.push(HEX[byte as usize >> 4] as char);
                self.text.push(HEX[byte as usize & 15] as char);
            }
        }
    }
}
