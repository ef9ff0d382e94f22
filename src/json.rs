//! The one JSON reader: a pull lexer over bytes, bounded in depth and size.
//!
//! It keeps numbers as text, because an openid may arrive as an integer literal above 2^53, and it never builds a
//! tree. Strings are handed out as [`Text`], still encoded, so that a caller decodes only what it keeps.

use alloc::borrow::Cow;
use alloc::string::String;
use core::str;

/// The deepest nesting of arrays and objects that is read; the outermost value is level 1.
pub const MAX_DEPTH: u8 = 64;

/// The largest document that is read, in bytes (256 MiB). Callers that take bytes from a network set a lower limit.
pub const MAX_BYTES: usize = 256 << 20;

/// What is wrong with a document, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// UTF-8 bytes from the start of the document.
    pub offset: usize,
    /// Such as `lists[3].openid`; empty for the document itself.
    pub path: String,
    /// What was expected.
    pub problem: &'static str,
}

impl Fault {
    /// The same fault seen from the object that holds `key`.
    pub(crate) fn within_key(self, key: &str) -> Self {
        let separator = if self.path.is_empty() || self.path.starts_with('[') { "" } else { "." };
        Fault { path: [key, separator, &self.path].concat(), ..self }
    }

    /// The same fault seen from the array that holds it as element `index`.
    pub(crate) fn within_element(self, index: usize) -> Self {
        let mut label = String::from("[");
        crate::text::push_integer(&mut label, index as i64);
        self.within_key(&(label + "]"))
    }
}

/// The kind of the next value, told from its first byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `null`
    Null,
    /// `true` or `false`
    Bool,
    /// a number
    Number,
    /// a string
    String,
    /// `[`
    Array,
    /// `{`
    Object,
}

/// A string (or a number's literal) as it stands in the document: without its quotes, escapes not yet decoded.
#[derive(Clone, Copy, Debug)]
pub struct Text<'a> {
    raw: &'a [u8],
    offset: usize,
    plain: bool,
}

impl<'a> Text<'a> {
    /// The raw bytes when they are ASCII without escapes, so that they are the text.
    pub fn plain(&self) -> Option<&'a [u8]> {
        self.plain.then_some(self.raw)
    }

    /// The bytes between the quotes, escapes as they stand.
    pub(crate) fn raw(&self) -> &'a [u8] {
        self.raw
    }

    /// Whether the text is "".
    pub fn is_empty(&self) -> bool {
        self.raw.is_empty()
    }

    /// Where its first character stands, in bytes from the start of the document.
    pub fn offset(&self) -> usize {
        self.offset
    }

    /// Hands the decoded text to `out` piece by piece. Invalid UTF-8 (each maximal part of it) and lone surrogates
    /// become U+FFFD; the first such place is returned.
    pub fn decode(&self, out: &mut dyn FnMut(&str)) -> Result<(), Fault> {
        let mut broken = None;
        let mut at = 0;
        while at < self.raw.len() {
            let rest = &self.raw[at..];
            if rest[0] == b'\\' {
                let (character, length) = unescape(rest);
                if character.is_none() {
                    broken.get_or_insert(self.offset + at);
                }
                out(character.unwrap_or(char::REPLACEMENT_CHARACTER).encode_utf8(&mut [0; 4]));
                at += length;
            } else {
                let end = rest.iter().position(|&byte| byte == b'\\').unwrap_or(rest.len());
                let mut inside = at;
                for chunk in rest[..end].utf8_chunks() {
                    out(chunk.valid());
                    if !chunk.invalid().is_empty() {
                        broken.get_or_insert(self.offset + inside + chunk.valid().len());
                        out("\u{FFFD}");
                    }
                    inside += chunk.valid().len() + chunk.invalid().len();
                }
                at += end;
            }
        }
        match broken {
            None => Ok(()),
            Some(offset) => Err(Fault { offset, path: String::new(), problem: "broken text" }),
        }
    }

    /// The text for a display field: what is broken in it becomes U+FFFD.
    pub fn to_lossy(&self) -> Cow<'a, str> {
        self.collect().0
    }

    /// The text for an identifier: nothing in it may be broken.
    pub fn to_strict(&self) -> Result<Cow<'a, str>, Fault> {
        let (text, whole) = self.collect();
        whole.map(|()| text)
    }

    /// Whether the decoded text is `name`.
    pub fn is(&self, name: &str) -> bool {
        if self.plain { self.raw == name.as_bytes() } else { self.to_lossy() == name }
    }

    /// Whether the text is `name` in other capitals; exact names are told by [`Text::is`].
    pub fn is_miscased(&self, name: &str) -> bool {
        self.raw.eq_ignore_ascii_case(name.as_bytes()) && self.raw != name.as_bytes()
    }

    fn collect(&self) -> (Cow<'a, str>, Result<(), Fault>) {
        if let Some(Ok(text)) = self.plain().map(str::from_utf8) {
            return (Cow::Borrowed(text), Ok(()));
        }
        let mut text = String::with_capacity(self.raw.len());
        let whole = self.decode(&mut |piece| text.push_str(piece));
        (Cow::Owned(text), whole)
    }
}

