//! Broadcasts: one message to any number of users, batch by batch.

use std::collections::{HashSet, VecDeque};
use std::hash::{BuildHasher, RandomState};

use super::Client;
use crate::model::error::{Error, ErrorKind, Result};
use crate::model::message::Message;
use crate::model::outcome::SendOutcome;

/// The result of one batch.
#[derive(Debug, Clone, PartialEq)]
#[must_use = "the batch may have failed: check its result"]
pub struct Batch {
    /// The batch's number, from 1.
    pub number: u64,
    /// The UIDs of this batch: at most 2 000, none of which was in an earlier batch.
    pub uids: Vec<String>,
    /// The number of UIDs taken from the stream so far, this batch included. To resume later, skip as many.
    pub done: u64,
    /// The number of duplicate UIDs that were dropped while this batch was filled.
    pub duplicates: u64,
    /// The result of the send. A failed batch does not end the broadcast.
    pub result: Result<SendOutcome>,
}

/// A broadcast without a stream of UIDs: pass them in as they come. If you have an iterator, use [`Client::broadcast`].
///
/// Pass UIDs with [`add`](Self::add), and take batches with [`next_batch`](Self::next_batch) until it returns `None`, which
/// means that more UIDs are needed. After the last UID call [`finish`](Self::finish), and take the remaining batches.
///
/// Eight bytes per UID are kept for the detection of duplicates; the UIDs themselves are dropped with their batch.
///
/// ```
/// # let sandbox = wxpusher_sandbox::Sandbox::start()?;
/// # use wxpusher::{Client, Config};
/// # let client = Client::with_config(Config::new().app_token("AT_testdemo").base_url(sandbox.url()))?;
/// use wxpusher::{Broadcaster, Message};
///
/// let mut broadcaster = Broadcaster::new(&client, Message::text("今晚停机维护"))?;
/// broadcaster.add(["UID_testalice", "UID_testbob"])?;
/// assert!(broadcaster.next_batch().is_none(), "a batch is sent when it is full");
/// broadcaster.finish();
/// let batch = broadcaster.next_batch().unwrap();
/// assert_eq!((batch.number, batch.done), (1, 2));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Broadcaster {
    client: Client,
    message: Message,
    queue: VecDeque<String>,
    number: u64,
    done: u64,
    duplicates: u64,
    seen: HashSet<u64>,
    hasher: RandomState,
    is_finished: bool,
    is_over: bool,
}

impl Broadcaster {
    /// Creates a broadcast of this message, which must name no recipients of its own.
    ///
    /// # Errors
    /// `invalid_argument` if the message exceeds a limit or names recipients, or the client has no app token.
    pub fn new(client: &Client, message: Message) -> Result<Self> {
        if !message.uids.is_empty() {
            let reason = "must be empty: a broadcast takes its UIDs as a stream, not in the message";
            return Err(Error::invalid_argument("uids", reason));
        }
        if !message.topic_ids.is_empty() {
            let reason = "must be empty: each batch would be sent to the topics again; use send for topics";
            return Err(Error::invalid_argument("topic_ids", reason));
        }
        message.validate_text(client.limits())?;
        client.token()?;
        Ok(Self {
            client: client.clone(),
            message,
            queue: VecDeque::new(),
            number: 0,
            done: 0,
            duplicates: 0,
            seen: HashSet::new(),
            hasher: RandomState::new(),
            is_finished: false,
            is_over: false,
        })
    }

    /// Adds UIDs to the queue. Sends nothing.
    ///
    /// # Errors
    /// `invalid_argument` after [`finish`](Self::finish).
    pub fn add<S: Into<String>>(&mut self, uids: impl IntoIterator<Item = S>) -> Result<()> {
        if self.is_finished {
            let reason = "cannot be added: the broadcast is finished";
            return Err(Error::invalid_argument("uids", reason));
        }
        self.queue.extend(uids.into_iter().map(Into::into));
        Ok(())
    }

    /// Declares that no more UIDs will be added, so that the last batch need not be full.
    pub fn finish(&mut self) {
        self.is_finished = true;
    }

