//! Callbacks: what is posted to an app's URL, and what is recorded of the response.

use std::time::Duration;

use serde_json::{Value, json};
use wxpusher_sandbox::{App, CallbackOutcome, Error, Sandbox, Seed, Source, Target};

use crate::client::{Client, TOKEN};
use crate::receiver::{Received, Receiver};

const START: i64 = 1_700_000_000_000;

fn sandbox_with(receiver: &Receiver) -> Sandbox {
    let sandbox = Sandbox::builder().seed(Seed::demo()).frozen_at(START).start().unwrap();
    sandbox.set_callback_url(97, Some(&receiver.url())).unwrap();
    sandbox
}

fn subscribed(uid: &str, source: &str, extra: Option<&str>) -> Value {
    let mut data = json!({
        "appId": 97, "appKey": "AK_sandbox97", "appName": "演示应用", "source": source,
        "userName": "", "userHeadImg": "", "time": START, "uid": uid,
    });
    if let Some(extra) = extra {
        data["extra"] = extra.into();
    }
    json!({"action": "app_subscribe", "data": data})
}

#[test]
fn posts_json_to_the_full_url() {
    let receiver = Receiver::responding("HTTP/1.1 201 Created\r\ncontent-length: 6\r\n\r\n收到");
    let sandbox = sandbox_with(&receiver);
    let report = sandbox.command("UID_testalice", "#97 测试 一下").unwrap();
    let Received { request_line, headers, body } = receiver.next();
    assert_eq!(request_line, "POST /callback?secret=path HTTP/1.1");
    assert!(headers.contains(&("content-type".to_owned(), "application/json".to_owned())), "{headers:?}");
    let expected = json!({"action": "send_up_cmd", "data": {
        "uid": "UID_testalice", "appId": 97, "appName": "演示应用", "time": START, "content": "测试 一下",
    }});
    assert_eq!(body, expected);
    assert_eq!((report.app_id, &report.body), (97, &expected));
    assert_eq!(report.url.as_deref(), Some(receiver.url().as_str()));
    assert_eq!(report.outcome, CallbackOutcome::Responded { status: 201, body: "收到".to_owned() });
    assert!(report.delivered());
    assert_eq!(sandbox.callbacks(), [report]);
}

#[test]
fn scan_callback_contains_extra_of_the_qrcode() {
    let receiver = Receiver::ok();
    let sandbox = sandbox_with(&receiver);
    let body = json!({"appToken": TOKEN, "extra": "订单=8"});
    let created = Client::new(&sandbox).post("/api/fun/create/qrcode", &body);
    let code = created["data"]["code"].as_str().unwrap();
    for _ in 0..2 {
        assert!(sandbox.scan(code, "UID_testbob").unwrap().delivered());
        assert_eq!(receiver.next().body, subscribed("UID_testbob", "scan", Some("订单=8")));
    }
}

#[test]
fn subscribing_to_an_app_posts_a_callback_and_to_a_topic_does_not() {
    let receiver = Receiver::ok();
    let sandbox = sandbox_with(&receiver);
    sandbox.subscribe("UID_testbob", Target::App(97), Source::Link).unwrap();
    assert_eq!(receiver.next().body, subscribed("UID_testbob", "link", None));
    sandbox.subscribe("UID_testbob", Target::App(97), Source::Scan).unwrap();
    assert_eq!(receiver.next().body, subscribed("UID_testbob", "scan", Some("")));
    sandbox.command("UID_testbob", "#97").unwrap();
    assert_eq!(receiver.next().body, subscribed("UID_testbob", "command", None));
    assert_eq!(sandbox.subscribe("UID_testbob", Target::Topic(9701), Source::Link).unwrap(), None);
    assert!(receiver.is_quiet());
    assert_eq!(sandbox.callbacks().len(), 3);
}

#[test]
fn bare_app_number_subscribes() {
    let sandbox = Sandbox::start().unwrap();
    sandbox.command("UID_testbob", " #97 ").unwrap();
    let users = sandbox.world().users;
    assert_eq!(users[1].follows, [Target::App(97)]);
}

#[test]
fn payment_and_refund_callbacks_have_opposite_signs() {
    let receiver = Receiver::ok();
    let sandbox = sandbox_with(&receiver);
    let payment = sandbox.pay("UID_testbob", 12, 50, Duration::from_secs(86_400)).unwrap();
    assert!(payment.callbacks.iter().all(wxpusher_sandbox::CallbackReport::delivered));
    assert_eq!(receiver.next().body, subscribed("UID_testbob", "order", None));
    let order = |sign: i64, kind: i64| {
        json!({"action": "order_pay", "data": {
            "addTime": sign * 86_400_000, "amount": sign * 50, "appId": 97, "createTime": START,
            "prodId": 12, "tradeNo": payment.trade_no, "type": kind, "uid": "UID_testbob",
        }})
    };
    assert_eq!(receiver.next().body, order(1, 1));
    sandbox.refund(&payment.trade_no).unwrap();
    assert_eq!(receiver.next().body, order(-1, 2));
    assert!(matches!(sandbox.refund(&payment.trade_no), Err(Error::Refused(_))));
    assert!(receiver.is_quiet());

    let again = sandbox.pay("UID_testbob", 12, 50, Duration::from_secs(1)).unwrap();
    assert_eq!(again.callbacks.len(), 1, "a subscriber is not subscribed again");
    assert_ne!(again.trade_no, payment.trade_no);
}

