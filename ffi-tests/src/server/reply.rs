//! Writing an answer, or as much of it as the case wants.

use std::io::Write;
use std::net::TcpStream;
use std::time::Duration;

use super::state::Shared;
use crate::case::{Framing, Place, Reply};

/// What becomes of the connection after an answer.
pub(super) enum Next {
    Keep,
    Hang,
    Close { reset: bool },
}

/// Sends the scripted answer; without one, the answer to a request that should not have been made.
pub(super) fn send(stream: &TcpStream, reply: Option<&Reply>, shared: &Shared) -> Next {
    let Some(reply) = reply else {
        const TEAPOT: &[u8] = b"HTTP/1.1 418 Not In The Script\r\ncontent-length: 0\r\n\r\n";
        return match write(stream, TEAPOT) {
            Written::All => Next::Keep,
            Written::Broken => Next::Close { reset: false },
        };
    };
    let stop_at = if reply.hang == Place::Never { reply.close } else { reply.hang };
    let after = match (reply.hang, reply.close, reply.framing) {
        (Place::Never, Place::Never, Framing::Length | Framing::Chunked) if reply.wire.is_none() => Next::Keep,
        (Place::Never, _, _) => Next::Close { reset: reply.reset },
        _ => Next::Hang,
    };
    if !shared.pause(Duration::from_millis(reply.delay_ms)) || stop_at == Place::BeforeHeaders {
        return after;
    }
    let (head, body) = match &reply.wire {
        Some(wire) => (Vec::new(), wire.0.clone()),
        None => compose(reply, shared.port),
    };
    let head = if stop_at == Place::MidHeaders { &head[..head.len() / 2] } else { &head[..] };
    let body = match stop_at {
        Place::MidHeaders => &[],
        Place::MidBody => &body[..body.len() / 2],
        _ => &body[..],
    };
    // A client that stops listening in the middle of an answer is free to: its report will say why.
    let written = if reply.drip_ms == 0 {
        write(stream, &[head, body].concat())
    } else {
        drip(stream, head, body, Duration::from_millis(reply.drip_ms), shared)
    };
    match written {
        Written::All => after,
        Written::Broken => Next::Close { reset: false },
    }
}

enum Written {
    All,
    Broken,
}

fn write(mut stream: &TcpStream, bytes: &[u8]) -> Written {
    match stream.write_all(bytes) {
        Ok(()) => Written::All,
        Err(_) => Written::Broken,
    }
}

fn drip(stream: &TcpStream, head: &[u8], body: &[u8], pause: Duration, shared: &Shared) -> Written {
    if let Written::Broken = write(stream, head) {
        return Written::Broken;
    }
    for byte in body {
        if !shared.pause(pause) {
            return Written::Broken;
        }
        if let Written::Broken = write(stream, &[*byte]) {
            return Written::Broken;
        }
    }
    Written::All
}

/// Head and body of an answer, as they go over the wire.
fn compose(reply: &Reply, port: u16) -> (Vec<u8>, Vec<u8>) {
    let content = match (&reply.json, &reply.raw) {
        (Some(json), _) => json.to_string().into_bytes(),
        (None, Some(raw)) => raw.0.clone(),
        (None, None) => Vec::new(),
    };
    let mut headers: Vec<(String, String)> = reply
        .headers
        .iter()
        .map(|(name, value)| (name.to_ascii_lowercase(), value.replace("$PORT", &port.to_string())))
        .collect();
    let mut unless_said = |name: &str, value: String| {
        if headers.iter().all(|(said, _)| said != name) {
            headers.push((name.to_owned(), value));
        }
    };
    if reply.json.is_some() {
        unless_said("content-type", "application/json;charset=UTF-8".to_owned());
    }
    let body = match reply.framing {
        Framing::Length => {
            unless_said("content-length", content.len().to_string());
            content
        }
        Framing::Chunked => {
            unless_said("transfer-encoding", "chunked".to_owned());
            in_chunks(&content)
        }
        Framing::Close => {
            unless_said("connection", "close".to_owned());
            content
        }
    };
    let mut head = format!("HTTP/1.1 {} Scripted\r\n", reply.status);
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str("\r\n");
    (head.into_bytes(), body)
}

/// Two chunks and the last one; cut anywhere, also in the middle of a character.
fn in_chunks(content: &[u8]) -> Vec<u8> {
    let (first, second) = content.split_at(content.len() / 2);
    let mut out = Vec::new();
    for chunk in [first, second].into_iter().filter(|chunk| !chunk.is_empty()) {
        out.extend_from_slice(format!("{:x}\r\n", chunk.len()).as_bytes());
        out.extend_from_slice(chunk);
        out.extend_from_slice(b"\r\n");
    }
    out.extend_from_slice(b"0\r\n\r\n");
    out
}
