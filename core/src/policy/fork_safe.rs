//! Values that a forked child creates anew instead of sharing them with its parent.

use std::process;
use std::sync::OnceLock;

/// A value that is created once per process, at first use.
///
/// If parent and child used the same connection, each could read the other's responses; and a lock that another thread of
/// the parent holds stays locked in the child forever. So a child skips its parent's value, without locking anything, and
/// creates its own.
#[derive(Debug)]
pub(crate) struct ForkSafe<T> {
    first: OnceLock<Box<Slot<T>>>,
}

#[derive(Debug)]
struct Slot<T> {
    pid: u32,
    value: T,
    next: ForkSafe<T>,
}

impl<T> ForkSafe<T> {
    pub(crate) const fn new() -> Self {
        Self { first: OnceLock::new() }
    }

    pub(crate) fn get(&self, create: impl FnOnce() -> T) -> &T {
        let pid = process::id();
        let mut place = self;
        while let Some(slot) = place.first.get() {
            if slot.pid == pid {
                return &slot.value;
            }
            place = &slot.next;
        }
        let slot = place.first.get_or_init(|| Box::new(Slot { pid, value: create(), next: ForkSafe::new() }));
        &slot.value
    }
}
