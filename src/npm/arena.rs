//! The module's memory: one arena that each call starts anew.
//!
//! Nothing outlives a call, so an allocator that frees nothing until the next call is enough.

use crate::engine::document::{Document, PADDING};
use core::alloc::{GlobalAlloc, Layout};
use core::arch::wasm32;
use core::sync::atomic::{AtomicUsize, Ordering::Relaxed};

const PAGE: usize = 64 * 1024;

/// Where the next allocation goes.
static TOP: AtomicUsize = AtomicUsize::new(0);

struct Arena;

#[global_allocator]
static ARENA: Arena = Arena;

/// Starts the arena anew with room for a document of so many bytes; traps where there is no such room.
pub fn reserve(length: usize) -> *mut u8 {
    TOP.store(base(), Relaxed);
    let start = take(length + PADDING, 8);
    if start.is_null() {
        wasm32::unreachable();
    }
    start
}

/// The document at the arena's start, as the driver wrote it.
pub fn document(length: usize) -> &'static [u8] {
    // SAFETY: the driver wrote `length` bytes where `reserve` had made room for them, and nothing that is allocated
    // before the next `reserve` overlaps them. A reference to them is dropped before the export returns.
    unsafe { core::slice::from_raw_parts(base() as *const u8, length) }
}

/// The document at the arena's start, with the zeros behind it.
pub fn padded(length: usize) -> Document<'static> {
    // SAFETY: as for `document`; `reserve` made room for the zeros as well.
    let padded = unsafe { core::slice::from_raw_parts_mut(base() as *mut u8, length + PADDING) };
    padded[length..].fill(0);
    Document::new(padded)
}

/// The first byte of the arena: the linker's end of the static data, aligned.
fn base() -> usize {
    unsafe extern "C" {
        static __heap_base: u8;
    }
    (&raw const __heap_base as usize).next_multiple_of(8)
}

fn take(size: usize, align: usize) -> *mut u8 {
    let start = TOP.load(Relaxed).max(base()).next_multiple_of(align);
    let end = start.saturating_add(size);
    let capacity = wasm32::memory_size::<0>() * PAGE;
    if end > capacity && wasm32::memory_grow::<0>((end - capacity).div_ceil(PAGE)) == usize::MAX {
        return core::ptr::null_mut();
    }
    TOP.store(end, Relaxed);
    start as *mut u8
}

// SAFETY: every block is a fresh, aligned range above all others; none is given out twice before `reserve`, and the
// module has one thread.
unsafe impl GlobalAlloc for Arena {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        take(layout.size(), layout.align())
    }

    unsafe fn dealloc(&self, _block: *mut u8, _layout: Layout) {}
}

/// A panic is a trap: the driver drops the instance and makes a new one.
#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    wasm32::unreachable()
}