    /// Sends the next batch of the queue.
    ///
    /// `None` if the queue does not fill a batch and [`finish`](Self::finish) was not called, if all UIDs are sent, or if
    /// the client was cancelled. Waits for the rate limit.
    pub fn next_batch(&mut self) -> Option<Batch> {
        let mut queue = std::mem::take(&mut self.queue);
        let is_full = self.fill(&mut std::iter::from_fn(|| queue.pop_front()));
        self.queue = queue;
        if is_full || self.is_finished { self.send_batch() } else { None }
    }

    /// Takes UIDs from a stream until a batch is full or the stream ends, and sends the batch.
    ///
    /// `None` if the stream has ended or the client was cancelled. Waits for the rate limit.
    pub fn step(&mut self, uids: &mut dyn Iterator<Item = String>) -> Option<Batch> {
        self.fill(uids);
        self.send_batch()
    }

    /// Takes UIDs for the next batch, and returns whether it is full.
    fn fill(&mut self, uids: &mut dyn Iterator<Item = String>) -> bool {
        let max = self.client.limits().uids;
        while !self.is_over && self.message.uids.len() < max {
            let Some(mut uid) = uids.next() else { return false };
            self.done += 1;
            // Lines of a file end in a line feed.
            if uid.trim().len() != uid.len() {
                uid = uid.trim().to_owned();
            }
            if self.seen.insert(self.hasher.hash_one(&uid)) {
                self.message.uids.push(uid);
            } else {
                self.duplicates += 1;
            }
        }
        true
    }

    fn send_batch(&mut self) -> Option<Batch> {
        if self.is_over || self.message.uids.is_empty() {
            return None;
        }
        let result = self.client.send_rate_limited(&self.message);
        self.is_over = matches!(&result, Err(error) if *error.kind() == ErrorKind::Cancelled);
        self.number += 1;
        Some(Batch {
            number: self.number,
            uids: std::mem::take(&mut self.message.uids),
            done: self.done,
            duplicates: std::mem::take(&mut self.duplicates),
            result,
        })
    }
}

/// An iterator that sends one batch per step; created by [`Client::broadcast`].
#[derive(Debug)]
#[must_use = "a broadcast sends nothing until it is iterated"]
pub struct Broadcast<I> {
    broadcaster: Broadcaster,
    uids: I,
}

impl<I: Iterator<Item = String>> Iterator for Broadcast<I> {
    type Item = Batch;

    fn next(&mut self) -> Option<Batch> {
        self.broadcaster.step(&mut self.uids)
    }
}

impl Client {
    /// Sends a message to any number of users, at most 2 000 per step of the iterator.
    ///
    /// Batches respect the rate limit (20 calls in 10 s by default, [`Config::rate_limit_calls`](crate::Config)) and skip
    /// duplicate UIDs. Each step returns the result of its batch. To stop, stop iterating; to resume later, skip the first
    /// [`Batch::done`] UIDs.
    ///
    /// # Errors
    /// `invalid_argument` if the message exceeds a limit or names recipients of its own.
    ///
    /// ```
    /// # let sandbox = wxpusher_sandbox::Sandbox::start()?;
    /// # use wxpusher::{Client, Config};
    /// # let client = Client::with_config(Config::new().app_token("AT_testdemo").base_url(sandbox.url()))?;
    /// use wxpusher::Message;
    ///
    /// let uids = ["UID_testalice", "UID_testbob", "UID_testalice"];
    /// for batch in client.broadcast(Message::text("今晚停机维护"), uids)? {
    ///     println!("{} done, {} accepted", batch.done, batch.result?.succeeded().count());
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn broadcast<I>(&self, message: Message, uids: I) -> Result<Broadcast<impl Iterator<Item = String> + use<I>>>
    where
        I: IntoIterator,
        I::Item: Into<String>,
    {
        Ok(Broadcast { broadcaster: Broadcaster::new(self, message)?, uids: uids.into_iter().map(Into::into) })
    }
}