#[test]
fn records_failures_of_the_receiver() {
    let receiver = Receiver::responding("HTTP/1.1 500 Oops\r\ncontent-length: 4\r\n\r\noops");
    let sandbox = sandbox_with(&receiver);
    let report = sandbox.command("UID_testalice", "#97 x").unwrap();
    assert_eq!(report.outcome, CallbackOutcome::Responded { status: 500, body: "oops".to_owned() });
    assert!(!report.delivered());

    let broken = Receiver::responding("HTTP/1.1 200 OK\r\ncontent-length: 400\r\n\r\nhalf");
    sandbox.set_callback_url(97, Some(&broken.url())).unwrap();
    let report = sandbox.command("UID_testalice", "#97 x").unwrap();
    assert!(matches!(report.outcome, CallbackOutcome::Failed(_)), "{report:?}");

    let gone = broken.url();
    drop(broken);
    sandbox.set_callback_url(97, Some(&gone)).unwrap();
    let report = sandbox.command("UID_testalice", "#97 x").unwrap();
    match &report.outcome {
        CallbackOutcome::Failed(reason) => assert!(reason.starts_with("could not connect: "), "{reason}"),
        other => panic!("{other:?}"),
    }
    sandbox.set_callback_url(97, None).unwrap();
    assert_eq!(sandbox.command("UID_testalice", "#97 x").unwrap().outcome, CallbackOutcome::NoUrl);
    assert_eq!(sandbox.callbacks().len(), 4);
}

#[test]
fn does_not_wait_for_the_receiver_to_close_the_connection() {
    use std::io::{Read, Write};
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    let app = std::thread::spawn(move || {
        let (mut line, _) = listener.accept().unwrap();
        let mut request = Vec::new();
        while !request.ends_with(b"}}") {
            let mut piece = [0; 1024];
            let read = line.read(&mut piece).unwrap();
            request.extend_from_slice(&piece[..read]);
        }
        line.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok").unwrap();
        // Returns only when the sandbox closes its side.
        line.read(&mut [0; 1]).unwrap()
    });
    let sandbox = Sandbox::start().unwrap();
    sandbox.set_callback_url(97, Some(&url)).unwrap();
    assert!(sandbox.command("UID_testalice", "#97 x").unwrap().delivered());
    assert_eq!(app.join().unwrap(), 0);
}

#[test]
fn accepts_localhost_as_callback_host() {
    let receiver = Receiver::ok();
    let sandbox = sandbox_with(&receiver);
    sandbox.set_callback_url(97, Some(&receiver.url().replace("127.0.0.1", "localhost"))).unwrap();
    assert!(sandbox.command("UID_testalice", "#97 x").unwrap().delivered());
}

#[test]
fn refuses_callback_urls_on_other_machines_unless_allowed() {
    let sandbox = Sandbox::start().unwrap();
    let why = |url: &str| sandbox.set_callback_url(97, Some(url)).unwrap_err().to_string();
    assert_eq!(
        why("http://example.com/cb"),
        "callbackUrl: host must be localhost or a loopback address (got example.com); to post to other machines, \
         start the sandbox with allow_remote_callbacks"
    );
    for url in
        ["http://10.0.0.1/", "http://127.0.0.1.example.com/", "http://localhost.example.com/", "http://[2001:db8::1]/"]
    {
        assert!(why(url).contains("must be localhost or a loopback address"), "{url}");
    }
    for url in ["https://127.0.0.1/", "127.0.0.1:80", "/callback", "", "http://"] {
        assert!(why(url).starts_with("callbackUrl: "), "{url}");
    }
    for url in ["http://127.0.0.1:9/cb", "http://127.9.9.9", "http://LOCALHOST/", "http://[::1]:9/cb"] {
        sandbox.set_callback_url(97, Some(url)).unwrap();
    }
    let app = App::new(1, "AT_test1", "x").callback_url("http://example.com/");
    let seed = Seed { apps: vec![app], ..Seed::default() };
    assert!(sandbox.seed(seed.clone()).is_err());
    let remote = Sandbox::builder().allow_remote_callbacks().seed(seed.clone()).start().unwrap();
    assert_eq!(remote.world(), seed);
}

