//! A server that plays WxPusher by script: for each call the exchanges it should see, in order. It holds a note of
//! everything that was not as scripted, and answers the unexpected with 418, which no client repeats.

mod reply;
mod request;
mod script;
mod state;

use std::io::{self, BufReader};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use socket2::{Domain, SockAddr, SockRef, Socket, Type};

use crate::case::{Exchange, Listening, Reply};
use reply::Next;
use request::Incoming;
use state::Shared;

/// How long the end of a step waits for the server to finish an answer that the testee already has.
const SETTLE: Duration = Duration::from_secs(2);

const BACKLOG: i32 = 128;

/// A server for one case, on a loopback port of its own.
pub struct ScriptedServer {
    port: u16,
    shared: Arc<Shared>,
    acceptor: Option<JoinHandle<()>>,
    // What keeps a port refusing or full has to live as long as the case.
    _held: Vec<Socket>,
}

impl ScriptedServer {
    /// Takes a port and meets clients the way `listening` says.
    pub fn start(listening: Listening) -> io::Result<Self> {
        let socket = Socket::new(Domain::IPV4, Type::STREAM, None)?;
        socket.bind(&SockAddr::from(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))))?;
        let address = socket.local_addr()?;
        let port = address.as_socket().map_or(0, |address| address.port());
        let shared = Arc::new(Shared::new(port));
        let mut held = Vec::new();
        let acceptor = match listening {
            Listening::Refusing => {
                held.push(socket);
                None
            }
            Listening::Full => {
                socket.listen(0)?;
                held = fill(&address)?;
                held.push(socket);
                None
            }
            Listening::Always => {
                socket.listen(BACKLOG)?;
                let shared = Arc::clone(&shared);
                Some(thread::spawn(move || shared.accept(&socket.into())))
            }
            Listening::RefusingForMs(ms) => {
                let shared = Arc::clone(&shared);
                Some(thread::spawn(move || shared.accept_after(Duration::from_millis(ms), socket)))
            }
        };
        Ok(Self { port, shared, acceptor, _held: held })
    }

    /// The port, on 127.0.0.1.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Says what the next call should lead to.
    pub fn begin_step(&self, exchanges: &[Exchange]) {
        let mut state = self.shared.lock();
        state.began.get_or_insert_with(Instant::now);
        state.asked = 0;
        state.script = exchanges.iter().cloned().collect();
        self.shared.changed.notify_all();
    }

    /// What was not as scripted since [`begin_step`](Self::begin_step), once every answer has gone out.
    pub fn end_step(&self) -> Vec<String> {
        let deadline = Instant::now() + SETTLE;
        let mut state = self.shared.lock();
        while state.answering > 0 {
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                state.problems.push("the server is still busy with an answer".to_owned());
                break;
            }
            state = self.shared.wait(state, left);
        }
        let asked = state.asked;
        let mut problems = std::mem::take(&mut state.problems);
        for (index, left_over) in state.script.drain(..).enumerate() {
            problems.push(format!(
                "request {} never came: {} (the server was asked {asked} times)",
                asked + index + 1,
                script::name(&left_over.expect),
            ));
        }
        problems
    }

    /// How many connections were opened so far.
    pub fn connections(&self) -> usize {
        self.shared.lock().connections
    }
}

impl Drop for ScriptedServer {
    fn drop(&mut self) {
        self.shared.stop();
        if let Some(acceptor) = self.acceptor.take() {
            // The acceptor blocks in accept(): one last connection lets it see that it should stop.
            drop(TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)));
            drop(acceptor.join());
        }
    }
}

/// Connections that nobody accepts, until the queue of a port that listens with the smallest backlog is full.
fn fill(address: &SockAddr) -> io::Result<Vec<Socket>> {
    const MORE_THAN_ENOUGH: usize = 4;
    let mut fillers = Vec::new();
    for _ in 0..MORE_THAN_ENOUGH {
        let socket = Socket::new(Domain::IPV4, Type::STREAM, None)?;
        socket.set_nonblocking(true)?;
        // In progress is what it should be; the ones beyond the queue stay so.
        drop(socket.connect(address));
        fillers.push(socket);
    }
    Ok(fillers)
}

impl Shared {
    fn accept_after(self: &Arc<Self>, refusing: Duration, socket: Socket) {
        if !self.wait_for_first_step() || !self.pause(refusing) {
            return;
        }
        match socket.listen(BACKLOG) {
            Ok(()) => self.accept(&socket.into()),
            Err(error) => self.complain(format!("the server could not listen: {error}")),
        }
    }

    fn wait_for_first_step(&self) -> bool {
        let mut state = self.lock();
        while state.began.is_none() && !state.stopping {
            state = self.wait(state, SETTLE);
        }
        !state.stopping
    }

    fn accept(self: &Arc<Self>, listener: &TcpListener) {
        let mut threads = Vec::new();
        while let Ok((stream, _)) = listener.accept() {
            let stream = Arc::new(stream);
            let number = {
                let mut state = self.lock();
                if state.stopping {
                    break;
                }
                state.connections += 1;
                let number = state.connections;
                state.open.insert(number, Arc::clone(&stream));
                number
            };
            let shared = Arc::clone(self);
            threads.push(thread::spawn(move || shared.serve(number, stream)));
        }
        for thread in threads {
            if thread.join().is_err() {
                self.complain("the scripted server panicked".to_owned());
            }
        }
    }

    /// Answers one connection until either side closes it.
    fn serve(&self, number: usize, stream: Arc<TcpStream>) {
        let mut reader = BufReader::new(&*stream);
        loop {
            let incoming = match request::read(&mut reader) {
                Ok(Some(incoming)) => incoming,
                Ok(None) => break,
                Err(problem) => {
                    if !self.lock().stopping {
                        self.complain(problem);
                    }
                    break;
                }
            };
            let reply = self.answer_to(&incoming);
            let next = reply::send(&stream, reply.as_ref(), self);
            match next {
                Next::Keep => self.answered(),
                Next::Hang => {
                    self.answered();
                    request::wait_for_end(&mut reader);
                    break;
                }
                Next::Close { reset } => {
                    drop(reader);
                    if reset {
                        drop(SockRef::from(&*stream).set_linger(Some(Duration::ZERO)));
                    }
                    // The last handle has to go before the step may end: the next call must meet a closed connection.
                    self.lock().open.remove(&number);
                    drop(stream);
                    self.answered();
                    return;
                }
            }
        }
        self.lock().open.remove(&number);
    }

    fn answered(&self) {
        self.lock().answering -= 1;
        self.changed.notify_all();
    }

    /// The scripted answer, or none to a request nobody expected.
    fn answer_to(&self, incoming: &Incoming) -> Option<Reply> {
        let mut state = self.lock();
        state.asked += 1;
        state.answering += 1;
        let number = state.asked;
        let Some(exchange) = state.script.pop_front() else {
            let problem = format!("request {number} is one too many: {incoming}");
            state.problems.push(problem);
            return None;
        };
        for difference in script::differences(&exchange.expect, incoming) {
            state.problems.push(format!("request {number}: {difference}"));
        }
        Some(exchange.reply)
    }
}

#[cfg(test)]
mod tests;
