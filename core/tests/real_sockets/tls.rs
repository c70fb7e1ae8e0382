//! Certificates are checked, and a call over TLS is a call like any other.

use std::io::{BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use rcgen::{CertificateParams, Issuer, KeyPair};
use rustls::pki_types::PrivatePkcs8KeyDer;
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use wxpusher::{Client, Config, ErrorKind, Phase, RetryPolicy, Sent};

use super::server::{ACCEPTED, TOKEN, hello, http, read_request};

/// A server on a certificate for `name`, which answers `answers` requests on one connection; and its CA.
fn tls_server(name: &str, answers: usize) -> (SocketAddr, String, thread::JoinHandle<usize>) {
    super::log_watch::watch();
    let ca_key = KeyPair::generate().unwrap();
    let mut ca_params = CertificateParams::new(Vec::new()).unwrap();
    ca_params.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
    let ca = ca_params.self_signed(&ca_key).unwrap();
    let issuer = Issuer::new(ca_params, ca_key);
    let key = KeyPair::generate().unwrap();
    let certificate = CertificateParams::new(vec![name.to_owned()]).unwrap().signed_by(&key, &issuer).unwrap();

    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], PrivatePkcs8KeyDer::from(key.serialize_der()).into())
        .unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let addr = listener.local_addr().unwrap();
    let serving = thread::spawn(move || {
        let (stream, _) = listener.accept().unwrap();
        let connection = ServerConnection::new(Arc::new(config)).unwrap();
        let mut stream = StreamOwned::new(connection, stream);
        let mut served = 0;
        while served < answers && read_request(&mut BufReader::with_capacity(1, &mut stream)).is_some() {
            stream.write_all(&http("200 OK", "", ACCEPTED)).unwrap();
            served += 1;
        }
        served
    });
    (addr, ca.pem(), serving)
}

fn config(addr: SocketAddr) -> Config {
    Config::new().app_token(TOKEN).base_url(format!("https://{addr}")).retry(RetryPolicy::NEVER)
}

#[test]
fn a_certificate_of_our_own_ca_is_trusted_and_the_connection_kept() {
    let (addr, ca, serving) = tls_server("127.0.0.1", 3);
    let client = Client::with_config(config(addr).ca_pem(ca)).unwrap();
    for _ in 0..3 {
        client.send(&hello()).unwrap().ensure_all().unwrap();
    }
    assert_eq!(serving.join().unwrap(), 3);
}

#[test]
fn an_unknown_certificate_is_refused_before_anything_is_sent() {
    let (addr, _, serving) = tls_server("127.0.0.1", 1);
    let error = Client::with_config(config(addr)).unwrap().send(&hello()).unwrap_err();
    assert_eq!((error.name(), error.sent()), ("tls", Sent::No), "{error}");
    assert_eq!(error.to_string(), "TLS: invalid peer certificate: UnknownIssuer (nothing was sent)");
    assert_eq!(serving.join().unwrap(), 0);
}

#[test]
fn a_certificate_for_another_host_is_refused() {
    let (addr, ca, _) = tls_server("elsewhere.example", 1);
    let error = Client::with_config(config(addr).ca_pem(ca)).unwrap().send(&hello()).unwrap_err();
    assert_eq!((error.name(), error.sent()), ("tls", Sent::No), "{error}");
}

#[test]
fn a_server_that_does_not_speak_tls_is_said_so() {
    super::log_watch::watch();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let addr = listener.local_addr().unwrap();
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").unwrap();
        let _: Result<u64, _> = std::io::copy(&mut stream, &mut std::io::sink());
    });
    let error = Client::with_config(config(addr)).unwrap().send(&hello()).unwrap_err();
    assert_eq!((error.name(), error.sent()), ("tls", Sent::No), "{error}");
}

#[test]
fn a_handshake_that_breaks_off_is_a_tls_error() {
    super::log_watch::watch();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let addr = listener.local_addr().unwrap();
    thread::spawn(move || drop(listener.accept().unwrap()));
    let error = Client::with_config(config(addr)).unwrap().send(&hello()).unwrap_err();
    assert!(matches!(error.name(), "tls" | "transport"), "{error}");
    assert_eq!(error.sent(), Sent::No);
}

#[test]
fn a_handshake_that_hangs_runs_into_the_connect_timeout() {
    super::log_watch::watch();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let config = config(listener.local_addr().unwrap()).connect_timeout(Duration::from_millis(150));
    let error = Client::with_config(config).unwrap().send(&hello()).unwrap_err();
    assert_eq!(error.kind(), &ErrorKind::Timeout { phase: Phase::Tls });
    assert_eq!(error.sent(), Sent::No);
}

#[test]
fn an_idle_tls_connection_that_the_server_closed_is_never_a_failure() {
    let (addr, ca, serving) = tls_server("127.0.0.1", 1);
    let client = Client::with_config(config(addr).ca_pem(ca)).unwrap();
    client.send(&hello()).unwrap().ensure_all().unwrap();
    serving.join().unwrap();
    // The server is gone, and a new connection is refused: had the old one been used, it would have broken instead.
    let error = client.send(&hello()).unwrap_err();
    assert_eq!((error.name(), error.sent()), ("connect", Sent::No), "{error}");
    assert!(TcpStream::connect(addr).is_err());
}