#[test]
fn receiver_can_call_the_api_before_it_responds() {
    let sandbox = std::sync::Arc::new(Sandbox::start().unwrap());
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    sandbox.set_callback_url(97, Some(&url)).unwrap();
    let app = std::thread::spawn({
        let client = Client::new(&sandbox);
        move || {
            use std::io::{Read, Write};
            let (mut line, _) = listener.accept().unwrap();
            let read = line.read(&mut [0; 4096]).unwrap();
            let sent = client.send(&json!({"content": "welcome", "uids": ["UID_testbob"]}));
            line.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").unwrap();
            (read, sent)
        }
    });
    assert!(sandbox.subscribe("UID_testbob", Target::App(97), Source::Link).unwrap().unwrap().delivered());
    let (read, sent) = app.join().unwrap();
    assert!(read > 0);
    assert_eq!(sent["data"][0]["code"], 1000);
    assert_eq!(sandbox.inbox("UID_testbob").unwrap().len(), 1);
}

#[test]
fn rejects_empty_commands_and_unknown_names() {
    let sandbox = Sandbox::start().unwrap();
    let invalid = sandbox.command("UID_testbob", " ").unwrap_err();
    assert!(matches!(invalid, Error::Invalid { field: "text", .. }));
    for error in [
        sandbox.command("UID_testbob", "#1 hello").unwrap_err(),
        sandbox.command("UID_testnobody", "#97 hello").unwrap_err(),
        sandbox.scan("nope", "UID_testbob").unwrap_err(),
        sandbox.subscribe("UID_testbob", Target::App(1), Source::Link).unwrap_err(),
        sandbox.subscribe("UID_testbob", Target::Topic(1), Source::Link).unwrap_err(),
        sandbox.pay("UID_testbob", 1, 1, Duration::ZERO).unwrap_err(),
        sandbox.refund("1").unwrap_err(),
        sandbox.inbox("SPT_testnone").unwrap_err(),
        sandbox.qrcode("nope").unwrap_err(),
        sandbox.set_callback_url(1, None).unwrap_err(),
        sandbox.seed_followers(1, ["UID_testx"]).unwrap_err(),
    ] {
        assert!(matches!(error, Error::Unknown { .. }), "{error:?}");
    }
    assert!(matches!(sandbox.pay("UID_testbob", 12, -1, Duration::ZERO), Err(Error::Invalid { field: "amount", .. })));
    assert!(sandbox.callbacks().is_empty());
}

#[test]
fn plain_text_goes_to_the_only_subscribed_app() {
    let receiver = Receiver::ok();
    let sandbox = sandbox_with(&receiver);
    assert!(sandbox.command("UID_testalice", " 重启 web-3 ").unwrap().delivered());
    let body = receiver.next().body;
    assert_eq!((&body["data"]["appId"], &body["data"]["content"]), (&json!(97), &json!("重启 web-3")));

    let unsubscribed = sandbox.command("UID_testbob", "hello").unwrap_err();
    assert!(unsubscribed.to_string().contains("not subscribed to any app"), "{unsubscribed}");
    sandbox.seed(Seed { apps: vec![App::new(98, "AT_testother", "另一个")], ..Seed::default() }).unwrap();
    sandbox.subscribe("UID_testalice", Target::App(98), Source::Link).unwrap();
    let ambiguous = sandbox.command("UID_testalice", "hello").unwrap_err();
    assert!(matches!(ambiguous, Error::Refused(_)), "{ambiguous}");
    assert_eq!(sandbox.command("UID_testalice", "#98 hello").unwrap().app_id, 98);
}

#[test]
fn entry_link_is_signed_if_the_app_has_a_key() {
    let sandbox = Sandbox::builder().seed(Seed::demo()).frozen_at(START).start().unwrap();
    let with = |url: &str, key: Option<&str>| {
        let app = App::new(97, TOKEN, "演示应用").entry(url, key);
        sandbox.seed(Seed { apps: vec![app], ..Seed::default() }).unwrap();
    };
    let refused = sandbox.entry_link("UID_testalice", 97).unwrap_err();
    assert!(matches!(refused, Error::Invalid { field: "entryUrl", .. }));
    with("https://example.invalid/in?from=wx", None);
    let plain = sandbox.entry_link("UID_testalice", 97).unwrap();
    assert_eq!(plain, "https://example.invalid/in?from=wx&uid=UID_testalice");
    assert!(matches!(sandbox.entry_link("UID_testbob", 97), Err(Error::Refused(_))));

    with("https://example.invalid/in", Some("test-key"));
    let link = sandbox.entry_link("UID_testalice", 97).unwrap();
    let other = sandbox.entry_link("UID_testalice", 97).unwrap();
    assert_ne!(link, other, "each link has its own nonce");
    let parameter = |name: &str| {
        let pair = link.split(['?', '&']).find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
        pair.unwrap_or_else(|| panic!("{name} in {link}")).to_owned()
    };
    let text = format!("nonce={}&sv={}&ts={START}&uid=UID_testalice", parameter("nonce"), parameter("sv"));
    let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, b"test-key");
    let sign = parameter("sign");
    let tag: Vec<u8> =
        (0..sign.len()).step_by(2).map(|at| u8::from_str_radix(&sign[at..at + 2], 16).unwrap()).collect();
    ring::hmac::verify(&key, text.as_bytes(), &tag).expect("an authentic signature");
}
