//! Memory where there is an operating system: the system's.

use core::hint::black_box;
use core::ptr;
use std::alloc::{Layout, alloc, dealloc};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::vec::Vec;

use super::call::{Answer, Outcome, Status, length_of};

/// In front of each block its length stands, and the block is aligned for anything.
const HEADER: usize = 16;

fn layout(length: usize) -> Option<Layout> {
    Layout::from_size_align(length.checked_add(HEADER)?, HEADER).ok()
}

/// A block that the caller frees; null where there is no memory.
pub(super) fn take(length: usize) -> *mut u8 {
    let Some(layout) = layout(length) else { return ptr::null_mut() };
    // SAFETY: the layout is not empty, and has room for the length.
    unsafe {
        let start = alloc(layout);
        if start.is_null() {
            return start;
        }
        start.cast::<usize>().write(length);
        start.add(HEADER)
    }
}

/// Frees a block. It cannot be told here whether it is one.
///
/// # Safety
/// `take` gave it, and it is freed once.
pub(super) unsafe fn give_back(block: *mut u8) -> bool {
    // SAFETY: the caller's promise.
    unsafe {
        let start = block.sub(HEADER);
        match layout(start.cast::<usize>().read()) {
            Some(layout) => dealloc(start, layout),
            None => return false,
        }
    }
    true
}

/// Whether the pointer and the length could be right: which memory is there, only the system knows.
pub(super) fn holds(start: *const u8, length: usize) -> bool {
    !start.is_null() && isize::try_from(length).is_ok() && (start as usize).checked_add(length).is_some()
}

/// Runs what takes at most `room` bytes.
pub(super) fn run(room: usize, operation: &dyn Fn() -> (Status, Answer)) -> Result<Outcome, Status> {
    if !is_there(room) {
        return Err(Status::OutOfMemory);
    }
    // What the operation borrows is only read, so that nothing is left half done.
    let (status, answer) = catch_unwind(AssertUnwindSafe(operation)).map_err(|_| Status::Fault)?;
    let place = if answer.text.is_some() { take(length_of(&answer) + 1) } else { ptr::null_mut() };
    if answer.text.is_some() && place.is_null() {
        return Err(Status::OutOfMemory);
    }
    // SAFETY: the block has the room, and without a text none is needed.
    Ok(unsafe { Outcome::put(status, &answer, place) })
}

/// Whether the system has so much memory to give, as far as it says.
fn is_there(room: usize) -> bool {
    let mut probe: Vec<u8> = Vec::new();
    let reserved = probe.try_reserve_exact(room).is_ok();
    // Otherwise the compiler leaves out a block that nobody uses.
    black_box(probe.as_ptr());
    reserved
}
