//! The wasm's allocator. A call of the core allocates and answers, and nothing of it is kept: so memory is given back as
//! a whole when the next call begins, and freeing is nothing. That takes a twentieth of a general allocator's code, and
//! with it goes the code that frees. A block that grows anywhere but at the end leaves a hole until then.

use core::alloc::{GlobalAlloc, Layout};
use core::arch::wasm32::{memory_grow, memory_size, unreachable};
use core::cell::Cell;
use core::hint::assert_unchecked;
use core::ptr;

const PAGE: usize = 1 << 16;

struct Heap {
    /// The first free address.
    top: Cell<usize>,
}

#[global_allocator]
static HEAP: Heap = Heap { top: Cell::new(0) };

// SAFETY: the wasm has one thread.
unsafe impl Sync for Heap {}

unsafe extern "C" {
    /// Where the linker's data ends. Only its address means anything.
    static __heap_base: u8;
}

/// Where the heap begins.
pub(crate) fn base() -> *mut u8 {
    (&raw const __heap_base).cast_mut()
}

/// Gives back all memory, but for a block of `length` bytes at the start of the heap.
///
/// # Safety
/// Nothing that was allocated before may be used any more.
pub(crate) unsafe fn restart(length: usize) {
    HEAP.top.set(base() as usize);
    HEAP.take(length);
}

impl Heap {
    /// Gives the next `size` bytes. Where there is no such memory it traps, which `pkg/src/core.ts` turns into an error: a
    /// null would lead to the code that words a panic.
    fn take(&self, size: usize) -> *mut u8 {
        let start = self.top.get();
        let end = start.saturating_add(size);
        let missing = end.saturating_sub(memory_size(0) * PAGE).div_ceil(PAGE);
        if missing > 0 && memory_grow(0, missing) == usize::MAX {
            unreachable();
        }
        self.top.set(end);
        let block = start as *mut u8;
        // SAFETY: the heap does not begin at 0.
        unsafe { assert_unchecked(!block.is_null()) };
        block
    }
}

// SAFETY: every allocation lies above all others, and below the end of the memory.
unsafe impl GlobalAlloc for Heap {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        self.top.set(self.top.get().next_multiple_of(layout.align()));
        self.take(layout.size())
    }

    unsafe fn dealloc(&self, _: *mut u8, _: Layout) {}

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        if block as usize + layout.size() == self.top.get() {
            // The last block grows in place.
            self.take(size.saturating_sub(layout.size()));
            return block;
        }
        // SAFETY: the caller's size and alignment make a layout; old and new block do not overlap.
        unsafe {
            let moved = self.alloc(Layout::from_size_align_unchecked(size, layout.align()));
            ptr::copy_nonoverlapping(block, moved, layout.size().min(size));
            moved
        }
    }
}
