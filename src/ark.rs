//! Packs the ARK template for `extra` (seed, 5.4): comments and blanks removed, then percent-encoded once.

use alloc::string::String;

use crate::error::Error;
use crate::json::{Fault, Kind, Reader, Text};
use crate::text::{hex, integer, join};

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
    let template = template.strip_prefix('\u{FEFF}').unwrap_or(template);
    if template.as_bytes().trim_ascii_start().starts_with(b"%") {
        return Err(Error::request("extra", ALLOWED, "text that is already encoded"));
    }
    let mut packed = Packed { text: String::with_capacity(template.len() * 2) };
    let mut reader = Reader::with_comments(template.as_bytes());
    match packed.document(&mut reader) {
        Ok(()) => Ok(packed.text),
        Err(fault) => Err(error_at(template, &fault)),
    }
}

fn error_at(template: &str, fault: &Fault) -> Error {
    let (mut line, mut column) = (1, 1);
    for &byte in template.as_bytes().iter().take(fault.offset) {
        match byte {
            b'\n' => (line, column) = (line + 1, 1),
            // Not the first byte of a character.
            0x80..0xC0 => {}
            _ => column += 1,
        }
    }
    let given = join(&["something else at line ", &integer(line), ", column ", &integer(column)]);
    let allowed = join(&[ALLOWED, " (there ", fault.expected, ")"]);
    Error::request("extra", &allowed, &given).with_offset(fault.offset)
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
            Kind::Null | Kind::Bool => self.push(reader.skip()?),
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
        const UPPER_HEX: &[u8; 16] = b"0123456789ABCDEF";
        for &byte in bytes {
            if byte.is_ascii_alphanumeric() || b"-_.!~*'()".contains(&byte) {
                self.text.push(byte as char);
            } else {
                self.text.push('%');
                self.text.extend(hex(byte, UPPER_HEX));
            }
        }
    }
}
