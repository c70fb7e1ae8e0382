//! How connections are used: kept, shared, and left when the server has left them.

use std::io::{BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc;
use std::thread;

use wxpusher::{Client, Config};

use super::server::{ACCEPTED, DONE, Do, Server, TOKEN, hello, http, ok, read_request};

#[test]
fn one_connection_serves_call_after_call() {
    let server = Server::start(|request, _| ok(if request.method == "POST" { ACCEPTED } else { DONE }));
    let client = server.client();
    for _ in 0..20 {
        assert!(client.send(&hello()).unwrap().all_ok());
        client.clone().delete_user(1).unwrap();
    }
    assert_eq!(server.connections(), 1);
}

#[test]
fn a_request_leaves_in_one_write() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let client = client_of(&listener);
    let serving = thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut buffer = [0u8; 4096];
        let read = std::io::Read::read(&mut stream, &mut buffer).unwrap();
        stream.write_all(&http("200 OK", "", ACCEPTED)).unwrap();
        String::from_utf8(buffer[..read].to_vec()).unwrap()
    });
    client.send(&hello()).unwrap().ensure_all().unwrap();
    let first = serving.join().unwrap();
    assert!(first.starts_with("POST /api/send/message HTTP/1.1\r\n") && first.ends_with('}'), "{first}");
}

#[test]
fn an_idle_connection_that_the_server_closed_is_never_a_failure() {
    let server = Server::start(|_, _| ok(ACCEPTED));
    let client = server.client();
    for round in 1..=10 {
        client.send(&hello()).unwrap().ensure_all().unwrap();
        assert_eq!(server.connections(), round);
        server.close_connections();
    }
    assert_eq!(server.requests().len(), 10, "and nothing was sent twice");
}

#[test]
fn an_idle_connection_on_which_something_came_unasked_is_left() {
    let (say, said) = mpsc::channel::<()>();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let client = client_of(&listener);
    let (done_tx, done) = mpsc::channel::<()>();
    let serving = thread::spawn(move || {
        let (first, _) = listener.accept().unwrap();
        answer_one(&first);
        said.recv().unwrap();
        (&first).write_all(b"HTTP/1.1 408 Request Timeout\r\n\r\n").unwrap();
        first.shutdown(std::net::Shutdown::Write).unwrap();
        done_tx.send(()).unwrap();
        let (second, _) = listener.accept().unwrap();
        answer_one(&second);
    });
    client.send(&hello()).unwrap().ensure_all().unwrap();
    say.send(()).unwrap();
    done.recv().unwrap();
    client.send(&hello()).unwrap().ensure_all().unwrap();
    serving.join().unwrap();
}

#[test]
fn an_answer_that_closes_is_followed_by_a_new_connection() {
    let server = Server::start(|_, _| Do::WriteAndClose(http("200 OK", "Connection: close\r\n", ACCEPTED)));
    let client = server.client();
    for _ in 0..3 {
        client.send(&hello()).unwrap().ensure_all().unwrap();
    }
    assert_eq!(server.connections(), 3);
}

#[test]
fn thirty_two_threads_share_one_client() {
    let server = Server::start(|_, _| ok(ACCEPTED));
    let client = server.client();
    thread::scope(|scope| {
        for _ in 0..32 {
            scope.spawn(|| {
                for _ in 0..20 {
                    assert!(client.send(&hello()).unwrap().all_ok());
                }
            });
        }
    });
    assert_eq!(server.requests().len(), 640);
    assert!(server.connections() <= 32, "{} connections", server.connections());
}

#[test]
fn connections_close_with_the_last_clone() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let client = client_of(&listener);
    let serving = thread::spawn(move || {
        let (stream, _) = listener.accept().unwrap();
        answer_one(&stream);
        // The end of the stream, or a hang.
        assert!(read_request(&mut BufReader::new(&stream)).is_none());
    });
    let clone = client.clone();
    clone.send(&hello()).unwrap().ensure_all().unwrap();
    drop((client, clone));
    serving.join().unwrap();
}

#[test]
fn an_ipv6_host_and_a_name_are_reached() {
    let server = Server::on(TcpListener::bind("[::1]:0").unwrap(), |_, _| ok(ACCEPTED));
    server.client().send(&hello()).unwrap().ensure_all().unwrap();

    let server = Server::answering(ACCEPTED);
    let config = server.config().base_url(server.url().replace("127.0.0.1", "localhost"));
    let client = Client::with_config(config).unwrap();
    client.send(&hello()).unwrap().ensure_all().unwrap();
    assert_eq!(server.only_request().header("host").unwrap().split(':').next(), Some("localhost"));
}

fn client_of(listener: &TcpListener) -> Client {
    super::log_watch::watch();
    let url = format!("http://{}", listener.local_addr().unwrap());
    Client::with_config(Config::new().app_token(TOKEN).base_url(url)).unwrap()
}

fn answer_one(mut stream: &TcpStream) {
    read_request(&mut BufReader::new(stream)).expect("a request");
    stream.write_all(&http("200 OK", "", ACCEPTED)).unwrap();
}
