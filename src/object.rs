//! Writes one JSON object: a request's body, whose bytes are signed and sent as they are, and what the core returns
//! to callers that are not Rust.

use alloc::string::String;
use alloc::vec::Vec;

use crate::text::{hex_digit, integer};

/// A JSON object in the writing. Fields keep the order in which they are put.
pub(crate) struct Object {
    json: Vec<u8>,
}

impl Object {
    pub(crate) fn new() -> Self {
        Object { json: Vec::from(b"{") }
    }

    pub(crate) fn text(&mut self, name: &str, value: &str) {
        push_quoted(self.name(name), value);
    }

    pub(crate) fn optional_text(&mut self, name: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.text(name, value);
        }
    }

    pub(crate) fn integer(&mut self, name: &str, value: i64) {
        self.json(name, &integer(value));
    }

    pub(crate) fn optional_integer(&mut self, name: &str, value: Option<i64>) {
        if let Some(value) = value {
            self.integer(name, value);
        }
    }

    pub(crate) fn boolean(&mut self, name: &str, value: bool) {
        self.json(name, if value { "true" } else { "false" });
    }

    pub(crate) fn texts(&mut self, name: &str, values: &[String]) {
        let json = self.name(name);
        let mut opening = b'[';
        for value in values {
            json.push(opening);
            push_quoted(json, value);
            opening = b',';
        }
        json.extend_from_slice(if opening == b'[' { b"[]" } else { b"]" });
    }

    /// A string of another document, escaped as it stands there.
    pub(crate) fn escaped_text(&mut self, name: &str, raw: &[u8]) {
        let json = self.name(name);
        json.push(b'"');
        json.extend_from_slice(raw);
        json.push(b'"');
    }

    /// A value that is JSON already.
    pub(crate) fn json(&mut self, name: &str, value: &str) {
        self.name(name).extend_from_slice(value.as_bytes());
    }

    pub(crate) fn finish(mut self) -> String {
        self.json.push(b'}');
        // SAFETY: only whole texts were put, and ASCII between them.
        unsafe { String::from_utf8_unchecked(self.json) }
    }

    /// Begins a field; the value is appended to what is returned.
    fn name(&mut self, name: &str) -> &mut Vec<u8> {
        if self.json.len() > 1 {
            self.json.push(b',');
        }
        push_quoted(&mut self.json, name);
        self.json.push(b':');
        &mut self.json
    }
}

fn push_quoted(json: &mut Vec<u8>, text: &str) {
    json.push(b'"');
    for &byte in text.as_bytes() {
        match byte {
            0..=0x1F => json.extend_from_slice(&[b'\\', b'u', b'0', b'0', b'0' + (byte >> 4), hex_digit(byte)]),
            b'"' | b'\\' => json.extend_from_slice(&[b'\\', byte]),
            _ => json.push(byte),
        }
    }
    json.push(b'"');
}
