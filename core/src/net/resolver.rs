//! Resolves host names to addresses: with a cache, cancellable, and without a thread for IP addresses and cached names.

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

use super::context::{AbortReason, CallContext};
use crate::model::error::Phase;

const CACHE_TIME: Duration = Duration::from_secs(60);
const MAX_ADDRESSES: usize = 16;

type HostPort = (String, u16);
type Entries = HashMap<HostPort, (Instant, Vec<SocketAddr>)>;

/// The addresses found lately. Shared by the resolver and the connector, which removes addresses that cannot be reached.
#[derive(Clone, Default)]
pub(crate) struct AddressCache(Arc<Mutex<Entries>>);

impl AddressCache {
    fn fresh(&self, key: &HostPort) -> Option<Vec<SocketAddr>> {
        let entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        entries.get(key).filter(|(found, _)| found.elapsed() < CACHE_TIME).map(|(_, addrs)| addrs.clone())
    }

    fn any(&self, key: &HostPort) -> Option<Vec<SocketAddr>> {
        let entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        entries.get(key).map(|(_, addrs)| addrs.clone())
    }

    fn put(&self, key: HostPort, addrs: Vec<SocketAddr>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(key, (Instant::now(), addrs));
    }

    pub(crate) fn remove(&self, uri: &Uri) {
        if let Some(key) = host_port(uri) {
            self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&key);
        }
    }
}

/// ureq's own resolver starts a thread per request as soon as any timeout is set; this one, per name and minute.
pub(crate) struct CachingResolver {
    cache: AddressCache,
}

impl CachingResolver {
    pub(crate) fn new(cache: AddressCache) -> Self {
        Self { cache }
    }

    fn addresses(&self, uri: &Uri) -> io::Result<Vec<SocketAddr>> {
        let call = CallContext::current()?;
        call.enter(Phase::Resolve);
        let Some(key) = host_port(uri) else {
            return Err(call.abort(AbortReason::Unreachable("the base URL has no host".to_owned())));
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
            // If the name server fails for a moment, old addresses are better than none.
            Err(reason) => self
                .cache
                .any(&key)
                .ok_or_else(|| call.abort(AbortReason::Unreachable(format!("host {} not found: {reason}", key.0)))),
        }
    }
}

/// Runs the system's resolver, which cannot be interrupted, on a thread, and waits for it in slices.
fn look_up(call: &CallContext, key: HostPort) -> io::Result<Result<Vec<SocketAddr>, String>> {
    let (sender, result) = mpsc::sync_channel(1);
    let spawned = thread::Builder::new().name("wxpusher-resolve".to_owned()).spawn(move || {
        let found = (key.0.as_str(), key.1).to_socket_addrs();
        let found = match found.map(|addrs| addrs.take(MAX_ADDRESSES).collect::<Vec<_>>()) {
            Ok(addrs) if addrs.is_empty() => Err("it has no address".to_owned()),
            Ok(addrs) => Ok(addrs),
            Err(error) => Err(error.to_string()),
        };
        // Fails if the call has ended in the meantime.
        let _ = sender.send(found);
    });
    if let Err(error) = spawned {
        return Ok(Err(error.to_string()));
    }
    loop {
        match result.recv_timeout(call.slice()) {
            Ok(found) => return Ok(found),
            Err(RecvTimeoutError::Timeout) => call.check()?,
            Err(RecvTimeoutError::Disconnected) => return Ok(Err("the resolver failed".to_owned())),
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
