//! The one JSON reader: a pull lexer over bytes, bounded in depth and size.
//!
//! It keeps numbers as text, because an openid may arrive as an integer literal above 2^53, and it never builds a
//! tree. Strings are handed out as [`Text`], still encoded, so that a caller decodes only what it keeps. It knows the
//! path to where it stands, so a fault names its place without the help of the code above it.

use alloc::boxed::Box;
use alloc::string::String;
use core::ops::Deref;

use crate::text::{find, push_integer};

mod text;

pub use text::Text;

/// The deepest nesting of arrays and objects that is read; the outermost value is level 1.
pub const MAX_DEPTH: usize = 64;

/// The largest document that is read, in bytes (256 MiB). Callers that take bytes from a network set a lower limit.
pub const MAX_BYTES: usize = 256 << 20;

/// What is wrong with a document, and where. Boxed, so that a `Result` is one word: in the wasm that halves the code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault(Box<FaultDetails>);

/// What a [`Fault`] says.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct FaultDetails {
    /// UTF-8 bytes from the start of the document.
    pub offset: usize,
    /// Such as `lists[3].openid`; empty for the document itself.
    pub path: String,
    /// What was expected.
    pub expected: &'static str,
}

impl Deref for Fault {
    type Target = FaultDetails;

    fn deref(&self) -> &FaultDetails {
        &self.0
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

/// One level of nesting: which member the reader is in.
#[derive(Clone, Copy, Default)]
struct Level<'a> {
    /// Of an object's member; `None` in an array, and between members.
    key: Option<&'a [u8]>,
    /// How many members have begun.
    members: usize,
    is_array: bool,
}

/// A place to which a [`Reader`] can go back.
#[derive(Clone, Copy)]
pub(crate) struct Mark {
    at: usize,
    depth: usize,
}

/// Reads one document from front to back.
pub struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    depth: usize,
    levels: [Level<'a>; MAX_DEPTH],
    comments: bool,
}

impl<'a> Reader<'a> {
    /// A reader of strict JSON. A leading byte order mark is passed over.
    pub fn new(bytes: &'a [u8]) -> Self {
        let at = if bytes.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
        Reader { bytes, at, depth: 0, levels: [Level::default(); MAX_DEPTH], comments: false }
    }

    /// A reader that takes `//` and `/* */` comments for blanks, as in the ARK templates (seed, 5.4).
    pub fn with_comments(bytes: &'a [u8]) -> Self {
        Reader { comments: true, ..Reader::new(bytes) }
    }

    /// A fault at the place where the reader stands.
    #[cold]
    pub fn fault(&self, expected: &'static str) -> Fault {
        self.fault_at(self.at, expected)
    }

    /// A fault at a place that the reader has passed, in the member that it is in.
    #[cold]
    pub(crate) fn fault_at(&self, offset: usize, expected: &'static str) -> Fault {
        Fault(Box::new(FaultDetails { offset, path: self.path(), expected }))
    }

    /// A fault at the start of a text that was read last.
    #[cold]
    pub(crate) fn fault_in(&self, text: &Text<'a>, expected: &'static str) -> Fault {
        self.fault_at(text.raw().as_ptr() as usize - self.bytes.as_ptr() as usize, expected)
    }

    /// The fault of an object, which began at `offset` and has just ended, that lacks the member `name`.
    #[cold]
    pub(crate) fn missing(&self, offset: usize, name: &str, expected: &'static str) -> Fault {
        let mut fault = self.fault_at(offset, expected);
        push_key(&mut fault.0.path, name.as_bytes());
        fault
    }

    /// The path to where the reader stands, such as `lists[3].openid`.
    fn path(&self) -> String {
        let mut path = String::new();
        for level in self.levels.iter().take(self.depth) {
            if let Some(key) = level.key {
                push_key(&mut path, key);
            } else if level.is_array && level.members > 0 {
                path.push('[');
                push_integer(&mut path, level.members as i64 - 1);
                path.push(']');
            }
        }
        path
    }

