//! The web page: its files are part of the program, and it loads nothing from elsewhere.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use hyper::StatusCode;
use hyper::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};

const HTML: &str = "text/html; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";
const STYLE: &str = "text/css; charset=utf-8";
const PICTURE: &str = "image/svg+xml";

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
                      frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

macro_rules! assets {
    ($($name:literal as $kind:expr,)*) => {
        const ASSETS: &[(&str, &str, &[u8])] =
            &[$(($name, $kind, include_bytes!(concat!("../../ui/", $name))),)*];
    };
}

assets! {
    "index.html" as HTML,
    "icon.svg" as PICTURE,
    "style.css" as STYLE,
    "app.js" as SCRIPT,
    "api.js" as SCRIPT,
    "console.js" as SCRIPT,
    "logs.js" as SCRIPT,
    "parts.js" as SCRIPT,
    "people.js" as SCRIPT,
    "text.js" as SCRIPT,
    "vendor/preact.js" as SCRIPT,
}

pub(super) fn index() -> Response {
    serve("index.html")
}

pub(super) async fn asset(Path(file): Path<String>) -> Response {
    serve(&file)
}

fn serve(file: &str) -> Response {
    let Some((_, kind, bytes)) = ASSETS.iter().find(|(name, ..)| *name == file) else {
        return (StatusCode::NOT_FOUND, "no such file\n").into_response();
    };
    let headers = [
        (CONTENT_TYPE, *kind),
        (CONTENT_SECURITY_POLICY, POLICY),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (REFERRER_POLICY, "no-referrer"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (CACHE_CONTROL, "no-cache"),
    ];
    (headers, *bytes).into_response()
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn the_assets_are_small() {
        let raw: usize = ASSETS.iter().map(|(.., bytes)| bytes.len()).sum();
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        for (.., bytes) in ASSETS {
            packed.write_all(bytes).unwrap();
        }
        let packed = packed.finish().unwrap().len();
        assert!(raw <= 60_000 && packed <= 20_000, "{raw} bytes, {packed} bytes packed together");
    }

    #[test]
    fn the_assets_name_no_other_host() {
        for (name, _, bytes) in ASSETS.iter().filter(|(name, ..)| !name.starts_with("vendor/")) {
            let text = String::from_utf8_lossy(bytes).replace("http://www.w3.org/2000/svg", "");
            let text = text.replace("http://127.0.0.1:8000/callback", "");
            assert!(!text.contains("http://") && !text.contains("https://") && !text.contains("eval("), "{name}");
        }
    }
}
