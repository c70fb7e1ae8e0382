//! Reading what a client sends.

use std::fmt;
use std::io::{BufRead, Read};

/// What came over a connection.
#[derive(Debug)]
pub(super) enum Incoming {
    /// The first record of a TLS handshake.
    TlsClientHello,
    /// A request.
    Http(Request),
}

/// One request, undecoded.
#[derive(Debug)]
pub(super) struct Request {
    pub(super) method: String,
    pub(super) path: String,
    pub(super) query: Option<String>,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
}

impl Request {
    /// Every value of a header.
    pub(super) fn header(&self, name: &str) -> Vec<&str> {
        self.headers.iter().filter(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str()).collect()
    }
}

impl fmt::Display for Incoming {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TlsClientHello => formatter.write_str("a TLS handshake"),
            Self::Http(request) => {
                write!(formatter, "{} {}", request.method, request.path)?;
                match &request.query {
                    Some(query) => write!(formatter, "?{query}"),
                    None => Ok(()),
                }
            }
        }
    }
}

/// The next request; none when the client closed the connection between two of them.
pub(super) fn read(reader: &mut impl BufRead) -> Result<Option<Incoming>, String> {
    match reader.fill_buf() {
        Ok([]) | Err(_) => return Ok(None),
        Ok([TLS_HANDSHAKE, ..]) => return read_tls_record(reader).map(|()| Some(Incoming::TlsClientHello)),
        Ok(_) => {}
    }
    let line = read_line(reader)?;
    let mut parts = line.split(' ');
    let (Some(method), Some(target), Some("HTTP/1.1"), None) = (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(format!("not an HTTP/1.1 request line: {line:?}"));
    };
    if !target.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(format!("the request line is not percent-encoded: {line:?}"));
    }
    let headers = read_headers(reader)?;
    let (path, query) = match target.split_once('?') {
        Some((path, query)) => (path, Some(query.to_owned())),
        None => (target, None),
    };
    let mut request = Request { method: method.to_owned(), path: path.to_owned(), query, headers, body: Vec::new() };
    request.body = read_body(reader, &request)?;
    Ok(Some(Incoming::Http(request)))
}

/// Reads until the client goes away.
pub(super) fn wait_for_end(reader: &mut impl Read) {
    let mut sink = [0; 1024];
    while matches!(reader.read(&mut sink), Ok(read) if read > 0) {}
}

const TLS_HANDSHAKE: u8 = 22;

fn read_tls_record(reader: &mut impl Read) -> Result<(), String> {
    let broken = |error| format!("half a TLS record: {error}");
    let mut header = [0; 5];
    reader.read_exact(&mut header).map_err(broken)?;
    let length = usize::from(u16::from_be_bytes([header[3], header[4]]));
    reader.read_exact(&mut vec![0; length]).map_err(broken)
}

fn read_line(reader: &mut impl BufRead) -> Result<String, String> {
    let mut line = Vec::new();
    reader.read_until(b'\n', &mut line).map_err(|error| format!("half a request: {error}"))?;
    let line =
        line.strip_suffix(b"\r\n").ok_or_else(|| format!("half a request: {:?}", String::from_utf8_lossy(&line)))?;
    String::from_utf8(line.to_vec()).map_err(|_| "a line of the request's head is not UTF-8".to_owned())
}

fn read_headers(reader: &mut impl BufRead) -> Result<Vec<(String, String)>, String> {
    let mut headers = Vec::new();
    loop {
        let line = read_line(reader)?;
        if line.is_empty() {
            return Ok(headers);
        }
        let (name, value) = line.split_once(':').ok_or_else(|| format!("not a header: {line:?}"))?;
        headers.push((name.to_owned(), value.trim().to_owned()));
    }
}

fn read_body(reader: &mut impl Read, request: &Request) -> Result<Vec<u8>, String> {
    if !request.header("transfer-encoding").is_empty() {
        return Err("the request has a transfer encoding; its length is known and should be said".to_owned());
    }
    let length = match request.header("content-length").as_slice() {
        [] => 0,
        [length] => length.parse().map_err(|_| format!("not a content length: {length:?}"))?,
        _ => return Err("the request has two content lengths".to_owned()),
    };
    let mut body = vec![0; length];
    reader.read_exact(&mut body).map_err(|error| format!("half a request body: {error}"))?;
    Ok(body)
}
