//! The one JSON reader: a pull lexer over bytes, bounded in depth and size.
//!
//! It keeps numbers as text, because an openid may arrive as an integer literal above 2^53, and it never builds a
//! tree. Strings are handed out as [`Text`], still encoded, so that a caller decodes only what it keeps.
//!
//! A failure is noted in the reader and returned as [`Halt`], which is nothing: so a result fits into a register where
//! it can. Which path leads to a fault is worked out from its offset, when somebody asks (`json/path.rs`).

use crate::text::{find, is_one_of};

mod path;
mod text;

pub(crate) use path::{path_to, push_key};
pub use text::Text;

/// The deepest nesting of arrays and objects that is read; the outermost value is level 1.
pub const MAX_DEPTH: usize = 64;

/// The largest document that is read, in bytes (256 MiB). Callers that take bytes from a network set a lower limit.
pub const MAX_BYTES: usize = 256 << 20;

/// What is wrong with a document, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fault {
    /// UTF-8 bytes from the start of the document.
    pub offset: usize,
    /// What was expected there.
    pub expected: &'static str,
    /// The member that is missing in the object at the offset; empty where something else is wrong.
    pub missing: &'static str,
}

/// Says that reading cannot go on; [`Reader::fault`] says why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Halt;

/// The kind of the next value, told from its first byte. As wide as a register: in the wasm that spares the copying of
/// bytes and their padding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub(crate) enum Kind {
    Null,
    Bool,
    Number,
    String,
    Array,
    Object,
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
    /// Whether an array or object was entered just now, so that its first member has no comma in front.
    entered: bool,
    comments: bool,
    fault: Fault,
}

impl<'a> Reader<'a> {
    /// A reader of strict JSON. A leading byte order mark is passed over.
    #[must_use]
    pub fn new(bytes: &'a [u8]) -> Self {
        let at = if bytes.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
        let fault = Fault { offset: 0, expected: "", missing: "" };
        Reader { bytes, at, depth: 0, entered: false, comments: false, fault }
    }

    /// A reader that takes `//` and `/* */` comments for blanks, as in the ARK templates (seed, 5.4), and passes over no
    /// byte order mark.
    pub(crate) fn with_comments(bytes: &'a [u8]) -> Self {
        Reader { at: 0, comments: true, ..Reader::new(bytes) }
    }

    /// Why reading was halted.
    #[must_use]
    pub fn fault(&self) -> Fault {
        self.fault
    }

    /// Halts at the place where the reader stands.
    #[cold]
    #[inline(never)]
    pub(crate) fn halt(&mut self, expected: &'static str) -> Halt {
        self.fault = Fault { offset: self.at, expected, missing: "" };
        Halt
    }

    /// Halts at the start of a text that was read last.
    #[cold]
    pub(crate) fn halt_in(&mut self, text: &Text<'a>, expected: &'static str) -> Halt {
        self.at = text.raw().as_ptr() as usize - self.bytes.as_ptr() as usize;
        self.halt(expected)
    }

    /// Halts because the object that began at `offset` lacks the member `name`.
    #[cold]
    pub(crate) fn halt_without(&mut self, offset: usize, missing: &'static str, expected: &'static str) -> Halt {
        self.fault = Fault { offset, expected, missing };
        Halt
    }

    /// The kind of the next value; nothing is consumed but blanks.
    pub(crate) fn peek(&mut self) -> Result<Kind, Halt> {
        self.skip_blanks()?;
        Ok(match self.byte() {
            b'"' => Kind::String,
            b'-' | b'0'..=b'9' => Kind::Number,
            b'n' => Kind::Null,
            b't' | b'f' => Kind::Bool,
            b'[' => Kind::Array,
            b'{' => Kind::Object,
            _ => return Err(self.halt_before_value()),
        })
    }

    #[cold]
    fn halt_before_value(&mut self) -> Halt {
        let is_html = self.byte() == b'<';
        self.halt(if is_html { "JSON, not HTML" } else { "a JSON value" })
    }

    /// Steps into an object; [`Reader::next_key`] then walks it.
    pub(crate) fn enter_object(&mut self) -> Result<(), Halt> {
        self.enter(b'{', "an object")
    }

