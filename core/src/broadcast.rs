//! One message to any number of users.

use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};

use crate::client::Client;
use crate::error::{Error, ErrorKind, Result};
use crate::message::Message;
use crate::outcome::SendOutcome;

/// What became of one batch.
#[derive(Debug, Clone, PartialEq)]
#[must_use = "the batch may have failed: look at its result"]
pub struct Batch {
    /// The batch's number, from 1.
    pub number: u64,
    /// Whom it went to: at most 2 000, none of them in an earlier batch.
    pub uids: Vec<String>,
    /// How many uids of the stream are done with, this batch included. To resume later, skip as many.
    pub done: u64,
    /// How many uids were dropped while this batch was filled, because they had been there before.
    pub duplicates: u64,
    /// What came of it. A failed batch does not end the broadcast.
    pub result: Result<SendOutcome>,
}

/// The state of a broadcast, without the stream of uids. Most use [`Client::broadcast`], which has one.
///
/// Of each uid it remembers eight bytes, to drop duplicates; the uids themselves come and go with their batch.
#[derive(Debug)]
pub struct Broadcaster {
    client: Client,
    message: Message,
    number: u64,
    done: u64,
    duplicates: u64,
    seen: HashSet<u64>,
    hasher: RandomState,
    is_over: bool,
}

impl Broadcaster {
    /// A broadcast of this message, which must name no target of its own.
    ///
    /// # Errors
    /// `invalid_argument` when the message is over a limit or names targets, or the client has no app token.
    pub fn new(client: &Client, message: Message) -> Result<Self> {
        if !message.uids.is_empty() {
            return Err(Error::invalid_argument("uids", "a broadcast takes its uids as a stream, not in the message"));
        }
        if !message.topic_ids.is_empty() {
            return Err(Error::invalid_argument("topic_ids", "each batch would send to the topics again: use send"));
        }
        message.validate_text(client.limits())?;
        client.token()?;
        Ok(Self {
            client: client.clone(),
            message,
            number: 0,
            done: 0,
            duplicates: 0,
            seen: HashSet::new(),
            hasher: RandomState::new(),
            is_over: false,
        })
    }

    /// Sends the next batch of the stream; `None` when the stream has ended or the client was cancelled.
    ///
    /// Waits for its turn: 20 calls in 10 s per app token, all clients of this process together.
    pub fn step(&mut self, uids: &mut dyn Iterator<Item = String>) -> Option<Batch> {
        self.fill(uids);
        self.send_batch()
    }

    /// The first half of a step: takes uids for the next batch, and says whether it is full now.
    ///
    /// For those whose stream comes in pieces: fill until it is full or there is no more, then
    /// [`send_batch`](Self::send_batch).
    pub fn fill(&mut self, uids: &mut dyn Iterator<Item = String>) -> bool {
        let most = self.client.limits().uids;
        while !self.is_over && self.message.uids.len() < most {
            let Some(uid) = uids.next() else { return false };
            self.done += 1;
            if self.seen.insert(self.hasher.hash_one(&uid)) {
                self.message.uids.push(uid);
            } else {
                self.duplicates += 1;
            }
        }
        true
    }

    /// The second half of a step: sends what was filled in, however much it is; `None` when it is nothing, or the client
    /// was cancelled.
    pub fn send_batch(&mut self) -> Option<Batch> {
        if self.is_over || self.message.uids.is_empty() {
            return None;
        }
        let result = self.client.send_in_turn(&self.message);
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

/// An iterator that sends a batch at each step; made by [`Client::broadcast`].
#[derive(Debug)]
#[must_use = "a broadcast sends when it is iterated"]
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
    /// Sends a message to any number of users, at most 2 000 with each step of the iterator.
    ///
    /// Steps keep WxPusher's pace (20 calls in 10 s), drop uids that were there before, and tell what became of their
    /// batch. To stop, stop iterating; to resume later, skip the [`Batch::done`] first uids.
    ///
    /// # Errors
    /// `invalid_argument` when the message is over a limit or names targets of its own.
    ///
    /// ```
    /// # let sandbox = wxpusher_sandbox::Sandbox::start()?;
    /// # use wxpusher::{Client, Config};
    /// # let client = Client::with_config(Config::new().app_token("AT_testdemo").base_url(sandbox.url()))?;
    /// use wxpusher::Message;
    ///
    /// let everybody = ["UID_testalice", "UID_testbob", "UID_testalice"];
    /// for batch in client.broadcast(Message::text("今晚停机维护"), everybody)? {
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
