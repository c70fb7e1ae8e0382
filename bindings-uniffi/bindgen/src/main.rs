//! UniFFI's generator, in the very version the library is built with.
//!
//! A crate of its own, because its `cli` feature would make the library ten times as large.

fn main() {
    uniffi::uniffi_bindgen_main();
}