    /// Steps into an array; [`Reader::next_element`] then walks it.
    pub(crate) fn enter_array(&mut self) -> Result<(), Halt> {
        self.enter(b'[', "an array")
    }

    fn enter(&mut self, opening: u8, expected: &'static str) -> Result<(), Halt> {
        self.peek()?;
        if self.byte() != opening {
            return Err(self.halt(expected));
        }
        if self.bytes.len() > MAX_BYTES {
            return Err(self.halt("at most 256 MiB"));
        }
        if self.depth == MAX_DEPTH {
            return Err(self.halt("at most 64 levels of nesting"));
        }
        self.at += 1;
        self.depth += 1;
        self.entered = true;
        Ok(())
    }

    /// The next key of the object that was entered, with the reader at its value, or `None` behind the object's end.
    pub(crate) fn next_key(&mut self) -> Result<Option<Text<'a>>, Halt> {
        if !self.next_member(b'}')? {
            return Ok(None);
        }
        let key = self.quoted("a key in quotes")?;
        self.skip_blanks()?;
        self.expect(b':', "a colon")?;
        Ok(Some(key))
    }

    /// Whether another element of the array that was entered follows; behind the array's end it is `false`.
    pub(crate) fn next_element(&mut self) -> Result<bool, Halt> {
        self.next_member(b']')
    }

    /// Steps over the comma before the next member, or over the end.
    fn next_member(&mut self, closing: u8) -> Result<bool, Halt> {
        self.skip_blanks()?;
        let first = self.entered;
        self.entered = false;
        if self.byte() == closing {
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

    #[inline(always)]
    fn expect(&mut self, byte: u8, expected: &'static str) -> Result<(), Halt> {
        if self.byte() != byte {
            return Err(self.halt(expected));
        }
        self.at += 1;
        Ok(())
    }

    /// The next value, a string.
    pub(crate) fn string(&mut self) -> Result<Text<'a>, Halt> {
        self.skip_blanks()?;
        self.quoted("a string")
    }

    /// The next value if it is a string; otherwise nothing is consumed but blanks.
    #[inline(always)]
    pub(crate) fn string_if_any(&mut self) -> Result<Option<Text<'a>>, Halt> {
        self.skip_blanks()?;
        if self.byte() == b'"' { self.quoted("").map(Some) } else { Ok(None) }
    }

    #[inline(always)]
    fn quoted(&mut self, expected: &'static str) -> Result<Text<'a>, Halt> {
        self.expect(b'"', expected)?;
        let start = self.at;
        let mut plain = true;
        loop {
            self.at = end_of_ordinary(self.bytes, self.at);
            match self.byte() {
                b'"' => break,
                b'\\' => {
                    plain = false;
                    self.skip_escape()?;
                }
                0..0x20 => return Err(self.halt("the rest of a string, without raw control characters")),
                _ => {
                    plain = false;
                    while self.byte() >= 0x80 {
                        self.at += 1;
                    }
                }
            }
        }
        self.at += 1;
        let raw = self.since(start, self.at - 1);
        Ok(Text::new(raw, plain))
    }

    /// Checks one escape, so that decoding need not doubt it.
    fn skip_escape(&mut self) -> Result<(), Halt> {
        let length = match self.bytes.get(self.at + 1) {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => 2,
            Some(b'u')
                if self.since(self.at + 2, self.at + 6).iter().filter(|byte| byte.is_ascii_hexdigit()).count() == 4 =>
            {
                6
            }
            _ => return Err(self.halt("a valid escape")),
        };
        self.at += length;
        Ok(())
    }

    /// The next value, a number, as its literal text.
    pub(crate) fn number(&mut self) -> Result<Text<'a>, Halt> {
        self.skip_blanks()?;
        let start = self.at;
        self.skip_one_of(b"-");
        if !self.skip_one_of(b"0") {
            self.digits()?;
        }
        if self.skip_one_of(b".") {
            self.digits()?;
        }
        if self.skip_one_of(b"eE") {
            self.skip_one_of(b"+-");
            self.digits()?;
        }
        Ok(Text::new(self.since(start, self.at), true))
    }

    fn skip_one_of(&mut self, bytes: &[u8]) -> bool {
        let found = is_one_of(self.byte(), bytes);
        self.at += usize::from(found);
        found
    }

    fn digits(&mut self) -> Result<(), Halt> {
        let start = self.at;
        while self.byte().is_ascii_digit() {
            self.at += 1;
        }
        if self.at == start { Err(self.halt("a digit")) } else { Ok(()) }
    }

    /// Passes over the next value, whatever it is, and returns the bytes it takes.
    pub fn skip(&mut self) -> Result<&'a [u8], Halt> {
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

    fn literal(&mut self) -> Result<(), Halt> {
        let literals: [&[u8]; 3] = [b"null", b"true", b"false"];
        let rest = self.since(self.at, self.bytes.len());
        match literals.into_iter().find(|literal| rest.starts_with(literal)) {
            Some(literal) => self.at += literal.len(),
            None => return Err(self.halt("a JSON value")),
        }
        Ok(())
    }

    /// Makes sure that nothing but blanks follows.
    pub fn end(&mut self) -> Result<(), Halt> {
        self.skip_blanks()?;
        if self.at < self.bytes.len() { Err(self.halt("the end of the document")) } else { Ok(()) }
    }

    /// Where the reader stands, in bytes from the start.
    pub(crate) fn offset(&self) -> usize {
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
    #[inline(always)]
    fn byte(&self) -> u8 {
        self.bytes.get(self.at).copied().unwrap_or(0)
    }

    /// The bytes from one place to another. They are places where the reader was, but the compiler cannot know: `get`
    /// spares the wasm a panic and its message.
    fn since(&self, start: usize, end: usize) -> &'a [u8] {
        self.bytes.get(start..end).unwrap_or_default()
    }

    #[inline(always)]
    fn skip_blanks(&mut self) -> Result<(), Halt> {
        let byte = self.byte();
        if byte > b' ' && byte != b'/' { Ok(()) } else { self.skip_some_blanks() }
    }

    #[inline(never)]
    fn skip_some_blanks(&mut self) -> Result<(), Halt> {
        loop {
            match self.byte() {
                b' ' | b'\t' | b'\n' | b'\r' => self.at += 1,
                b'/' if self.comments => self.skip_comment()?,
                _ => return Ok(()),
            }
        }
    }

    fn skip_comment(&mut self) -> Result<(), Halt> {
        match comment_length(self.since(self.at, self.bytes.len())) {
            Some(length) => self.at += length,
            None => return Err(self.halt("a JSON value or a whole comment")),
        }
        Ok(())
    }
}