    /// The kind of the next value; nothing is consumed but blanks.
    pub fn peek(&mut self) -> Result<Kind, Fault> {
        self.skip_blanks()?;
        Ok(match self.byte() {
            b'n' => Kind::Null,
            b't' | b'f' => Kind::Bool,
            b'-' | b'0'..=b'9' => Kind::Number,
            b'"' => Kind::String,
            b'[' => Kind::Array,
            b'{' => Kind::Object,
            b'<' => return Err(self.fault("JSON, not HTML")),
            _ => return Err(self.fault("a JSON value")),
        })
    }

    /// Steps into an object; [`Reader::next_key`] then walks it.
    pub fn enter_object(&mut self) -> Result<(), Fault> {
        self.enter(Kind::Object, "an object")
    }

    /// Steps into an array; [`Reader::next_element`] then walks it.
    pub fn enter_array(&mut self) -> Result<(), Fault> {
        self.enter(Kind::Array, "an array")
    }

    /// The next key of the object, with the reader at its value, or `None` behind the object's end.
    pub fn next_key(&mut self) -> Result<Option<Text<'a>>, Fault> {
        if !self.next_member(false)? {
            return Ok(None);
        }
        if self.byte() != b'"' {
            return Err(self.fault("a key in quotes"));
        }
        let key = self.string()?;
        self.skip_blanks()?;
        self.expect(b':', "a colon")?;
        if let Some(level) = self.level() {
            level.key = Some(key.raw());
        }
        Ok(Some(key))
    }

    /// Whether another element follows; behind the array's end it is `false`.
    pub fn next_element(&mut self) -> Result<bool, Fault> {
        self.next_member(true)
    }

