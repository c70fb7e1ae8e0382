//! TCP under ureq. Waits in constant slices, so that one `setsockopt` per connection is enough for every timeout and every
//! cancellation, and checks with one system call whether an idle connection is still open.

use std::fmt;
use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use socket2::{Domain, Protocol, Socket, Type};
use ureq::Error;
use ureq::http::Uri;
use ureq::unversioned::transport::{
    Buffers, ConnectionDetails, Connector, Either, LazyBuffers, NextTimeout, Transport,
};

use super::context::{AbortReason, CallContext};
use super::resolver::AddressCache;
use crate::model::error::Phase;
use crate::policy::cancel::SLICE;

const INPUT: usize = 16 * 1024;
const OUTPUT: usize = 64 * 1024;

pub(crate) struct InterruptibleTcpConnector {
    cache: AddressCache,
}

impl InterruptibleTcpConnector {
    pub(crate) fn new(cache: AddressCache) -> Self {
        Self { cache }
    }
}

impl<In: Transport> Connector<In> for InterruptibleTcpConnector {
    type Out = Either<In, InterruptibleTcp>;

    fn connect(&self, details: &ConnectionDetails<'_>, chained: Option<In>) -> Result<Option<Self::Out>, Error> {
        if let Some(tunnel) = chained {
            return Ok(Some(Either::A(tunnel)));
        }
        let call = CallContext::current()?;
        call.enter(Phase::Connect);
        match connect_any(&call, &details.addrs) {
            Ok(stream) => {
                if details.needs_tls() {
                    call.enter(Phase::Tls);
                }
                Ok(Some(Either::B(InterruptibleTcp::new(stream))))
            }
            Err(Failure::Aborted(error)) => Err(error.into()),
            Err(Failure::Unreachable(reason)) => {
                self.cache.remove(details.uri);
                let abort = match reason.kind() {
                    io::ErrorKind::TimedOut => AbortReason::TimedOut(Phase::Connect),
                    _ => AbortReason::Unreachable(format!("{}: {reason}", host_and_port(details.uri))),
                };
                Err(call.abort(abort).into())
            }
        }
    }
}

