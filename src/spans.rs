//! The friend list as it leaves the wasm: numbers that point into two texts, so that the host decodes each text once
//! and slices plain objects from it. One value crossing the boundary for every string would cost several times as
//! much.

use alloc::vec::Vec;

use crate::endpoints::friend_list::{RawFriend, Sink};
use crate::json::Text;

/// Set in a span's start when the span is one of UTF-16 code units; otherwise it is one of ASCII bytes.
const WIDE: u32 = 1 << 31;
/// Both ends of a text that is absent.
const ABSENT: u32 = u32::MAX;

/// The sink for the wasm. `pkg/src/friends.ts` reads it.
#[derive(Default)]
pub(crate) struct Spans {
    /// A row for each friend: one number of `gender | display name's field << 2`, then start and end of each text in
    /// the order of the fields.
    pub(crate) table: Vec<u32>,
    /// The texts that are ASCII without escapes, end to end.
    pub(crate) ascii: Vec<u8>,
    /// The others, end to end, in UTF-16 code units.
    pub(crate) wide: Vec<u16>,
}

impl Spans {
    fn push_text(&mut self, text: Option<Text<'_>>) {
        let span = match text {
            None => [ABSENT, ABSENT],
            Some(text) => match text.plain() {
                Some(bytes) => {
                    let start = self.ascii.len() as u32;
                    self.ascii.extend_from_slice(bytes);
                    [start, self.ascii.len() as u32]
                }
                None => {
                    let start = self.wide.len() as u32;
                    // Broken text was refused or has become U+FFFD.
                    let _ = text.decode(&mut |piece| self.wide.extend(piece.encode_utf16()));
                    [start | WIDE, self.wide.len() as u32]
                }
            },
        };
        self.table.extend_from_slice(&span);
    }
}

impl<'a> Sink<'a> for Spans {
    fn clear(&mut self) {
        *self = Spans::default();
    }

    fn push(&mut self, friend: &RawFriend<'a>) {
        self.table.push(friend.gender as u32 | (friend.display_name as u32) << 2);
        for text in friend.texts {
            self.push_text(text);
        }
    }
}