/// The length of the comment that `text` begins with. One of a line ends before its line break.
pub(crate) fn comment_length(text: &[u8]) -> Option<usize> {
    match text {
        [b'/', b'/', ..] => Some(text.iter().position(|&byte| is_one_of(byte, b"\r\n")).unwrap_or(text.len())),
        [b'/', b'*', inner @ ..] => find(inner, b"*/").map(|end| 2 + end + 2),
        _ => None,
    }
}

/// Where the next byte stands that is a quote, a backslash, a control character or not ASCII. Eight bytes are looked at
/// at once, since a picture's address has a hundred: that takes a fifth off the time of a list.
#[inline(always)]
fn end_of_ordinary(bytes: &[u8], start: usize) -> usize {
    const ONES: u64 = u64::MAX / 255;
    const HIGH_BITS: u64 = ONES << 7;
    let mut at = start;
    while let Some(Some(eight)) = bytes.get(at..).map(|rest| rest.first_chunk()) {
        let eight = u64::from_le_bytes(*eight);
        let quotes = eight ^ (ONES * b'"' as u64);
        let escapes = eight ^ (ONES * b'\\' as u64);
        // Has the high bit of each such byte. A subtraction borrows only from the bytes behind one that it found, so the
        // first is always right.
        let special = (eight.wrapping_sub(ONES * 0x20) & !eight)
            | (quotes.wrapping_sub(ONES) & !quotes)
            | (escapes.wrapping_sub(ONES) & !escapes)
            | eight;
        if special & HIGH_BITS != 0 {
            return at + ((special & HIGH_BITS).trailing_zeros() / 8) as usize;
        }
        at += 8;
    }
    while let Some(0x20..=0x21 | 0x23..=0x5B | 0x5D..=0x7F) = bytes.get(at) {
        at += 1;
    }
    at
}