/// Host and port, without the user and password that the URL of a proxy may contain.
fn host_and_port(uri: &Uri) -> String {
    let host = uri.host().unwrap_or("?");
    uri.port_u16().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

enum Failure {
    /// Cancelled, or out of time; recorded in the context.
    Aborted(io::Error),
    Unreachable(io::Error),
}

fn connect_any(call: &CallContext, addrs: &[SocketAddr]) -> Result<TcpStream, Failure> {
    let mut last = io::Error::from(io::ErrorKind::AddrNotAvailable);
    for (at, addr) in addrs.iter().enumerate() {
        // Each address gets a share of the time that is left, so that an unreachable first one does not use all of it.
        let share = call.left() / (addrs.len() - at) as u32;
        match connect(call, *addr, share) {
            Ok(stream) => return Ok(stream),
            Err(Failure::Unreachable(error)) => last = error,
            Err(aborted) => return Err(aborted),
        }
    }
    Err(Failure::Unreachable(last))
}

fn connect(call: &CallContext, addr: SocketAddr, share: Duration) -> Result<TcpStream, Failure> {
    let socket = begin(addr).map_err(Failure::Unreachable)?;
    // The share is at most a timeout, which is at most a day.
    let end = Instant::now() + share;
    loop {
        if is_writable(&socket, call.slice()).map_err(Failure::Unreachable)? {
            break;
        }
        call.check().map_err(Failure::Aborted)?;
        if Instant::now() >= end {
            return Err(Failure::Unreachable(io::ErrorKind::TimedOut.into()));
        }
    }
    finish(socket).map_err(Failure::Unreachable)
}

fn begin(addr: SocketAddr) -> io::Result<Socket> {
    let socket = Socket::new(Domain::for_address(addr), Type::STREAM, Some(Protocol::TCP))?;
    socket.set_nonblocking(true)?;
    match socket.connect(&addr.into()) {
        Err(error) if !is_in_progress(&error) => Err(error),
        _ => Ok(socket),
    }
}

fn is_in_progress(error: &io::Error) -> bool {
    #[cfg(unix)]
    let in_progress = error.raw_os_error() == Some(rustix::io::Errno::INPROGRESS.raw_os_error());
    #[cfg(not(unix))]
    let in_progress = false;
    in_progress || error.kind() == io::ErrorKind::WouldBlock
}

fn is_writable(socket: &Socket, wait: Duration) -> io::Result<bool> {
    let timeout = Timespec { tv_sec: wait.as_secs() as _, tv_nsec: wait.subsec_nanos() as _ };
    match poll(&mut [PollFd::new(socket, PollFlags::OUT)], Some(&timeout)) {
        Ok(ready) => Ok(ready > 0),
        // The caller then checks for cancellation, for which a signal hook may be waiting.
        Err(rustix::io::Errno::INTR) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

fn finish(socket: Socket) -> io::Result<TcpStream> {
    if let Some(error) = socket.take_error()? {
        return Err(error);
    }
    socket.set_nonblocking(false)?;
    socket.set_tcp_nodelay(true)?;
    socket.set_read_timeout(Some(SLICE))?;
    socket.set_write_timeout(Some(SLICE))?;
    Ok(socket.into())
}

pub(crate) struct InterruptibleTcp {
    stream: TcpStream,
    buffers: LazyBuffers,
}

impl InterruptibleTcp {
    fn new(stream: TcpStream) -> Self {
        Self { stream, buffers: LazyBuffers::new(INPUT, OUTPUT) }
    }
}

/// A slice is over, or a signal came: the wait goes on after a check.
fn is_pause(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut | io::ErrorKind::Interrupted)
}

impl Transport for InterruptibleTcp {
    fn buffers(&mut self) -> &mut dyn Buffers {
        &mut self.buffers
    }

    fn transmit_output(&mut self, amount: usize, _: NextTimeout) -> Result<(), Error> {
        let call = CallContext::current()?;
        let mut output = &self.buffers.output()[..amount];
        while !output.is_empty() {
            match self.stream.write(output) {
                Ok(0) => {
                    return Err(call.abort(AbortReason::Broken("the server closed the connection".to_owned())).into());
                }
                Ok(written) => {
                    call.note_written();
                    output = &output[written..];
                    call.check_quickly()?;
                }
                Err(error) if is_pause(&error) => call.check()?,
                Err(error) => return Err(call.abort(AbortReason::Broken(error.to_string())).into()),
            }
        }
        Ok(())
    }

    fn await_input(&mut self, _: NextTimeout) -> Result<bool, Error> {
        let call = CallContext::current()?;
        call.check_quickly()?;
        loop {
            match self.stream.read(self.buffers.input_append_buf()) {
                Ok(amount) => {
                    self.buffers.input_appended(amount);
                    return Ok(amount > 0);
                }
                Err(error) if is_pause(&error) => call.check()?,
                Err(error) => return Err(call.abort(AbortReason::Broken(error.to_string())).into()),
            }
        }
    }

    /// Between calls there must be nothing to read: neither bytes nor the end of the stream.
    fn is_open(&mut self) -> bool {
        nothing_to_read(&self.stream)
    }
}

#[cfg(unix)]
fn nothing_to_read(stream: &TcpStream) -> bool {
    use rustix::net::{RecvFlags, recv};
    let flags = RecvFlags::PEEK | RecvFlags::DONTWAIT;
    matches!(recv(stream, &mut [0u8; 1], flags), Err(rustix::io::Errno::WOULDBLOCK))
}

#[cfg(not(unix))]
fn nothing_to_read(stream: &TcpStream) -> bool {
    let peeked = stream.set_nonblocking(true).and_then(|()| stream.peek(&mut [0u8; 1]));
    let idle = matches!(peeked, Err(error) if error.kind() == io::ErrorKind::WouldBlock);
    idle && stream.set_nonblocking(false).is_ok()
}

impl fmt::Debug for InterruptibleTcp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("InterruptibleTcp")
    }
}

impl fmt::Debug for InterruptibleTcpConnector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("InterruptibleTcpConnector")
    }
}
