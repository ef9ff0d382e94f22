//! Writes a request's JSON body. The same bytes are signed and sent.

use alloc::string::String;

use crate::text::push_integer;

/// A JSON object in the writing. Fields keep the order in which they are put.
pub(crate) struct Body {
    json: String,
}

impl Body {
    pub(crate) fn new() -> Self {
        Body { json: String::from("{") }
    }

    pub(crate) fn text(&mut self, name: &str, value: &str) {
        self.name(name);
        self.quoted(value);
    }

    pub(crate) fn optional_text(&mut self, name: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.text(name, value);
        }
    }

    pub(crate) fn integer(&mut self, name: &str, value: i64) {
        self.name(name);
        push_integer(&mut self.json, value);
    }

    pub(crate) fn object(&mut self, name: &str, value: Body) {
        self.name(name);
        self.json.push_str(&value.finish());
    }

    pub(crate) fn finish(mut self) -> String {
        self.json.push('}');
        self.json
    }

    fn name(&mut self, name: &str) {
        if self.json.len() > 1 {
            self.json.push(',');
        }
        self.quoted(name);
        self.json.push(':');
    }

    fn quoted(&mut self, text: &str) {
        self.json.push('"');
        for character in text.chars() {
            match character {
                '"' | '\\' => {
                    self.json.push('\\');
                    self.json.push(character);
                }
                '\0'..='\x1F' => {
                    const HEX: &[u8; 16] = b"0123456789abcdef";
                    self.json.push_str("\\u00");
                    self.json.push(HEX[character as usize >> 4] as char);
                    self.json.push(HEX[character as usize & 15] as char);
                }
                _ => self.json.push(character),
            }
        }
        self.json.push('"');
    }
}
