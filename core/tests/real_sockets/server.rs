//! A server that responds as each test defines, and records the requests.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use wxpusher::{Client, Config, Message};

use super::log_watch;
pub(crate) use super::log_watch::TOKEN;

#[derive(Debug, Clone)]
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) target: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Request {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// What the server does with a request.
pub(crate) enum Do {
    /// Writes these bytes and keeps the connection.
    Write(Vec<u8>),
    /// Writes these bytes and closes.
    WriteAndClose(Vec<u8>),
    /// Does not respond until the server is dropped.
    Hang,
}

pub(crate) fn http(status: &str, headers: &str, body: &str) -> Vec<u8> {
    format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\n{headers}\r\n{body}", body.len()).into_bytes()
}

pub(crate) fn ok(body: &str) -> Do {
    Do::Write(http("200 OK", "Content-Type: application/json\r\n", body))
}

/// The response to a send to `UID_a`.
pub(crate) const ACCEPTED: &str = r#"{"code":1000,"msg":"处理成功","success":true,"data":[{"uid":"UID_a","topicId":null,
    "messageId":7,"messageContentId":8,"sendRecordId":2438072956,"code":1000,"status":"创建发送任务成功"}]}"#;

/// The response to calls whose data does not matter.
pub(crate) const DONE: &str = r#"{"code":1000,"msg":"处理成功","data":"删除成功","success":true}"#;

pub(crate) struct Server {
    addr: SocketAddr,
    state: Arc<State>,
    accepting: Option<JoinHandle<()>>,
}

type Act = dyn Fn(&Request, usize) -> Do + Send + Sync;

struct State {
    act: Box<Act>,
    requests: Mutex<Vec<Request>>,
    arrived: Condvar,
    connections: AtomicUsize,
    open: Mutex<Vec<TcpStream>>,
    is_over: AtomicBool,
}

impl Server {
    /// A server that responds to each request, counted from 0, as `act` returns.
    pub(crate) fn start(act: impl Fn(&Request, usize) -> Do + Send + Sync + 'static) -> Self {
        Self::on(TcpListener::bind("127.0.0.1:0").unwrap(), act)
    }

    pub(crate) fn on(listener: TcpListener, act: impl Fn(&Request, usize) -> Do + Send + Sync + 'static) -> Self {
        log_watch::watch();
        let addr = listener.local_addr().unwrap();
        let state = Arc::new(State {
            act: Box::new(act),
            requests: Mutex::default(),
            arrived: Condvar::new(),
            connections: AtomicUsize::new(0),
            open: Mutex::default(),
            is_over: AtomicBool::new(false),
        });
        let shared = Arc::clone(&state);
        let accepting = thread::spawn(move || {
            for stream in listener.incoming() {
                if shared.is_over.load(Ordering::SeqCst) {
                    break;
                }
                let Ok(stream) = stream else { break };
                shared.connections.fetch_add(1, Ordering::SeqCst);
                shared.open.lock().unwrap().push(stream.try_clone().unwrap());
                let shared = Arc::clone(&shared);
                thread::spawn(move || serve(&stream, &shared));
            }
        });
        Self { addr, state, accepting: Some(accepting) }
    }

    /// Always the same answer.
    pub(crate) fn answering(body: &'static str) -> Self {
        Self::start(move |_, _| ok(body))
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.addr)
    }

    pub(crate) fn config(&self) -> Config {
        Config::new().app_token(TOKEN).base_url(self.url())
    }

    pub(crate) fn client(&self) -> Client {
        Client::with_config(self.config()).unwrap()
    }

    pub(crate) fn requests(&self) -> Vec<Request> {
        self.state.requests.lock().unwrap().clone()
    }

    pub(crate) fn only_request(&self) -> Request {
        let requests = self.requests();
        assert_eq!(requests.len(), 1, "{requests:?}");
        requests.into_iter().next().unwrap()
    }

    /// Blocks until that many requests have arrived.
    pub(crate) fn wait_for_requests(&self, count: usize) {
        let requests = self.state.requests.lock().unwrap();
        let waited =
            self.state.arrived.wait_timeout_while(requests, Duration::from_secs(20), |requests| requests.len() < count);
        assert!(!waited.unwrap().1.timed_out(), "{count} requests never arrived");
    }

    pub(crate) fn connections(&self) -> usize {
        self.state.connections.load(Ordering::SeqCst)
    }

    /// Closes every connection, as a server does with idle ones.
    pub(crate) fn close_connections(&self) {
        for stream in self.state.open.lock().unwrap().drain(..) {
            let _ = stream.shutdown(std::net::Shutdown::Both);
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.state.is_over.store(true, Ordering::SeqCst);
        self.close_connections();
        let _ = TcpStream::connect(self.addr);
        if let Some(accepting) = self.accepting.take() {
            let _ = accepting.join();
        }
        self.close_connections();
    }
}

fn serve(stream: &TcpStream, state: &State) {
    let mut reader = BufReader::new(stream);
    while let Some(request) = read_request(&mut reader) {
        let number = {
            let mut requests = state.requests.lock().unwrap();
            requests.push(request.clone());
            state.arrived.notify_all();
            requests.len() - 1
        };
        let mut writer = stream;
        match (state.act)(&request, number) {
            Do::Write(bytes) => {
                if writer.write_all(&bytes).is_err() {
                    return;
                }
            }
            Do::WriteAndClose(bytes) => {
                let _ = writer.write_all(&bytes);
                let _ = stream.shutdown(std::net::Shutdown::Both);
                return;
            }
            Do::Hang => {
                // Returns when the server goes, which shuts the socket down.
                let _ = stream.try_clone().unwrap().read(&mut [0u8; 1]);
                return;
            }
        }
    }
}

pub(crate) fn read_request(reader: &mut impl BufRead) -> Option<Request> {
    let mut line = String::new();
    reader.read_line(&mut line).ok().filter(|read| *read > 0)?;
    let mut parts = line.split_whitespace();
    let (method, target) = (parts.next()?.to_owned(), parts.next()?.to_owned());
    let mut headers = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok().filter(|read| *read > 0)?;
        let Some((key, value)) = line.trim_end().split_once(':') else { break };
        headers.push((key.to_ascii_lowercase(), value.trim().to_owned()));
    }
    let length = headers.iter().find(|(key, _)| key == "content-length").map_or("0", |(_, value)| value);
    let mut body = vec![0; length.parse().ok()?];
    reader.read_exact(&mut body).ok()?;
    Some(Request { method, target, headers, body: String::from_utf8(body).ok()? })
}

pub(crate) fn hello() -> Message {
    Message::text("你好").uid("UID_a")
}
