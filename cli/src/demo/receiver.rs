//! The server of the app, which receives callbacks.

use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::mpsc::{self, Receiver as Channel};
use std::thread;
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::routing::post;
use wxpusher::{Callback, parse_callback};

use super::story::broken;
use crate::exit::Failure;

/// Hard to guess, as in production: callbacks carry no signature.
const PATH: &str = "/callback/4f7c1e";

pub(crate) struct Receiver {
    addr: SocketAddr,
    bodies: Channel<Bytes>,
}

impl Receiver {
    /// Listens on a free port, on a thread that ends with the process.
    pub(crate) fn start() -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        listener.set_nonblocking(true)?;
        let addr = listener.local_addr()?;
        let (sender, bodies) = mpsc::channel();
        let receive = async move |body: Bytes| {
            // Fails only after the end of the demonstration.
            let _ = sender.send(body);
        };
        let router = Router::new().route(PATH, post(receive));
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        thread::Builder::new().name("callbacks".to_owned()).spawn(move || {
            runtime.block_on(async { axum::serve(tokio::net::TcpListener::from_std(listener)?, router).await })
        })?;
        Ok(Self { addr, bodies })
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}{PATH}", self.addr)
    }

    /// Waits for the next callback.
    pub(crate) fn next(&self) -> Result<Callback, Failure> {
        let body = self.bodies.recv_timeout(Duration::from_secs(10));
        let body = body.map_err(|_| broken("a callback arrives within 10 s"))?;
        Ok(parse_callback(&body)?)
    }
}
