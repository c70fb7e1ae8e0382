//! Compressed response bodies. The client asks for none, but a middlebox may compress all the same.

use std::io::Read;

use flate2::read::MultiGzDecoder;

/// Why a body cannot be decompressed.
pub(crate) enum Failure {
    /// It is larger than the limit.
    TooLarge,
    /// What is wrong with it.
    Invalid(String),
}

/// Returns the body without the compression that `encoding`, the value of `Content-Encoding`, names.
pub(crate) fn decompress(body: Vec<u8>, encoding: &str, limit: u64) -> Result<Vec<u8>, Failure> {
    match encoding.trim().to_ascii_lowercase().as_str() {
        "" | "identity" => Ok(body),
        "gzip" | "x-gzip" => {
            let (content, is_complete) = gunzip(&body, limit + 1);
            if content.len() as u64 > limit {
                return Err(Failure::TooLarge);
            }
            is_complete.then_some(content).ok_or_else(|| Failure::Invalid("its gzip compression is broken".to_owned()))
        }
        // Letters only: the text of a header must not reach the terminal.
        other => {
            let name: String = other.chars().filter(char::is_ascii_alphanumeric).take(20).collect();
            Err(Failure::Invalid(format!("compressed with {name}, which is not supported")))
        }
    }
}

/// Decompresses as much as possible, for the text of an error.
pub(crate) fn decompress_start(body: Vec<u8>, encoding: &str, limit: u64) -> Vec<u8> {
    match encoding.trim().to_ascii_lowercase().as_str() {
        "" | "identity" => body,
        "gzip" | "x-gzip" => gunzip(&body, limit).0,
        _ => Vec::new(),
    }
}

fn gunzip(body: &[u8], limit: u64) -> (Vec<u8>, bool) {
    let mut content = Vec::new();
    let result = MultiGzDecoder::new(body).take(limit).read_to_end(&mut content);
    (content, result.is_ok())
}
