//! Interim responses (RFC 9110, section 15.2): `HTTP/1.1 1xx …`, of which a server may send any number before the final one.

/// What the input begins with.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// An interim response of this length.
    Complete(usize),
    /// The start of an interim response, or too few bytes to know.
    Incomplete,
    /// Anything else.
    Final,
}

/// Looks at the start of the input.
pub(crate) fn find(input: &[u8]) -> Found {
    const VERSION: &[u8] = b"HTTP/1.";
    // "HTTP/1.x 1" decides.
    let is_interim = |at: usize, byte: u8| match at {
        0..7 => byte == VERSION[at],
        7 => byte.is_ascii_digit(),
        8 => byte == b' ',
        _ => byte == b'1',
    };
    if input.iter().take(10).enumerate().any(|(at, byte)| !is_interim(at, *byte)) {
        return Found::Final;
    }
    match input.windows(4).position(|window| window == b"\r\n\r\n") {
        Some(at) => Found::Complete(at + 4),
        None => Found::Incomplete,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distinguishes_interim_and_final_responses() {
        for (input, expected) in [
            ("", Found::Incomplete),
            ("HTTP/1.1 ", Found::Incomplete),
            ("HTTP/1.1 200 OK\r\n\r\n", Found::Final),
            ("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200", Found::Complete(25)),
            ("HTTP/1.0 103 Early Hints\r\nlink: </x>\r\n\r\n", Found::Complete(40)),
            ("HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n", Found::Incomplete),
            ("SSH-2.0", Found::Final),
            ("HTTP/2", Found::Final),
        ] {
            assert_eq!(find(input.as_bytes()), expected, "{input:?}");
        }
    }
}
