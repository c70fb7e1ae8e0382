//! A small HTTP client that returns responses unchanged.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::Value;
use ureq::Agent;
use wxpusher_sandbox::Sandbox;

pub(crate) const TOKEN: &str = "AT_testdemo";

/// A timeout that only a bug reaches.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

pub(crate) struct Client {
    url: String,
    agent: Agent,
}

impl Client {
    pub(crate) fn new(sandbox: &Sandbox) -> Self {
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(PATIENCE))
            .proxy(None)
            .build()
            .new_agent();
        Self { url: sandbox.url().to_owned(), agent }
    }

    pub(crate) fn get(&self, path: &str) -> Value {
        json(self.agent.get(self.at(path)).call())
    }

    pub(crate) fn delete(&self, path: &str) -> Value {
        json(self.agent.delete(self.at(path)).call())
    }

    pub(crate) fn put(&self, path: &str) -> Value {
        json(self.agent.put(self.at(path)).send_empty())
    }

    pub(crate) fn post(&self, path: &str, body: &Value) -> Value {
        self.post_as(path, "application/json", &body.to_string())
    }

    pub(crate) fn post_as(&self, path: &str, content_type: &str, body: &str) -> Value {
        json(self.agent.post(self.at(path)).header("content-type", content_type).send(body))
    }

    /// Also returns the HTTP status.
    pub(crate) fn try_post(&self, path: &str, body: &Value) -> (u16, Value) {
        let answer = self.agent.post(self.at(path)).send(body.to_string());
        (answer.as_ref().expect("an answer").status().as_u16(), json(answer))
    }

    pub(crate) fn text(&self, path: &str) -> (u16, String) {
        let mut answer = self.agent.get(self.at(path)).call().expect("an answer");
        (answer.status().as_u16(), answer.body_mut().read_to_string().expect("a text"))
    }

    pub(crate) fn send(&self, body: &Value) -> Value {
        let mut body = body.clone();
        body["appToken"] = TOKEN.into();
        self.post("/api/send/message", &body)
    }

    fn at(&self, path: &str) -> String {
        format!("{}{path}", self.url)
    }
}

fn json(answer: Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> Value {
    let text = answer.expect("an answer").body_mut().read_to_string().expect("a whole body");
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// Sends one request on a new connection and does not read the response.
pub(crate) fn ask(sandbox: &Sandbox, method: &str, path: &str) -> TcpStream {
    let mut line = TcpStream::connect(sandbox.address()).expect("a connection");
    line.set_read_timeout(Some(PATIENCE)).expect("a timeout");
    write!(line, "{method} {path} HTTP/1.1\r\nhost: sandbox\r\nconnection: close\r\n\r\n").expect("a request sent");
    line
}

/// Everything until the connection ends, and how it ends.
pub(crate) fn read_to_end(line: &mut TcpStream) -> (String, std::io::Result<()>) {
    let mut bytes = Vec::new();
    let end = line.read_to_end(&mut bytes).map(|_| ());
    (String::from_utf8_lossy(&bytes).into_owned(), end)
}
