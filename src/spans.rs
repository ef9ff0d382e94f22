//! The list as it leaves the wasm: numbers that point into two texts, so that the host decodes each text once
//! and slices plain objects from it. One value crossing the boundary for every string would cost several times as
//! much.

use alloc::vec::Vec;

use crate::json::Text;
use crate::record::{Record, Shown, Sink};

/// Set in a span's start when the span is one of UTF-16 code units; otherwise it is one of ASCII bytes.
const WIDE: u32 = 1 << 31;
/// Both ends of a text that is absent.
const ABSENT: u32 = u32::MAX;

/// The sink for the wasm. `pkg/src/lists.ts` reads it.
pub(crate) struct Spans {
    /// How many texts an entry has.
    texts: usize,
    /// A row for each entry: one number of `gender | display name's text << 2`, then start and end of each text in
    /// the order of the names on the wire.
    pub(crate) table: Vec<u32>,
    /// The texts that are ASCII without escapes, end to end.
    pub(crate) ascii: Vec<u8>,
    /// The others, end to end, in UTF-16 code units.
    pub(crate) wide: Vec<u16>,
}

impl Spans {
    /// `bytes` is the size of the answer, which the narrow text cannot exceed: reserved at once it need not move when it
    /// grows, which would leave holes in the heap.
    pub(crate) fn new(texts: usize, bytes: usize) -> Self {
        Spans { texts, table: Vec::new(), ascii: Vec::with_capacity(bytes), wide: Vec::new() }
    }

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
                    text.decode(&mut |piece| self.wide.extend(piece.encode_utf16()));
                    [start | WIDE, self.wide.len() as u32]
                }
            },
        };
        self.table.extend_from_slice(&span);
    }
}

impl<'a> Sink<'a> for Spans {
    fn clear(&mut self) {
        self.table.clear();
        self.ascii.clear();
        self.wide.clear();
    }

    fn push(&mut self, record: &Record<'a>, shown: Shown) {
        self.table.push(shown.gender as u32 | (shown.name as u32) << 2);
        for text in record.texts.iter().take(self.texts) {
            self.push_text(*text);
        }
    }
}
