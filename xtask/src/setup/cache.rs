//! Where downloads are kept: `$WXPUSHER_CACHE`, by default `~/.cache/wxpusher`.

use std::env;
use std::path::PathBuf;

pub(crate) fn folder() -> PathBuf {
    let variable = |name: &str| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    variable("WXPUSHER_CACHE").unwrap_or_else(|| {
        let caches = variable("XDG_CACHE_HOME")
            .or_else(|| variable("HOME").map(|home| home.join(".cache")))
            .unwrap_or_else(env::temp_dir);
        caches.join("wxpusher")
    })
}

/// The virtualenv of the tools that come from PyPI.
pub(crate) fn python_tools() -> PathBuf {
    folder().join("lint")
}