/// Decodes the escape at the start of `raw`, which the lexer has checked: the character, or nothing for a lone
/// surrogate, and how many bytes it takes.
fn unescape(raw: &[u8]) -> (Option<char>, usize) {
    let simple = match raw[1] {
        b'b' => '\u{8}',
        b'f' => '\u{C}',
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        b'u' => return unescape_unicode(raw),
        other => other as char,
    };
    (Some(simple), 2)
}

fn unescape_unicode(raw: &[u8]) -> (Option<char>, usize) {
    let high = code_unit(raw);
    if (0xD800..0xDC00).contains(&high) && raw.len() >= 12 && raw[6] == b'\\' && raw[7] == b'u' {
        let low = code_unit(&raw[6..]);
        if (0xDC00..0xE000).contains(&low) {
            return (char::from_u32(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00)), 12);
        }
    }
    (char::from_u32(high), 6)
}

/// The four digits of a `\uXXXX`, which the lexer has checked.
fn code_unit(raw: &[u8]) -> u32 {
    raw[2..6].iter().fold(0, |unit, digit| unit << 4 | (*digit as char).to_digit(16).unwrap_or(0))
}

/// Reads one document from front to back. A clone is a second reader at the same place.
#[derive(Clone)]
pub struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    depth: u8,
    /// Just behind a `{` or `[`: the only place where no comma stands before the next member.
    first: bool,
    comments: bool,
}

impl<'a> Reader<'a> {
    /// A reader of strict JSON. A leading byte order mark is passed over.
    pub fn new(bytes: &'a [u8]) -> Self {
        let at = if bytes.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
        Reader { bytes, at, depth: 0, first: false, comments: false }
    }

    /// A reader that takes `//` and `/* */` comments for blanks, as in the ARK templates (seed, 5.4).
    pub fn with_comments(bytes: &'a [u8]) -> Self {
        Reader { comments: true, ..Reader::new(bytes) }
    }

    /// Where the reader stands, in bytes from the start.
    pub fn offset(&self) -> usize {
        self.at
    }

    /// A fault at the place where the reader stands.
    pub fn fault(&self, problem: &'static str) -> Fault {
        Fault { offset: self.at, path: String::new(), problem }
    }

    /// The kind of the next value; nothing is consumed but blanks.
    pub fn peek(&mut self) -> Result<Kind, Fault> {
        self.skip_blanks()?;
        Ok(match self.byte() {
            Some(b'n') => Kind::Null,
            Some(b't' | b'f') => Kind::Bool,
            Some(b'-' | b'0'..=b'9') => Kind::Number,
            Some(b'"') => Kind::String,
            Some(b'[') => Kind::Array,
            Some(b'{') => Kind::Object,
            Some(_) => return Err(self.fault("a JSON value")),
            None => return Err(self.fault("a JSON value, not the end of the document")),
        })
    }

    /// Steps into an object; [`Reader::next_key`] then walks it.
    pub fn enter_object(&mut self) -> Result<(), Fault> {
        match self.peek()? {
            Kind::Object => self.enter(),
            _ => Err(self.fault("an object")),
        }
    }

