//! Something that a forked child makes anew instead of sharing it with its parent.

use std::process;
use std::sync::OnceLock;

/// A value made once per process, at first use.
///
/// A connection used by parent and child at once mixes up their answers, and a lock held by another thread of the parent
/// stays locked in the child. So a child walks past what its parents made, without locking anything, and makes its own.
#[derive(Debug)]
pub(crate) struct PerProcess<T> {
    first: OnceLock<Box<Slot<T>>>,
}

#[derive(Debug)]
struct Slot<T> {
    pid: u32,
    value: T,
    next: PerProcess<T>,
}

impl<T> PerProcess<T> {
    pub(crate) const fn new() -> Self {
        Self { first: OnceLock::new() }
    }

    pub(crate) fn get(&self, make: impl FnOnce() -> T) -> &T {
        let pid = process::id();
        let mut place = self;
        while let Some(slot) = place.first.get() {
            if slot.pid == pid {
                return &slot.value;
            }
            place = &slot.next;
        }
        let slot = place.first.get_or_init(|| Box::new(Slot { pid, value: make(), next: PerProcess::new() }));
        &slot.value
    }
}
