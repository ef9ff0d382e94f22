//! A list as it leaves the wasm: numbers that cut two texts, so that the host decodes each text once and slices plain
//! objects from it. One value crossing the boundary for every string would cost several times as much.
//!
//! It leaves in batches. The host's slices keep the text alive that they were cut from, so a friend who is kept keeps one
//! batch and not the whole answer; and the wasm needs no memory for more than one.

use alloc::vec::Vec;
use core::ptr;

use crate::json::Text;
use crate::record::{Record, Shown, Sink};

/// A batch is handed over when its texts are this long, in bytes.
const BATCH: usize = 4 << 10;

/// Where a text is: its length in UTF-16 code units, times 4, and one of these.
const ABSENT: u32 = 0;
const ASCII: u32 = 1;
const WIDE: u32 = 2;

/// Some entries of a list.
pub(crate) struct Batch {
    /// A row for each entry: one number of `gender | display name's text << 2`, then one for each text in the order of the
    /// names on the wire.
    pub(crate) rows: Vec<u32>,
    /// The texts that are ASCII without escapes, end to end.
    pub(crate) ascii: Vec<u8>,
    /// The others, end to end, in UTF-8. Broken text was refused or has become U+FFFD.
    pub(crate) wide: Vec<u8>,
    /// Whether it goes on where another one ended; otherwise what was handed over before is void.
    pub(crate) continues: bool,
}

/// The sink for the wasm. `pkg/src/lists.ts` reads the batches.
pub(crate) struct Batches {
    batch: Batch,
    hand_over: fn(&Batch),
}

impl Batches {
    pub(crate) fn new(hand_over: fn(&Batch)) -> Self {
        // Room for most batches at once: growing would leave holes in the heap.
        let batch = Batch {
            rows: Vec::with_capacity(BATCH / 4),
            ascii: Vec::with_capacity(2 * BATCH),
            wide: Vec::with_capacity(2 * BATCH),
            continues: false,
        };
        Batches { batch, hand_over }
    }

    /// Hands over what is left.
    pub(crate) fn finish(&mut self) {
        (self.hand_over)(&self.batch);
        self.empty(true);
    }

    fn empty(&mut self, continues: bool) {
        self.batch.rows.clear();
        self.batch.ascii.clear();
        self.batch.wide.clear();
        self.batch.continues = continues;
    }
}

impl Batch {
    /// Appends the text to those of its kind, and gives the number that says so.
    fn push_text(&mut self, text: Text<'_>) -> u32 {
        if let Some(bytes) = text.as_plain() {
            push_short(&mut self.ascii, bytes);
            return (bytes.len() as u32) << 2 | ASCII;
        }
        text.decode(&mut self.wide).code_units << 2 | WIDE
    }
}

/// Appends a text. Most are of 8 to 32 bytes, and for those the copying function that the compiler brings takes longer to
/// begin than to copy: two or four overlapping words take 6 % off the time of a list.
fn push_short(out: &mut Vec<u8>, text: &[u8]) {
    let length = text.len();
    if !(8..=32).contains(&length) {
        out.extend_from_slice(text);
        return;
    }
    out.reserve(length);
    // SAFETY: `reserve` made room for `length` bytes behind what is there; every word begins at 0 or later and ends at
    // `length` or before, in both places, and together they cover all of it.
    unsafe {
        let (from, to) = (text.as_ptr(), out.as_mut_ptr().add(out.len()));
        let copy_word = |at: usize| ptr::copy_nonoverlapping(from.add(at), to.add(at), 8);
        copy_word(0);
        copy_word(length - 8);
        if length > 16 {
            copy_word(8);
            copy_word(length - 16);
        }
        out.set_len(out.len() + length);
    }
}

impl<'a> Sink<'a> for Batches {
    fn clear(&mut self) {
        self.empty(false);
    }

    fn push(&mut self, record: &Record<'a>, shown: Shown) {
        self.batch.rows.push(shown.gender as u32 | (shown.name as u32) << 2);
        for text in &record.texts {
            let span = text.map_or(ABSENT, |text| self.batch.push_text(text));
            self.batch.rows.push(span);
        }
        if self.batch.ascii.len() + self.batch.wide.len() >= BATCH {
            self.finish();
        }
    }
}