    /// The next key of the object, with the reader at its value, or `None` behind the object's end.
    pub fn next_key(&mut self) -> Result<Option<Text<'a>>, Fault> {
        if !self.next_member(b'}')? {
            return Ok(None);
        }
        if self.byte() != Some(b'"') {
            return Err(self.fault("a key in quotes"));
        }
        let key = self.string()?;
        self.skip_blanks()?;
        self.expect(b':', "a colon")?;
        Ok(Some(key))
    }

    /// Steps into an array; [`Reader::next_element`] then walks it.
    pub fn enter_array(&mut self) -> Result<(), Fault> {
        match self.peek()? {
            Kind::Array => self.enter(),
            _ => Err(self.fault("an array")),
        }
    }

    /// Whether another element follows; behind the array's end it is `false`.
    pub fn next_element(&mut self) -> Result<bool, Fault> {
        self.next_member(b']')
    }

    /// The next value, a string.
    pub fn string(&mut self) -> Result<Text<'a>, Fault> {
        if self.peek()? != Kind::String {
            return Err(self.fault("a string"));
        }
        self.at += 1;
        let start = self.at;
        let mut plain = true;
        loop {
            match self.byte() {
                Some(b'"') => break,
                Some(b'\\') => {
                    plain = false;
                    self.check_escape()?;
                }
                Some(0..0x20) => return Err(self.fault("no raw control character in a string")),
                Some(byte) => {
                    plain &= byte < 0x80;
                    self.at += 1;
                }
                None => return Err(self.fault("the end of a string, not of the document")),
            }
        }
        self.at += 1;
        Ok(Text { raw: &self.bytes[start..self.at - 1], offset: start, plain })
    }

    /// The next value, a number, as its literal text.
    pub fn number(&mut self) -> Result<Text<'a>, Fault> {
        if self.peek()? != Kind::Number {
            return Err(self.fault("a number"));
        }
        let start = self.at;
        self.at += usize::from(self.byte() == Some(b'-'));
        match self.byte() {
            Some(b'0') => self.at += 1,
            _ => self.digits()?,
        }
        if self.byte() == Some(b'.') {
            self.at += 1;
            self.digits()?;
        }
        if let Some(b'e' | b'E') = self.byte() {
            self.at += 1;
            self.at += usize::from(matches!(self.byte(), Some(b'+' | b'-')));
            self.digits()?;
        }
        Ok(Text { raw: &self.bytes[start..self.at], offset: start, plain: true })
    }

    /// The next value, `true`, `false` or `null`, as its literal text.
    pub fn literal(&mut self) -> Result<&'a str, Fault> {
        self.peek()?;
        for literal in ["null", "true", "false"] {
            if self.bytes[self.at..].starts_with(literal.as_bytes()) {
                self.at += literal.len();
                return Ok(literal);
            }
        }
        Err(self.fault("a JSON value"))
    }

    /// Passes over the next value, whatever it is, and returns the bytes it takes.
    pub fn skip(&mut self) -> Result<&'a [u8], Fault> {
        let kind = self.peek()?;
        let start = self.at;
        match kind {
            Kind::Null | Kind::Bool => drop(self.literal()?),
            Kind::Number => drop(self.number()?),
            Kind::String => drop(self.string()?),
            Kind::Array => {
                self.enter()?;
                while self.next_element()? {
                    self.skip()?;
                }
            }
            Kind::Object => {
                self.enter()?;
                while self.next_key()?.is_some() {
                    self.skip()?;
                }
            }
        }
        Ok(&self.bytes[start..self.at])
    }

    /// Makes sure that nothing but blanks follows.
    pub fn end(&mut self) -> Result<(), Fault> {
        self.skip_blanks()?;
        if self.at < self.bytes.len() { Err(self.fault("the end of the document")) } else { Ok(()) }
    }

    fn byte(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn enter(&mut self) -> Result<(), Fault> {
        if self.bytes.len() > MAX_BYTES {
            return Err(self.fault("a document of at most 256 MiB"));
        }
        if self.depth == MAX_DEPTH {
            return Err(self.fault("at most 64 levels of nesting"));
        }
        self.at += 1;
        self.depth += 1;
        self.first = true;
        Ok(())
    }

    /// Steps over the comma before the next member, or over `close`.
    fn next_member(&mut self, close: u8) -> Result<bool, Fault> {
        self.skip_blanks()?;
        let first = core::mem::replace(&mut self.first, false);
        if self.byte() == Some(close) {
            self.at += 1;
            self.depth -= 1;
            return Ok(false);
        }
        if !first {
            self.expect(b',', "a comma, or the end of the array or object")?;
            self.skip_blanks()?;
        }
        Ok(true)
    }

    fn expect(&mut self, byte: u8, problem: &'static str) -> Result<(), Fault> {
        if self.byte() != Some(byte) {
            return Err(self.fault(problem));
        }
        self.at += 1;
        Ok(())
    }

    fn digits(&mut self) -> Result<(), Fault> {
        let start = self.at;
        while let Some(b'0'..=b'9') = self.byte() {
            self.at += 1;
        }
        if self.at == start { Err(self.fault("a digit")) } else { Ok(()) }
    }

    /// Steps over one escape, so that decoding need not doubt it.
    fn check_escape(&mut self) -> Result<(), Fault> {
        let rest = &self.bytes[self.at..];
        let length = match rest.get(1) {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => 2,
            Some(b'u') if rest.len() >= 6 && rest[2..6].iter().all(u8::is_ascii_hexdigit) => 6,
            _ => return Err(self.fault("a valid escape")),
        };
        self.at += length;
        Ok(())
    }

    fn skip_blanks(&mut self) -> Result<(), Fault> {
        loop {
            match self.byte() {
                Some(b' ' | b'\t' | b'\n' | b'\r') => self.at += 1,
                Some(b'/') if self.comments => self.skip_comment()?,
                _ => return Ok(()),
            }
        }
    }

    fn skip_comment(&mut self) -> Result<(), Fault> {
        let rest = &self.bytes[self.at..];
        let length = match rest.get(1) {
            Some(b'/') => rest.iter().position(|&byte| byte == b'\n').unwrap_or(rest.len()),
            Some(b'*') => match rest[2..].windows(2).position(|pair| pair == b"*/") {
                Some(end) => 2 + end + 2,
                None => return Err(self.fault("the end of a comment")),
            },
            _ => return Err(self.fault("a JSON value or a comment")),
        };
        self.at += length;
        Ok(())
    }
}
