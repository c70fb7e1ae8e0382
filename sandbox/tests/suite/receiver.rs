//! A callback receiver that records requests and sends a given response.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc;
use std::thread::JoinHandle;

use serde_json::Value;

use crate::client::PATIENCE;

pub(crate) struct Received {
    pub(crate) request_line: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Value,
}

pub(crate) struct Receiver {
    port: u16,
    received: mpsc::Receiver<Received>,
    thread: Option<JoinHandle<()>>,
}

impl Receiver {
    pub(crate) fn responding(response: &'static str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let (sender, received) = mpsc::channel();
        let thread = std::thread::spawn(move || {
            for line in listener.incoming() {
                // A connection without a request stops the receiver.
                let Some(request) = line.ok().and_then(|line| take(line, response)) else {
                    return;
                };
                if sender.send(request).is_err() {
                    return;
                }
            }
        });
        Self { port, received, thread: Some(thread) }
    }

    pub(crate) fn ok() -> Self {
        Self::responding("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n")
    }

    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}/callback?secret=path", self.port)
    }

    pub(crate) fn next(&self) -> Received {
        self.received.recv_timeout(PATIENCE).expect("a callback")
    }

    pub(crate) fn is_quiet(&self) -> bool {
        self.received.try_recv().is_err()
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        drop(TcpStream::connect(("127.0.0.1", self.port)));
        if let Some(thread) = self.thread.take() {
            thread.join().expect("a receiver that did not panic");
        }
    }
}

fn take(mut line: TcpStream, response: &str) -> Option<Received> {
    let mut reader = BufReader::new(line.try_clone().ok()?);
    let mut request_line = String::new();
    if reader.read_line(&mut request_line).ok()? == 0 {
        return None;
    }
    let mut headers = Vec::new();
    loop {
        let mut header = String::new();
        reader.read_line(&mut header).ok()?;
        match header.trim_end().split_once(": ") {
            Some((name, value)) => headers.push((name.to_ascii_lowercase(), value.to_owned())),
            None => break,
        }
    }
    let length = headers.iter().find(|(name, _)| name == "content-length")?.1.parse().ok()?;
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    line.write_all(response.as_bytes()).ok()?;
    let body = serde_json::from_slice(&body).expect("a callback in JSON");
    Some(Received { request_line: request_line.trim_end().to_owned(), headers, body })
}
