//! Android 15 has pages of 16 KB, and Play refuses libraries that cannot be mapped there.

use std::env;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let target = |what: &str| env::var(format!("CARGO_CFG_TARGET_{what}")).unwrap_or_default();
    let (os, arch) = (target("OS"), target("ARCH"));
    // Needless on a PC's Linux, and harmless; there the check can read from a file that the flag does what it says.
    if os == "android" || (os == "linux" && arch == "x86_64") {
        println!("cargo::rustc-cdylib-link-arg=-Wl,-z,max-page-size=16384");
    }
}
