//! Errors, `Debug` texts and log records show no token.

use wxpusher::{Client, Config, ErrorKind, SimplePush};

use super::log_watch::{SEEN, SERVER_ECHOES, SPT, TOKEN, watch};
use super::server::{Do, Server, hello, ok};

#[test]
#[should_panic(expected = "shows a secret")]
fn the_watch_is_on() {
    watch();
    log::trace!("{TOKEN}");
}

#[test]
fn logs_every_error_for_the_check() {
    let server = Server::answering(r#"{"code":424242,"msg":"marked"}"#);
    server.client().delete_user(1).unwrap_err();
    let seen = SEEN.lock().unwrap();
    for form in ["WxPusher responded with code 424242: marked", "Api { code: 424242, msg: \"marked\" }"] {
        assert!(seen.iter().any(|text| text.contains(form)), "{form} was not logged");
    }
}

#[test]
fn masks_tokens_in_echoed_requests() {
    SERVER_ECHOES.set(true);
    let server = Server::start(|request, _| {
        let quoted = format!("{} {}", request.target, request.body).replace('"', "'");
        ok(&format!(r#"{{"code":1005,"msg":"系统异常 {quoted}","data":null}}"#))
    });
    let client = server.client();
    for error in [
        client.send(&hello()).unwrap_err(),
        client.delete_user(7).unwrap_err(),
        client.simple_push(&SimplePush::text("x").spt(SPT)).unwrap_err(),
        client.simple_push_by_get(SPT, "x").unwrap_err(),
    ] {
        let ErrorKind::Api { code: 1005, msg } = error.kind() else { panic!("{error}") };
        assert!(msg.raw().contains(TOKEN) || msg.raw().contains(SPT), "the server's text is untouched");
        for text in [error.to_string(), format!("{error:?}"), format!("{:?}", error.kind())] {
            assert!(text.contains("系统异常") && !text.contains(TOKEN) && !text.contains(SPT), "{text}");
        }
    }
}

#[test]
fn does_not_quote_invalid_responses() {
    SERVER_ECHOES.set(true);
    let echo = format!(r#"{{"code":"{TOKEN}","msg":"x"}}"#);
    let server = Server::start(move |_, _| ok(&echo));
    let error = server.client().send(&hello()).unwrap_err();
    assert_eq!(error.to_string(), "invalid response: `code`: not of the expected type");
}

#[test]
fn debug_shows_no_secrets() {
    let config = Config::new()
        .app_token(TOKEN)
        .default_spts([SPT])
        .proxy("http://user:p4ssw0rd@127.0.0.1:1")
        .base_url("http://127.0.0.1:1");
    let client = Client::with_config(config.clone()).unwrap();
    for text in [format!("{config:?}"), format!("{client:?}"), format!("{:?}", client.users(Default::default()))] {
        assert!(text.contains("AT_***"), "{text}");
        for secret in [TOKEN, SPT, "p4ssw0rd"] {
            assert!(!text.contains(secret), "{text}");
        }
    }
    let with_query = Config::new().base_url(format!("https://host/?appToken={TOKEN}"));
    assert!(!format!("{with_query:?}").contains(TOKEN));
    let error = Client::with_config(with_query).unwrap_err();
    assert_eq!(error.to_string(), "invalid argument `base_url`: must have no query and no user");
}

#[test]
fn proxy_errors_show_no_password() {
    let proxy = Server::start(|_, _| Do::WriteAndClose(b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n".to_vec()));
    let config = Config::new()
        .app_token(TOKEN)
        .base_url("https://wxpusher.invalid")
        .proxy(proxy.url().replace("http://", "http://user:p4ssw0rd@"));
    let error = Client::with_config(config).unwrap().send(&hello()).unwrap_err();
    assert_eq!(error.name(), "connect");
    assert!(error.to_string().contains("407"), "{error}");
    let request = &proxy.requests()[0];
    assert_eq!((request.method.as_str(), request.target.as_str()), ("CONNECT", "wxpusher.invalid:443"));
    assert!(request.header("proxy-authorization").is_some());
}
