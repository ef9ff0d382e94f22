//! The path to a place in a document, worked out anew from its start: reading need not keep it at hand.

use alloc::string::String;
use alloc::vec::Vec;

use crate::text::{integer, join};

/// One level of nesting: which member the place is in.
enum Level<'a> {
    /// Of an object; the key, once its colon was passed.
    Key(&'a [u8]),
    /// Of an array; how many members have ended.
    Index(i64),
}

/// The path such as `lists[3].openid` to the place at `offset`, before which the document is JSON; empty for the
/// document itself.
pub(crate) fn path_to(document: &[u8], offset: usize) -> String {
    let mut levels = Vec::new();
    let mut bytes = document.iter().take(offset).enumerate();
    let mut string: &[u8] = &[];
    while let Some((start, byte)) = bytes.next() {
        match (byte, levels.last_mut()) {
            (b'"', _) => {
                let mut end = start + 1;
                while let Some((at, byte)) = bytes.next() {
                    end = at;
                    match byte {
                        b'"' => break,
                        b'\\' => drop(bytes.next()),
                        _ => {}
                    }
                }
                string = document.get(start + 1..end).unwrap_or_default();
            }
            (b':', Some(Level::Key(key))) => *key = string,
            (b',', Some(Level::Key(key))) => *key = &[],
            (b',', Some(Level::Index(index))) => *index += 1,
            (b'[', _) => levels.push(Level::Index(0)),
            (b'{', _) => levels.push(Level::Key(&[])),
            (b']' | b'}', _) => drop(levels.pop()),
            _ => {}
        }
    }
    let mut path = String::new();
    for level in levels {
        match level {
            Level::Key(key) => push_key(&mut path, key),
            Level::Index(index) => path = join(&[&path, "[", &integer(index), "]"]),
        }
    }
    path
}

/// The longest part of a key that a path shows.
const MAX_KEY: usize = 40;

/// Appends a key, which is empty between members.
pub(crate) fn push_key(path: &mut String, key: &[u8]) {
    if !path.is_empty() && !key.is_empty() {
        path.push('.');
    }
    // Whatever is not plain ASCII is of no name that is read.
    path.extend(key.iter().take(MAX_KEY).map(|&byte| if byte.is_ascii_graphic() { byte as char } else { '?' }));
}
