//! Results: structs that C reads, and the memory that their pointers point to.

use std::ffi::c_char;
use std::ptr;

/// A value whose pointer C gets and gives back to be freed.
pub(crate) trait HandOut: Sized {
    /// What C sees of it.
    type Public;

    /// Moves the value to the heap and returns the pointer for C.
    fn hand_out(self) -> *mut Self::Public {
        Box::into_raw(Box::new(self)).cast()
    }
}

/// Declares types that C sees as opaque handles.
macro_rules! opaque {
    ($($handle:ty),+ $(,)?) => {
        $(impl $crate::owned::HandOut for $handle {
            type Public = Self;
        })+
    };
}
pub(crate) use opaque;

/// A public struct and the memory behind it. `repr(C)`, because the pointer to the public struct is the pointer to the whole.
///
/// The memory must not move when the holder moves: it consists of `String`s and `Vec`s, whose contents are on the heap. (A `Box`
/// must not be used: moving it invalidates the pointers that were made of it.)
#[repr(C)]
pub(crate) struct Owned<P, M> {
    public: P,
    memory: M,
}

impl<P, M> Owned<P, M> {
    pub(crate) fn new(public: P, memory: M) -> Self {
        Self { public, memory }
    }

    pub(crate) fn memory(&self) -> &M {
        &self.memory
    }
}

impl<P, M> HandOut for Owned<P, M> {
    type Public = P;
}

/// One result inside another, or none.
pub(crate) struct Nested<P, M>(Vec<Owned<P, M>>);

impl<P, M> Nested<P, M> {
    pub(crate) fn new(result: Option<Owned<P, M>>) -> Self {
        Self(result.into_iter().collect())
    }

    /// The pointer for C; NULL if there is none.
    pub(crate) fn pointer(&self) -> *const P {
        if self.0.is_empty() { ptr::null() } else { self.0.as_ptr().cast() }
    }
}

/// The texts of a result: UTF-8, terminated by NUL, with a length that does not count the NUL.
#[derive(Default)]
pub(crate) struct Texts(Vec<String>);

impl Texts {
    pub(crate) fn add(&mut self, text: impl Into<String>) -> (*const c_char, usize) {
        let mut text = text.into();
        let len = text.len();
        text.reserve_exact(1);
        text.push('\0');
        let start = text.as_ptr().cast();
        self.0.push(text);
        (start, len)
    }

    /// NULL and 0 for an absent text.
    pub(crate) fn add_optional(&mut self, text: Option<String>) -> (*const c_char, usize) {
        text.map_or((ptr::null(), 0), |text| self.add(text))
    }
}

/// The rows of a result, and the array of pointers to them that C sees: a row can grow in a later version.
pub(crate) struct Rows<T> {
    _rows: Vec<T>,
    pointers: Vec<*const T>,
}

impl<T> Rows<T> {
    pub(crate) fn new(rows: Vec<T>) -> Self {
        let pointers = rows.iter().map(ptr::from_ref).collect();
        Self { _rows: rows, pointers }
    }

    pub(crate) fn pointers(&self) -> *const *const T {
        array(&self.pointers)
    }

    pub(crate) fn len(&self) -> usize {
        self.pointers.len()
    }
}

/// The start of an array; NULL if it is empty.
pub(crate) fn array<T>(items: &[T]) -> *const T {
    if items.is_empty() { ptr::null() } else { items.as_ptr() }
}
