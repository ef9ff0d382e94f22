//! The caller's memory in the wasm: blocks end to end, each with its size in front. A list that is walked from its start:
//! there are few blocks at a time, and so every pointer that is passed can be looked up. A wrong one is found out.
//!
//! The last header says where the library's memory ends. Pages that the embedder adds itself are the embedder's.

use core::arch::wasm32::{memory_grow, memory_size};
use core::cell::Cell;
use core::ptr;

const PAGE: usize = 1 << 16;
/// In front of each block: its size with the header, a multiple of this, and what it is used for.
const HEADER: usize = 8;

/// What a block is used for, in the low bits of its header.
const FREE: usize = 0;
const TAKEN: usize = 1;
/// Pages that the embedder added.
const FOREIGN: usize = 2;
const USE: usize = HEADER - 1;

struct Blocks {
    /// Where the last header stands; 0 before the first call.
    end: Cell<usize>,
}

// SAFETY: the wasm has one thread.
unsafe impl Sync for Blocks {}

static BLOCKS: Blocks = Blocks { end: Cell::new(0) };

unsafe extern "C" {
    /// Where the linker's data ends, and where the memory ended at the start. Only their addresses mean anything.
    static __heap_base: u8;
    static __heap_end: u8;
}

#[derive(Clone, Copy)]
struct Block {
    start: usize,
    size: usize,
    used: usize,
}

impl Block {
    fn at(start: usize) -> Self {
        // SAFETY: a header stands there.
        let header = unsafe { (start as *const usize).read() };
        Block { start, size: header & !USE, used: header & USE }
    }

    fn write(self) {
        // SAFETY: a header stands there, or in the memory of one that was free.
        unsafe { (self.start as *mut usize).write(self.size | self.used) };
    }

    fn end(self) -> usize {
        self.start + self.size
    }

    fn contents(self) -> usize {
        self.start + HEADER
    }
}

/// The last address: 4 GiB as a length would be 0.
fn end_of_memory() -> usize {
    memory_size(0).wrapping_mul(PAGE).wrapping_sub(1)
}

/// The blocks from the first to the last, free neighbours joined. Ends early where somebody wrote over a header.
fn blocks() -> impl Iterator<Item = Block> {
    let end = BLOCKS.end.get();
    let mut at = first();
    core::iter::from_fn(move || {
        let mut block = readable(at, end)?;
        if block.used == FREE {
            while let Some(next) = readable(block.end(), end).filter(|next| next.used == FREE) {
                block.size += next.size;
                block.write();
            }
        }
        at = block.end();
        Some(block)
    })
}

/// The block at this place, if one can be.
fn readable(at: usize, end: usize) -> Option<Block> {
    if at >= end {
        return None;
    }
    let block = Block::at(at);
    (block.size >= HEADER && block.size <= end - at).then_some(block)
}

fn first() -> usize {
    ((&raw const __heap_base) as usize).next_multiple_of(HEADER)
}

/// Makes one free block of all memory behind the data.
fn begin() {
    if BLOCKS.end.get() == 0 {
        let end = (&raw const __heap_end) as usize - HEADER;
        Block { start: first(), size: end - first(), used: FREE }.write();
        BLOCKS.end.set(end);
    }
}

/// A block; null where there is no memory.
pub(super) fn take(length: usize) -> *mut u8 {
    begin();
    let Some(size) = length.checked_add(2 * HEADER - 1).map(|size| size & !USE) else { return ptr::null_mut() };
    let large_enough = |block: &Block| block.used == FREE && block.size >= size;
    let Some(block) = blocks().find(large_enough).or_else(|| grow(size)) else { return ptr::null_mut() };
    split(Block { used: TAKEN, ..block }, size);
    block.contents() as *mut u8
}

/// Cuts the block down to `size`; what is left becomes a free one.
fn split(block: Block, size: usize) {
    Block { size, ..block }.write();
    if block.size > size {
        Block { start: block.start + size, size: block.size - size, used: FREE }.write();
    }
}

/// Adds pages for a block of `size`, and makes that one of them and of the free memory before them.
fn grow(size: usize) -> Option<Block> {
    let end = BLOCKS.end.get();
    let last = blocks().last();
    let is_ours = end_of_memory() == end + HEADER - 1;
    let free = last.filter(|last| is_ours && last.used == FREE && last.end() == end);
    // Behind foreign pages a header of its own is needed for the end; otherwise the last one moves there.
    let missing = (size - free.map_or(0, |free| free.size)).saturating_add(if is_ours { 0 } else { HEADER });
    let before = memory_grow(0, missing.div_ceil(PAGE));
    if before == usize::MAX {
        return None;
    }
    let start = if is_ours { end } else { before * PAGE };
    if !is_ours {
        Block { start: end, size: start - end, used: FOREIGN }.write();
    }
    let new_end = end_of_memory() - (HEADER - 1);
    BLOCKS.end.set(new_end);
    let block = Block { start, size: new_end - start, used: FREE };
    block.write();
    Some(free.map_or(block, |free| Block { size: new_end - free.start, ..free }))
}

/// The block whose contents begin here.
fn find(contents: *mut u8) -> Option<Block> {
    blocks().find(|block| block.contents() == contents as usize && block.used == TAKEN)
}

/// Frees a block. `false` where it is none, or was freed before.
pub(super) fn give_back(contents: *mut u8) -> bool {
    begin();
    let found = find(contents);
    if let Some(block) = found {
        Block { used: FREE, ..block }.write();
    }
    found.is_some()
}

/// Gives back what is behind the first `length` bytes of a block.
pub(super) fn shorten(contents: *mut u8, length: usize) {
    if let Some(block) = find(contents) {
        split(block, (length + 2 * HEADER - 1) & !USE);
    }
}

/// Whether all the bytes lie in one block that was taken, or in the embedder's pages.
pub(super) fn holds(start: *const u8, length: usize) -> bool {
    begin();
    let start = start as usize;
    // No slice is longer.
    if isize::try_from(length).is_err() {
        return false;
    }
    let Some(last) = start.checked_add(length).and_then(|end| end.checked_sub(1)) else { return false };
    if start >= BLOCKS.end.get() {
        return start - BLOCKS.end.get() >= HEADER && last <= end_of_memory();
    }
    blocks().any(|block| block.used != FREE && start >= block.contents() && last < block.end())
}
