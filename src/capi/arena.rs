//! The memory of one call in the wasm: one block, taken before the call begins, from which the core allocates upwards. What
//! is freed last is used again; all else is given back as a whole when the call ends, but for the answer's text.

use core::alloc::{GlobalAlloc, Layout};
use core::arch::wasm32::unreachable;
use core::cell::Cell;
use core::hint::assert_unchecked;
use core::ptr;

use super::blocks::{self, shorten};
pub(super) use super::blocks::{holds, take};
use super::call::{Answer, Outcome, Status, length_of};

#[cfg(target_os = "none")]
#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    unreachable()
}

struct Arena {
    /// The first free address.
    top: Cell<usize>,
    /// Where the block ends; 0 outside calls.
    end: Cell<usize>,
}

#[global_allocator]
static ARENA: Arena = Arena { top: Cell::new(0), end: Cell::new(0) };

// SAFETY: the wasm has one thread.
unsafe impl Sync for Arena {}

/// Frees a block. `false` where it is none, or was freed before.
///
/// # Safety
/// Safe; natively it is not.
pub(super) unsafe fn give_back(block: *mut u8) -> bool {
    blocks::give_back(block)
}

/// Runs what takes at most `room` bytes.
pub(super) fn run(room: usize, operation: &dyn Fn() -> (Status, Answer)) -> Result<Outcome, Status> {
    let block = take(room);
    if block.is_null() {
        return Err(Status::OutOfMemory);
    }
    ARENA.top.set(block as usize);
    ARENA.end.set(block as usize + room);
    let (status, answer) = operation();
    // From here on freeing is nothing: the answer still lies in the block.
    ARENA.top.set(0);
    ARENA.end.set(0);
    // SAFETY: the block begins before the text, and has room for the 0 behind it (src/capi/room.rs).
    let outcome = unsafe { Outcome::put(status, &answer, block) };
    if answer.text.is_some() {
        shorten(block, length_of(&answer) + 1);
    } else {
        blocks::give_back(block);
    }
    Ok(outcome)
}

impl Arena {
    /// Gives `size` bytes at `start`, which is the first that is free. More than a call has room for traps: that would be a
    /// wrong bound in `room.rs`.
    fn take(&self, start: usize, size: usize) -> *mut u8 {
        let end = start.saturating_add(size);
        if end > self.end.get() {
            unreachable();
        }
        self.top.set(end);
        let block = start as *mut u8;
        // SAFETY: no block begins at 0.
        unsafe { assert_unchecked(!block.is_null()) };
        block
    }
}

// SAFETY: every allocation lies above those that are not freed, and in the block of the call.
unsafe impl GlobalAlloc for Arena {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        self.take(self.top.get().next_multiple_of(layout.align()), layout.size())
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        if block as usize + layout.size() == self.top.get() {
            self.top.set(block as usize);
        }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        if block as usize + layout.size() == self.top.get() {
            // The last one grows, or shrinks, in place.
            return self.take(block as usize, size);
        }
        // SAFETY: the caller's size and alignment make a layout; old and new block do not overlap.
        unsafe {
            let moved = self.alloc(Layout::from_size_align_unchecked(size, layout.align()));
            ptr::copy_nonoverlapping(block, moved, layout.size().min(size));
            moved
        }
    }
}
