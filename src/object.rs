//! Writes one JSON object: a request's body, whose bytes are signed and sent as they are, and what the core returns
//! to callers that are not Rust.

use alloc::string::String;

use crate::text::{LOWER_HEX, hex, push_integer};

/// A JSON object in the writing. Fields keep the order in which they are put.
pub(crate) struct Object {
    json: String,
}

impl Object {
    pub(crate) fn new() -> Self {
        Object { json: String::from("{") }
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
        push_integer(self.name(name), value);
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
        let mut opening = '[';
        for value in values {
            json.push(opening);
            push_quoted(json, value);
            opening = ',';
        }
        json.push_str(if opening == '[' { "[]" } else { "]" });
    }

    /// An object of integers.
    pub(crate) fn integers(&mut self, name: &str, values: &[(&str, u32)]) {
        let mut object = Object::new();
        for &(name, value) in values {
            object.integer(name, value.into());
        }
        self.json(name, &object.finish());
    }

    /// A value that is JSON already.
    pub(crate) fn json(&mut self, name: &str, value: &str) {
        self.name(name).push_str(value);
    }

    pub(crate) fn finish(mut self) -> String {
        self.json.push('}');
        self.json
    }

    /// Begins a field; the value is appended to what is returned.
    fn name(&mut self, name: &str) -> &mut String {
        if self.json.len() > 1 {
            self.json.push(',');
        }
        push_quoted(&mut self.json, name);
        self.json.push(':');
        &mut self.json
    }
}

fn push_quoted(json: &mut String, text: &str) {
    json.push('"');
    for character in text.chars() {
        match character {
            '\0'..='\x1F' => {
                json.push_str("\\u00");
                json.extend(hex(character as u8, LOWER_HEX));
            }
            '"' | '\\' => {
                json.push('\\');
                json.push(character);
            }
            _ => json.push(character),
        }
    }
    json.push('"');
}
