//! The top of the transport chain, which sees each request and response as a whole.
//!
//! It buffers what ureq writes until ureq wants to read, so that head and body leave in one write. It inserts the request's
//! target: ureq only gets [`PLACEHOLDER`], because it logs its target, and the real one may contain a token. It drops
//! interim responses (1xx), which ureq refuses if they have headers.

use std::fmt;
use std::ops::Range;

use ureq::Error;
use ureq::unversioned::transport::{Buffers, ConnectionDetails, Connector, NextTimeout, Transport};

use super::context::CallContext;
use super::interim::{self, Found};
use crate::model::error::Phase;

/// The target that ureq sees.
pub(crate) const PLACEHOLDER: &str = "/~";

/// The largest head of a response, in bytes.
pub(crate) const MAX_HEAD: usize = 64 * 1024;

const INPUT: usize = 16 * 1024;
/// ureq refuses a head that is larger than [`MAX_HEAD`] only when it sees such a head.
const MAX_INPUT: usize = MAX_HEAD + INPUT;
const OUTPUT: usize = 16 * 1024;

#[derive(Debug)]
pub(crate) struct RequestBufferConnector;

impl<In: Transport> Connector<In> for RequestBufferConnector {
    type Out = RequestBuffer<In>;

    fn connect(&self, _: &ConnectionDetails<'_>, chained: Option<In>) -> Result<Option<Self::Out>, Error> {
        Ok(chained.map(|inner| RequestBuffer { inner, buffers: HeldBuffers::default(), is_at_head: false }))
    }
}

pub(crate) struct RequestBuffer<In> {
    inner: In,
    buffers: HeldBuffers,
    /// Whether the head of the response has still to come.
    is_at_head: bool,
}

impl<In: Transport> RequestBuffer<In> {
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

impl<In: Transport> Transport for RequestBuffer<In> {
    fn buffers(&mut self) -> &mut dyn Buffers {
        &mut self.buffers
    }

    fn transmit_output(&mut self, amount: usize, _: NextTimeout) -> Result<(), Error> {
        let call = CallContext::current()?;
        let start = self.buffers.held;
        self.buffers.held += amount;
        if self.buffers.begins_request(start, call.method) {
            call.enter(Phase::Send);
            self.buffers.put_target(start, call.method, &call.target);
        }
        Ok(())
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, Error> {
        let call = CallContext::current()?;
        if self.buffers.held > 0 {
            self.flush(timeout)?;
        }
        if call.phase() == Phase::Send {
            call.enter(Phase::Receive);
            self.is_at_head = true;
        }
        loop {
            // TLS may need several reads for one byte of content; the layer below checks the time between them.
            if !self.inner.maybe_await_input(timeout)? {
                return Ok(false);
            }
            if call.phase() == Phase::Receive {
                call.note_response();
            }
            let received = self.buffers.receive(self.inner.buffers());
            if !self.is_at_head {
                return Ok(received);
            }
            self.is_at_head = self.buffers.drop_interim_responses();
            if !self.is_at_head {
                return Ok(true);
            }
        }
    }

    /// Called when a connection is put back into the pool and when it is taken out again. Only the second result matters, so
    /// only it costs a system call.
    fn is_open(&mut self) -> bool {
        let is_put_back = CallContext::current().is_ok_and(|call| call.phase() == Phase::Receive);
        self.inner.buffers().input().is_empty() && (is_put_back || self.inner.is_open())
    }

    fn is_tls(&self) -> bool {
        self.inner.is_tls()
    }
}

/// Output is appended until it is flushed. Input grows with the head of a response.
#[derive(Default)]
struct HeldBuffers {
    input: Vec<u8>,
    /// The bytes received and not yet consumed.
    filled: Range<usize>,
    has_progress: bool,
    output: Vec<u8>,
    held: usize,
}

impl HeldBuffers {
    fn ensure_room(&mut self) {
        if self.output.len() < self.held + OUTPUT {
            self.output.resize(self.held + OUTPUT, 0);
        }
    }

    /// Makes room behind the input, by moving it to the start or by growing up to [`MAX_INPUT`].
    fn ensure_input_room(&mut self) {
        if self.filled.is_empty() {
            self.filled = 0..0;
        }
        if self.filled.end < self.input.len() {
            return;
        }
        if self.filled.start > 0 {
            self.input.copy_within(self.filled.clone(), 0);
            self.filled = 0..self.filled.len();
        } else if self.input.len() < MAX_INPUT {
            let size = (self.input.len() * 2).clamp(INPUT, MAX_INPUT);
            self.input.resize(size, 0);
        }
    }

    /// Copies input from the layer below, and returns whether there was any room and any input.
    fn receive(&mut self, inner: &mut dyn Buffers) -> bool {
        let room = self.input_append_buf();
        let amount = inner.input().len().min(room.len());
        room[..amount].copy_from_slice(&inner.input()[..amount]);
        inner.input_consume(amount);
        self.input_appended(amount);
        amount > 0
    }

    /// Drops complete interim responses, and returns whether the final one has still to come.
    fn drop_interim_responses(&mut self) -> bool {
        loop {
            match interim::find(self.input()) {
                Found::Complete(length) => self.filled.start += length,
                Found::Incomplete if self.filled.len() < MAX_HEAD => return true,
                Found::Incomplete | Found::Final => return false,
            }
        }
    }

    fn begins_request(&self, start: usize, method: &str) -> bool {
        self.output[start..self.held]
            .strip_prefix(method.as_bytes())
            .and_then(|rest| rest.strip_prefix(b" "))
            .and_then(|rest| rest.strip_prefix(PLACEHOLDER.as_bytes()))
            .is_some_and(|rest| rest.starts_with(b" HTTP/1.1\r\n"))
    }

    /// Replaces the placeholder by the target; the rest of the buffer keeps its order.
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

impl Buffers for HeldBuffers {
    fn output(&mut self) -> &mut [u8] {
        self.ensure_room();
        &mut self.output[self.held..]
    }

    fn input(&self) -> &[u8] {
        &self.input[self.filled.clone()]
    }

    fn input_append_buf(&mut self) -> &mut [u8] {
        self.ensure_input_room();
        &mut self.input[self.filled.end..]
    }

    fn input_appended(&mut self, amount: usize) {
        self.filled.end += amount;
    }

    fn input_consume(&mut self, amount: usize) {
        self.has_progress = amount > 0;
        self.filled.start += amount;
    }

    fn tmp_and_output(&mut self) -> (&mut [u8], &mut [u8]) {
        self.ensure_room();
        self.ensure_input_room();
        (&mut self.input[self.filled.end..], &mut self.output[self.held..])
    }

    fn can_use_input(&self) -> bool {
        !self.filled.is_empty() && self.has_progress
    }
}

impl<In> fmt::Debug for RequestBuffer<In> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RequestBuffer")
    }
}
