//! The top of the transport chain, where a request passes as a whole.
//!
//! It does two things that no layer below can. It holds back what ureq writes until ureq wants to read, so that head and
//! body leave in one write. And it puts the request's target in: ureq is only ever told [`PLACEHOLDER`], because it logs
//! what it is told, and a target may carry a token.

use std::fmt;

use ureq::Error;
use ureq::unversioned::transport::{Buffers, ConnectionDetails, Connector, LazyBuffers, NextTimeout, Transport};

use super::call::Call;
use crate::error::Phase;

/// What ureq takes for the request's target.
pub(crate) const PLACEHOLDER: &str = "/~";

const INPUT: usize = 16 * 1024;
const OUTPUT: usize = 16 * 1024;

#[derive(Debug)]
pub(crate) struct GateConnector;

impl<In: Transport> Connector<In> for GateConnector {
    type Out = Gate<In>;

    fn connect(&self, _: &ConnectionDetails<'_>, chained: Option<In>) -> Result<Option<Self::Out>, Error> {
        Ok(chained.map(|inner| Gate { inner, buffers: GateBuffers::new() }))
    }
}

pub(crate) struct Gate<In> {
    inner: In,
    buffers: GateBuffers,
}

impl<In: Transport> Gate<In> {
    fn flush(&mut self, timeout: NextTimeout) -> Result<(), Error> {
        let mut rest = &self.buffers.output[..self.buffers.held];
        while !rest.is_empty() {
            let room = self.inner.buffers().output();
            let amount = rest.len().min(room.len());
            room[..amount].copy_from_slice(&rest[..amount]);
            self.inner.transmit_output(amount, timeout)?;
            rest = &rest[amount..];
        }
        self.buffers.held = 0;
        Ok(())
    }
}

impl<In: Transport> Transport for Gate<In> {
    fn buffers(&mut self) -> &mut dyn Buffers {
        &mut self.buffers
    }

    fn transmit_output(&mut self, amount: usize, _: NextTimeout) -> Result<(), Error> {
        let call = Call::current()?;
        let start = self.buffers.held;
        self.buffers.held += amount;
        if self.buffers.begins_request(start, call.method) {
            call.enter(Phase::Send);
            self.buffers.put_target(start, call.method, &call.target);
        }
        Ok(())
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, Error> {
        let call = Call::current()?;
        if self.buffers.held > 0 {
            self.flush(timeout)?;
        }
        let is_request = call.phase() == Phase::Send;
        if is_request {
            call.enter(Phase::Receive);
        }
        // TLS may take several reads to yield a byte of its content; the layer below answers for that.
        if !self.inner.maybe_await_input(timeout)? {
            return Ok(false);
        }
        if call.phase() == Phase::Receive {
            call.note_answered();
        }
        let input = self.inner.buffers();
        let room = self.buffers.input.input_append_buf();
        let amount = input.input().len().min(room.len());
        room[..amount].copy_from_slice(&input.input()[..amount]);
        input.input_consume(amount);
        self.buffers.input.input_appended(amount);
        Ok(amount > 0)
    }

    /// Asked when a connection is put back and when it is taken out again. Only the second answer counts, so only it costs
    /// a system call.
    fn is_open(&mut self) -> bool {
        let is_put_back = Call::current().is_ok_and(|call| call.phase() == Phase::Receive);
        self.inner.buffers().input().is_empty() && (is_put_back || self.inner.is_open())
    }

    fn is_tls(&self) -> bool {
        self.inner.is_tls()
    }
}

/// Like ureq's own buffers, but output is appended to what is held back.
struct GateBuffers {
    input: LazyBuffers,
    output: Vec<u8>,
    held: usize,
}

impl GateBuffers {
    fn new() -> Self {
        Self { input: LazyBuffers::new(INPUT, 1), output: Vec::new(), held: 0 }
    }

    fn ensure_room(&mut self) {
        if self.output.len() < self.held + OUTPUT {
            self.output.resize(self.held + OUTPUT, 0);
        }
    }

    fn begins_request(&self, start: usize, method: &str) -> bool {
        self.output[start..self.held]
            .strip_prefix(method.as_bytes())
            .and_then(|rest| rest.strip_prefix(b" "))
            .and_then(|rest| rest.strip_prefix(PLACEHOLDER.as_bytes()))
            .is_some_and(|rest| rest.starts_with(b" HTTP/1.1\r\n"))
    }

    /// Makes room inside what is held; the rest of the buffer stays where it is.
    fn put_target(&mut self, start: usize, method: &str, target: &str) {
        let at = start + method.len() + 1;
        let rest = at + PLACEHOLDER.len()..self.held;
        let held = self.held - PLACEHOLDER.len() + target.len();
        if self.output.len() < held {
            self.output.resize(held, 0);
        }
        self.output.copy_within(rest, at + target.len());
        self.output[at..at + target.len()].copy_from_slice(target.as_bytes());
        self.held = held;
    }
}

impl Buffers for GateBuffers {
    fn output(&mut self) -> &mut [u8] {
        self.ensure_room();
        &mut self.output[self.held..]
    }

    fn input(&self) -> &[u8] {
        self.input.input()
    }

    fn input_append_buf(&mut self) -> &mut [u8] {
        self.input.input_append_buf()
    }

    fn input_appended(&mut self, amount: usize) {
        self.input.input_appended(amount);
    }

    fn input_consume(&mut self, amount: usize) {
        self.input.input_consume(amount);
    }

    fn tmp_and_output(&mut self) -> (&mut [u8], &mut [u8]) {
        self.ensure_room();
        let (tmp, _) = self.input.tmp_and_output();
        (tmp, &mut self.output[self.held..])
    }

    fn can_use_input(&self) -> bool {
        self.input.can_use_input()
    }
}

impl<In> fmt::Debug for Gate<In> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Gate")
    }
}
