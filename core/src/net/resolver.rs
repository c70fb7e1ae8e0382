//! Host names to addresses: cached, without a thread for what needs no asking, and cancellable.

use std::collections::HashMap;
use std::fmt;
use std::net::{IpAddr, SocketAddr, ToSocketAddrs};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use std::{io, thread};

use ureq::http::Uri;
use ureq::unversioned::resolver::{ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

use super::call::{Call, Stop};
use crate::error::Phase;

const KEEP: Duration = Duration::from_secs(60);
const MOST_ADDRESSES: usize = 16;

type HostPort = (String, u16);
type Found = HashMap<HostPort, (Instant, Vec<SocketAddr>)>;

/// The addresses found lately. Shared by the resolver and by the connector, which forgets those that lead nowhere.
#[derive(Clone, Default)]
pub(crate) struct AddressCache(Arc<Mutex<Found>>);

impl AddressCache {
    fn fresh(&self, key: &HostPort) -> Option<Vec<SocketAddr>> {
        let entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        entries.get(key).filter(|(found, _)| found.elapsed() < KEEP).map(|(_, addrs)| addrs.clone())
    }

    fn any(&self, key: &HostPort) -> Option<Vec<SocketAddr>> {
        let entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        entries.get(key).map(|(_, addrs)| addrs.clone())
    }

    fn put(&self, key: HostPort, addrs: Vec<SocketAddr>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(key, (Instant::now(), addrs));
    }

    pub(crate) fn forget(&self, uri: &Uri) {
        if let Some(key) = host_port(uri) {
            self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&key);
        }
    }
}

/// ureq's own resolver starts a thread per request as soon as any timeout is set; this one does so per name and minute.
pub(crate) struct CachingResolver {
    cache: AddressCache,
}

impl CachingResolver {
    pub(crate) fn new(cache: AddressCache) -> Self {
        Self { cache }
    }

    fn addresses(&self, uri: &Uri) -> io::Result<Vec<SocketAddr>> {
        let call = Call::current()?;
        call.enter(Phase::Resolve);
        let Some(key) = host_port(uri) else {
            return Err(call.stop(Stop::Unreachable("the base URL has no host".to_owned())));
        };
        if let Ok(ip) = key.0.parse::<IpAddr>() {
            return Ok(vec![SocketAddr::new(ip, key.1)]);
        }
        if let Some(addrs) = self.cache.fresh(&key) {
            return Ok(addrs);
        }
        match look_up(&call, key.clone())? {
            Ok(addrs) => {
                self.cache.put(key, addrs.clone());
                Ok(addrs)
            }
            // A name server that is away for a moment does not stop those who know the way.
            Err(reason) => self
                .cache
                .any(&key)
                .ok_or_else(|| call.stop(Stop::Unreachable(format!("host {} not found: {reason}", key.0)))),
        }
    }
}

/// Asks the system on a thread of its own, which cannot be interrupted, and waits in slices, which can.
fn look_up(call: &Call, key: HostPort) -> io::Result<Result<Vec<SocketAddr>, String>> {
    let (sender, answer) = mpsc::sync_channel(1);
    let asking = thread::Builder::new().name("wxpusher-resolve".to_owned()).spawn(move || {
        let found = (key.0.as_str(), key.1).to_socket_addrs();
        let found = match found.map(|addrs| addrs.take(MOST_ADDRESSES).collect::<Vec<_>>()) {
            Ok(addrs) if addrs.is_empty() => Err("it has no address".to_owned()),
            Ok(addrs) => Ok(addrs),
            Err(error) => Err(error.to_string()),
        };
        // Nobody listens any more when the call was stopped in between.
        let _ = sender.send(found);
    });
    if let Err(error) = asking {
        return Ok(Err(error.to_string()));
    }
    loop {
        match answer.recv_timeout(call.slice()) {
            Ok(found) => return Ok(found),
            Err(RecvTimeoutError::Timeout) => call.check()?,
            Err(RecvTimeoutError::Disconnected) => return Ok(Err("the look-up failed".to_owned())),
        }
    }
}

fn host_port(uri: &Uri) -> Option<HostPort> {
    let host = uri.host()?;
    let host = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    let port = uri.port_u16().or(match uri.scheme_str() {
        Some("https") => Some(443),
        Some("http") => Some(80),
        _ => None,
    })?;
    Some((host.to_owned(), port))
}

impl Resolver for CachingResolver {
    fn resolve(&self, uri: &Uri, _: &ureq::config::Config, _: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let mut resolved = self.empty();
        for addr in self.addresses(uri)? {
            resolved.push(addr);
        }
        Ok(resolved)
    }
}

impl fmt::Debug for CachingResolver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CachingResolver")
    }
}
