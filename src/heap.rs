//! The wasm's allocator. A call of the core allocates, answers and frees everything, so memory is given back as a
//! whole: whenever nothing is allocated any more, the heap is empty again. That takes a tenth of a general allocator's
//! code, and an allocation is an addition. A block that grows anywhere but at the end leaves a hole until then.

use core::alloc::{GlobalAlloc, Layout};
use core::arch::wasm32::{memory_grow, memory_size};
use core::cell::Cell;
use core::ptr::{self, null_mut};

const PAGE: usize = 1 << 16;

struct Heap {
    /// The first free address; 0 before the first allocation.
    top: Cell<usize>,
    /// How many allocations are not freed.
    live: Cell<usize>,
}

#[global_allocator]
static HEAP: Heap = Heap { top: Cell::new(0), live: Cell::new(0) };

// SAFETY: the wasm has one thread.
unsafe impl Sync for Heap {}

unsafe extern "C" {
    /// Where the linker's data ends. Only its address means anything.
    static __heap_base: u8;
}

impl Heap {
    fn base() -> usize {
        &raw const __heap_base as usize
    }

    /// Makes `end` the first free address, or returns false where there is no such memory.
    fn extend_to(&self, end: usize) -> bool {
        let missing = end.saturating_sub(memory_size(0) * PAGE).div_ceil(PAGE);
        if missing > 0 && memory_grow(0, missing) == usize::MAX {
            return false;
        }
        self.top.set(end);
        true
    }
}

// SAFETY: every allocation lies above all others that live, and below the end of the memory.
unsafe impl GlobalAlloc for Heap {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let start = self.top.get().max(Self::base()).next_multiple_of(layout.align());
        match start.checked_add(layout.size()) {
            Some(end) if self.extend_to(end) => {
                self.live.set(self.live.get() + 1);
                start as *mut u8
            }
            _ => null_mut(),
        }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        self.live.set(self.live.get() - 1);
        if self.live.get() == 0 {
            self.top.set(0);
        } else if block as usize + layout.size() == self.top.get() {
            self.top.set(block as usize);
        }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        if block as usize + layout.size() == self.top.get() {
            // The last block grows and shrinks in place.
            return match (block as usize).checked_add(size) {
                Some(end) if self.extend_to(end) => block,
                _ => null_mut(),
            };
        }
        // SAFETY: the caller's size and alignment make a layout; old and new block do not overlap.
        unsafe {
            let moved = self.alloc(Layout::from_size_align_unchecked(size, layout.align()));
            if !moved.is_null() {
                ptr::copy_nonoverlapping(block, moved, layout.size().min(size));
                self.dealloc(block, layout);
            }
            moved
        }
    }
}
