//! Counts allocations: a switch that is off while anything is timed, and costs one load then.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};

static COUNTING: AtomicBool = AtomicBool::new(false);
static COUNT: AtomicU64 = AtomicU64::new(0);

/// The system's allocator, and a counter.
pub struct Counted;

// SAFETY: every call is passed on as it came.
unsafe impl GlobalAlloc for Counted {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count();
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        count();
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        count();
        unsafe { System.realloc(pointer, layout, size) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        unsafe { System.dealloc(pointer, layout) }
    }
}

fn count() {
    if COUNTING.load(Relaxed) {
        COUNT.fetch_add(1, Relaxed);
    }
}

/// How often one call asks for memory; called once before, since some things are made on first use.
pub fn allocations(call: &dyn Fn() -> bool) -> u64 {
    assert!(call(), "a contender fails on what it is counted with");
    let before = COUNT.load(Relaxed);
    COUNTING.store(true, Relaxed);
    std::hint::black_box(call());
    COUNTING.store(false, Relaxed);
    COUNT.load(Relaxed) - before
}