    /// The next value, a string.
    pub fn string(&mut self) -> Result<Text<'a>, Fault> {
        self.skip_blanks()?;
        self.expect(b'"', "a string")?;
        let start = self.at;
        let mut plain = true;
        loop {
            match self.byte() {
                b'"' => break,
                b'\\' => {
                    plain = false;
                    self.at += self.escape_length()?;
                }
                0..0x20 => return Err(self.fault("the rest of a string, without raw control characters")),
                byte => {
                    plain &= byte < 0x80;
                    self.at += 1;
                }
            }
        }
        self.at += 1;
        Ok(Text::new(self.since(start, self.at - 1), plain))
    }

    /// The next value, a number, as its literal text.
    pub fn number(&mut self) -> Result<Text<'a>, Fault> {
        self.skip_blanks()?;
        let start = self.at;
        self.at += usize::from(self.byte() == b'-');
        if self.byte() == b'0' {
            self.at += 1;
        } else {
            self.digits()?;
        }
        if self.byte() == b'.' {
            self.at += 1;
            self.digits()?;
        }
        if let b'e' | b'E' = self.byte() {
            self.at += 1;
            self.at += usize::from(matches!(self.byte(), b'+' | b'-'));
            self.digits()?;
        }
        Ok(Text::new(self.since(start, self.at), true))
    }

    /// Passes over the next value, whatever it is, and returns the bytes it takes.
    pub fn skip(&mut self) -> Result<&'a [u8], Fault> {
        let kind = self.peek()?;
        let start = self.at;
        match kind {
            Kind::Null | Kind::Bool => self.literal()?,
            Kind::Number => drop(self.number()?),
            Kind::String => drop(self.string()?),
            Kind::Array => {
                self.enter_array()?;
                while self.next_element()? {
                    self.skip()?;
                }
            }
            Kind::Object => {
                self.enter_object()?;
                while self.next_key()?.is_some() {
                    self.skip()?;
                }
            }
        }
        Ok(self.since(start, self.at))
    }

    /// Makes sure that nothing but blanks follows.
    pub fn end(&mut self) -> Result<(), Fault> {
        self.skip_blanks()?;
        if self.at < self.bytes.len() { Err(self.fault("the end of the document")) } else { Ok(()) }
    }

    /// Where the reader stands, in bytes from the start.
    pub fn offset(&self) -> usize {
        self.at
    }

    pub(crate) fn mark(&self) -> Mark {
        Mark { at: self.at, depth: self.depth }
    }

    /// Goes back to a place in a member that the reader has not left since.
    pub(crate) fn reset(&mut self, mark: Mark) {
        self.at = mark.at;
        self.depth = mark.depth;
    }

    /// The next byte; 0, which stands nowhere in JSON, behind the end.
    fn byte(&self) -> u8 {
        self.bytes.get(self.at).copied().unwrap_or(0)
    }

    /// The bytes from one place to another. They are places where the reader was, but the compiler cannot know: `get`
    /// spares the wasm a panic and its message.
    fn since(&self, start: usize, end: usize) -> &'a [u8] {
        self.bytes.get(start..end).unwrap_or_default()
    }

    fn rest(&self) -> &'a [u8] {
        self.since(self.at, self.bytes.len())
    }

    /// The innermost array or object that the reader is in.
    fn level(&mut self) -> Option<&mut Level<'a>> {
        self.levels.get_mut(self.depth.wrapping_sub(1))
    }

    fn enter(&mut self, kind: Kind, expected: &'static str) -> Result<(), Fault> {
        if self.peek()? != kind {
            return Err(self.fault(expected));
        }
        if self.bytes.len() > MAX_BYTES {
            return Err(self.fault("a document of at most 256 MiB"));
        }
        let Some(level) = self.levels.get_mut(self.depth) else {
            return Err(self.fault("at most 64 levels of nesting"));
        };
        *level = Level { is_array: kind == Kind::Array, ..Level::default() };
        self.at += 1;
        self.depth += 1;
        Ok(())
    }

    /// Steps over the comma before the next member, or over the end.
    fn next_member(&mut self, of_array: bool) -> Result<bool, Fault> {
        self.skip_blanks()?;
        let Some(level) = self.level().filter(|level| level.is_array == of_array) else {
            return Err(self.fault("a member of an array or object that was entered"));
        };
        let first = level.members == 0;
        level.key = None;
        if self.byte() == (if of_array { b']' } else { b'}' }) {
            self.at += 1;
            self.depth -= 1;
            return Ok(false);
        }
        if !first {
            self.expect(b',', "a comma, or the end of the array or object")?;
            self.skip_blanks()?;
        }
        if let Some(level) = self.level() {
            level.members += 1;
        }
        Ok(true)
    }

    fn expect(&mut self, byte: u8, expected: &'static str) -> Result<(), Fault> {
        if self.byte() != byte {
            return Err(self.fault(expected));
        }
        self.at += 1;
        Ok(())
    }

    fn literal(&mut self) -> Result<(), Fault> {
        let literals: [&[u8]; 3] = [b"null", b"true", b"false"];
        match literals.into_iter().find(|literal| self.rest().starts_with(literal)) {
            Some(literal) => self.at += literal.len(),
            None => return Err(self.fault("a JSON value")),
        }
        Ok(())
    }

    fn digits(&mut self) -> Result<(), Fault> {
        let start = self.at;
        while self.byte().is_ascii_digit() {
            self.at += 1;
        }
        if self.at == start { Err(self.fault("a digit")) } else { Ok(()) }
    }

    /// Checks one escape, so that decoding need not doubt it.
    fn escape_length(&self) -> Result<usize, Fault> {
        let rest = self.rest();
        match rest.get(1) {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => Ok(2),
            Some(b'u') if rest.get(2..6).is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit)) => Ok(6),
            _ => Err(self.fault("a valid escape")),
        }
    }

    fn skip_blanks(&mut self) -> Result<(), Fault> {
        loop {
            match self.byte() {
                b' ' | b'\t' | b'\n' | b'\r' => self.at += 1,
                b'/' if self.comments => self.skip_comment()?,
                _ => return Ok(()),
            }
        }
    }

    fn skip_comment(&mut self) -> Result<(), Fault> {
        let rest = self.rest();
        let length = match rest.get(1) {
            Some(b'/') => rest.iter().position(|byte| b"\r\n".contains(byte)).unwrap_or(rest.len()),
            Some(b'*') => match find(rest.get(2..).unwrap_or_default(), b"*/") {
                Some(end) => 2 + end + 2,
                None => return Err(self.fault("the end of a comment")),
            },
            _ => return Err(self.fault("a JSON value or a comment")),
        };
        self.at += length;
        Ok(())
    }
}

/// The longest part of a key that a path shows.
const MAX_KEY: usize = 40;

fn push_key(path: &mut String, key: &[u8]) {
    if !path.is_empty() {
        path.push('.');
    }
    // Whatever is not plain ASCII is of no name that is read.
    path.extend(key.iter().take(MAX_KEY).map(|&byte| if byte.is_ascii_graphic() { byte as char } else { '?' }));
}
