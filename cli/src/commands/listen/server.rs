//! The HTTP server of `listen`. It answers at once and puts the bodies into a queue.

use std::collections::{HashSet, VecDeque};
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Bytes;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::routing::post;
use ring::digest::{SHA256, digest};
use ring::rand::{SecureRandom, SystemRandom};
use tokio::sync::oneshot;

use crate::context::Result;
use crate::failure::Failure;
use crate::tr;

const MAX_BODY: usize = 64 * 1024;
const QUEUE: usize = 1_000;
/// WxPusher repeats a callback that it believes lost.
const REPEATED_WITHIN: Duration = Duration::from_secs(10 * 60);
const MAX_REMEMBERED: usize = 100_000;

/// Returns a path that cannot be guessed: callbacks carry no signature.
pub(super) fn random_path() -> Result<String> {
    let mut bytes = [0; 16];
    SystemRandom::new().fill(&mut bytes).map_err(|_| {
        Failure::local(tr!("no random numbers for --path: give a path", "没有随机数可用于 --path：请给出路径"))
    })?;
    Ok(format!("/callback/{}", bytes.map(|byte| format!("{byte:02x}")).concat()))
}

/// The bodies of the last ten minutes, by hash.
#[derive(Default)]
struct Repeats {
    seen: HashSet<[u8; 32]>,
    oldest_first: VecDeque<(Instant, [u8; 32])>,
}

impl Repeats {
    fn contains(&mut self, hash: &[u8; 32], now: Instant) -> bool {
        while let Some((since, oldest)) = self.oldest_first.front() {
            if now.duration_since(*since) < REPEATED_WITHIN && self.seen.len() < MAX_REMEMBERED {
                break;
            }
            self.seen.remove(oldest);
            self.oldest_first.pop_front();
        }
        self.seen.contains(hash)
    }

    fn insert(&mut self, hash: [u8; 32], now: Instant) {
        if self.seen.insert(hash) {
            self.oldest_first.push_back((now, hash));
        }
    }
}

fn hash(body: &[u8]) -> [u8; 32] {
    let mut hash = [0; 32];
    hash.copy_from_slice(digest(&SHA256, body).as_ref());
    hash
}

fn take(body: Bytes, queue: &SyncSender<Bytes>, repeats: &Mutex<Repeats>) -> StatusCode {
    let (hash, now) = (hash(&body), Instant::now());
    let mut repeats = repeats.lock().unwrap_or_else(PoisonError::into_inner);
    if repeats.contains(&hash, now) {
        return StatusCode::OK;
    }
    match queue.try_send(body) {
        Ok(()) => {
            repeats.insert(hash, now);
            StatusCode::OK
        }
        // Not remembered: WxPusher may repeat it.
        Err(TrySendError::Full(_) | TrySendError::Disconnected(_)) => StatusCode::SERVICE_UNAVAILABLE,
    }
}

/// A running server; it stops when dropped.
pub(super) struct Server {
    addr: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    pub(super) fn start(addr: SocketAddr, path: &str) -> io::Result<(Self, Receiver<Bytes>)> {
        let listener = TcpListener::bind(addr)?;
        listener.set_nonblocking(true)?;
        let addr = listener.local_addr()?;
        let (sender, queue) = sync_channel(QUEUE);
        let repeats = Arc::new(Mutex::new(Repeats::default()));
        let receive = async move |body: Bytes| take(body, &sender, &repeats);
        let router = Router::new().route(path, post(receive)).layer(DefaultBodyLimit::max(MAX_BODY));
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let (stop, stopped) = oneshot::channel();
        let thread = thread::Builder::new().name("callbacks".to_owned()).spawn(move || {
            runtime.block_on(async {
                let Ok(listener) = tokio::net::TcpListener::from_std(listener) else { return };
                tokio::select! {
                    _ = axum::serve(listener, router).into_future() => {}
                    _ = stopped => {}
                }
            });
            runtime.shutdown_timeout(Duration::from_millis(100));
        })?;
        Ok((Self { addr, stop: Some(stop), thread: Some(thread) }, queue))
    }

    /// The callback URL by which this machine reaches the server.
    pub(super) fn url(&self, path: &str) -> String {
        let mut addr = self.addr;
        if addr.ip().is_unspecified() {
            addr.set_ip(match addr.ip() {
                IpAddr::V4(_) => Ipv4Addr::LOCALHOST.into(),
                IpAddr::V6(_) => Ipv6Addr::LOCALHOST.into(),
            });
        }
        format!("http://{addr}{path}")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drops_repeats_for_ten_minutes() {
        let mut repeats = Repeats::default();
        let start = Instant::now();
        repeats.insert([1; 32], start);
        assert!(repeats.contains(&[1; 32], start + Duration::from_secs(599)));
        assert!(!repeats.contains(&[2; 32], start));
        assert!(!repeats.contains(&[1; 32], start + Duration::from_secs(600)));
    }

    #[test]
    fn a_full_queue_is_503_and_the_body_can_be_repeated() {
        let (sender, queue) = sync_channel(1);
        let repeats = Mutex::default();
        let take = |body: &'static str| take(Bytes::from_static(body.as_bytes()), &sender, &repeats);
        assert_eq!(take("a"), StatusCode::OK);
        assert_eq!(take("a"), StatusCode::OK);
        assert_eq!(take("b"), StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(queue.try_recv().unwrap(), "a");
        assert_eq!(take("b"), StatusCode::OK);
        assert_eq!(queue.try_recv().unwrap(), "b");
    }
}
