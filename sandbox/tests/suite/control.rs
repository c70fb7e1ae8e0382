//! The control API `/sandbox/…`.

use serde_json::{Value, json};
use wxpusher_sandbox::{Fault, FaultKind, Route, Sandbox, Seed, Target};

use crate::client::{Client, TOKEN, ask, read_to_end};
use crate::receiver::Receiver;

fn demo() -> (Sandbox, Client) {
    let sandbox = Sandbox::start().unwrap();
    let client = Client::new(&sandbox);
    (sandbox, client)
}

#[test]
fn help_lists_all_routes() {
    let (sandbox, client) = demo();
    let (status, page) = client.text("/sandbox");
    assert_eq!(status, 200);
    assert_eq!(client.text("/").1, page);
    assert!(page.contains(sandbox.url()) && !page.contains("{url}") && !page.contains("{routes}"), "{page}");
    for route in Route::ALL {
        assert!(page.contains(route.name()) && page.contains(route.path()), "{route:?}");
    }
    for path in
        ["world", "seed", "callback-url", "qrcodes", "scan", "subscribe", "command", "pay", "refund", "inbox", "clock"]
    {
        assert!(page.contains(&format!("/sandbox/{path}")), "{path}");
    }
    for path in ["rate-limit", "calls", "callbacks", "faults"] {
        assert!(page.contains(&format!("/sandbox/{path}")), "{path}");
    }
}

#[test]
fn first_example_of_the_help_works() {
    let (sandbox, client) = demo();
    let page = client.text("/sandbox").1;
    let line = page.lines().find(|line| line.contains("curl '")).expect("an example");
    let url = line.split('\'').nth(1).expect("a quoted URL");
    assert_eq!(client.get(url.strip_prefix(sandbox.url()).expect("our URL"))["code"], 1000);
    let inbox = client.get("/sandbox/inbox/UID_testalice");
    assert_eq!(
        (&inbox[0]["content"], &inbox[0]["via"], &inbox[0]["appId"]),
        (&json!("hello"), &json!("uid"), &json!(97))
    );
}

#[test]
fn seed_adds_and_replaces() {
    let empty = Sandbox::builder().start().unwrap();
    let client = Client::new(&empty);
    let (demo, _) = demo();
    let whole = Client::new(&demo).get("/sandbox/world");
    assert_eq!(client.post("/sandbox/seed", &whole), whole);
    assert_eq!(empty.world(), Seed::demo());

    client.post("/sandbox/seed", &json!({"topics": [{"id": 5, "appId": 97, "name": "新主题"}]}));
    client.post("/sandbox/seed", &json!({"users": [{"uid": "UID_testcarol", "follows": [{"topicId": 5}]}]}));
    client.post("/sandbox/seed", &json!({"apps": [{"id": 97, "token": "AT_testnew", "name": "改名"}]}));
    let world = empty.world();
    assert_eq!(world.users[2].follows, [Target::Topic(5)]);
    assert_eq!((world.apps.len(), world.apps[0].name.as_str()), (1, "改名"));
    let old = client.send(&json!({"content": "x", "topicIds": [5]}));
    assert_eq!(old["code"], 1002, "the old token stops working");
}

#[test]
fn invalid_seed_changes_nothing() {
    let (sandbox, client) = demo();
    let wrong = [
        (404, json!({"topics": [{"id": 5, "appId": 5, "name": "x"}]})),
        (404, json!({"users": [{"uid": "UID_testcarol", "follows": [{"appId": 5}]}]})),
        (404, json!({"products": [{"id": 5, "appId": 97, "name": "x", "covers": [{"topicId": 5}]}]})),
        (400, json!({"apps": [{"id": 5, "token": "test5", "name": "x"}]})),
        (400, json!({"apps": [{"id": 5, "token": TOKEN, "name": "x"}]})),
        (
            400,
            json!({"apps": [{"id": 5, "token": "AT_test5", "name": "x"}, {"id": 6, "token": "AT_test5", "name": "x"}]}),
        ),
        (400, json!({"users": [{"uid": "testcarol"}]})),
        (400, json!({"users": [{"uid": "UID_testcarol", "spts": ["testcarol"]}]})),
        (400, json!({"users": [{"uid": "UID_testcarol", "spts": ["SPT_testalice"]}]})),
        (400, json!({"users": [{"uid": "UID_testc", "spts": ["SPT_t"]}, {"uid": "UID_testd", "spts": ["SPT_t"]}]})),
        (400, json!({"apps": [{"id": 5, "token": "AT_test5", "name": "x", "callbackUrl": "http://example.com"}]})),
        (400, json!({"user": []})),
        (400, json!([])),
    ];
    for (status, seed) in wrong {
        let mut mixed = seed.clone();
        if let Some(parts) = mixed.as_object_mut() {
            parts.entry("users").or_insert_with(|| json!([{"uid": "UID_testgood"}]));
        }
        let (found, answer) = client.try_post("/sandbox/seed", &mixed);
        assert_eq!(found, status, "{seed}: {answer}");
        assert!(answer["error"].as_str().is_some_and(|error| error.len() > 10), "{answer}");
    }
    assert_eq!(sandbox.world(), Seed::demo());
    let other = json!({
        "apps": [{"id": 98, "token": "AT_test98", "name": "x"}],
        "products": [{"id": 5, "appId": 98, "name": "x", "covers": [{"topicId": 9701}]}],
    });
    assert_eq!(client.try_post("/sandbox/seed", &other).0, 400, "a product of one app covers another's topic");
    let started =
        Sandbox::builder().seed(Seed { users: vec![wxpusher_sandbox::User::new("nobody")], ..Seed::default() }).start();
    assert_eq!(started.unwrap_err().to_string(), "users.uid: must start with UID_, followed by at least one character");
}

#[test]
fn control_api_covers_all_user_actions() {
    let (sandbox, client) = demo();
    let receiver = Receiver::ok();
    let told = client.post("/sandbox/callback-url", &json!({"appId": 97, "url": receiver.url()}));
    assert_eq!(told["url"], receiver.url());

    let created = client.post("/api/fun/create/qrcode", &json!({"appToken": TOKEN, "extra": "x"}));
    let code = created["data"]["code"].as_str().unwrap();
    let seen = client.get(&format!("/sandbox/qrcodes/{code}"));
    assert_eq!(seen["qrcode"]["extra"], "x");
    assert!(seen["scanItLikeThis"].as_str().unwrap().contains(code));
    let shown = created["data"]["shortUrl"].as_str().unwrap().strip_prefix(sandbox.url()).unwrap();
    assert_eq!(client.get(shown), seen);

    let scanned = client.post("/sandbox/scan", &json!({"code": code, "uid": "UID_testbob"}));
    assert_eq!(scanned["outcome"], json!({"answered": {"status": 200, "body": ""}}));
    assert_eq!(scanned["body"], receiver.next().body);
    let followed = client.post("/sandbox/subscribe", &json!({"uid": "UID_testbob", "topicId": 9701}));
    assert_eq!(followed, json!({"follows": {"topicId": 9701}, "callback": null}));
    let linked = client.post("/sandbox/subscribe", &json!({"uid": "UID_testbob", "appId": 97, "source": "scan"}));
    assert_eq!(linked["callback"]["body"]["data"]["source"], "scan");
    client.post("/sandbox/command", &json!({"uid": "UID_testbob", "text": "#97 你好"}));
    let paid = client.post("/sandbox/pay", &json!({"uid": "UID_testbob", "prodId": 12, "amount": 500, "days": 30}));
    let refunded = client.post("/sandbox/refund", &json!({"tradeNo": paid["tradeNo"]}));
    assert_eq!(refunded["body"]["data"]["amount"], -500);
    assert_eq!(client.get("/sandbox/callbacks").as_array().unwrap().len(), 5);

    client.get("/api/send/message/SPT_testalice/hello");
    assert_eq!(client.get("/sandbox/inbox/SPT_testalice")[0]["via"], "spt");
    let calls = client.get("/sandbox/calls");
    assert_eq!(calls.as_array().unwrap().len(), 2, "control calls are not recorded");
    assert_eq!(
        (&calls[1]["route"], &calls[1]["path"]),
        (&json!("simplePushByGet"), &json!("/api/send/message/***/hello"))
    );
}

#[test]
fn control_api_moves_the_clock_and_switches_the_rate_limit() {
    let sandbox = Sandbox::builder().seed(Seed::demo()).frozen_at(1_000).start().unwrap();
    let client = Client::new(&sandbox);
    let moved = client.post("/sandbox/clock", &json!({"days": 1, "seconds": 2, "ms": 3}));
    assert_eq!(moved, json!({"now": 86_403_003}));
    assert_eq!(client.get("/sandbox/clock"), moved);
    client.post("/sandbox/rate-limit", &json!({"enabled": false}));
    for _ in 0..25 {
        assert_eq!(client.send(&json!({"content": "x", "uids": ["UID_testalice"]}))["code"], 1000);
    }
    client.post("/sandbox/rate-limit", &json!({"enabled": true}));
    let codes: Vec<Value> =
        (0..21).map(|_| client.send(&json!({"content": "x", "uids": ["UID_testalice"]}))["code"].clone()).collect();
    assert_eq!(codes.iter().filter(|code| **code == 1001).count(), 1);
}

#[test]
fn control_api_injects_and_clears_faults() {
    let (_sandbox, client) = demo();
    let faults = [
        json!({"fault": "hang"}),
        json!({"fault": "close", "route": "createQrcode"}),
        json!({"fault": "reset", "carriedOut": true}),
        json!({"fault": "halfBody", "times": 3}),
        json!({"fault": {"delay": {"ms": 5}}}),
        json!({"fault": {"slowDrip": {"bytes": 1, "ms": 5}}}),
        json!({"fault": {"status": 502}, "route": "send"}),
        json!({"fault": {"code": {"code": 1006, "msg": "x"}}}),
        json!({"fault": {"answer": {"body": "{"}}}),
    ];
    for (number, fault) in faults.iter().enumerate() {
        let waiting = client.post("/sandbox/faults", fault);
        assert_eq!(waiting.as_array().unwrap().len(), number + 1, "{waiting}");
    }
    assert_eq!(client.get("/sandbox/faults")[6]["route"], "send");
    assert_eq!(client.delete("/sandbox/faults"), json!([]));
    for route in Route::ALL {
        client.post("/sandbox/faults", &json!({"fault": {"status": 503}, "route": route.name()}));
    }
    assert_eq!(client.get("/sandbox/faults").as_array().unwrap().len(), 14);
    for wrong in [
        json!({"fault": "explode"}),
        json!({"fault": "hang", "time": 2}),
        json!({"fault": "hang", "route": "nowhere"}),
        json!({"fault": {"status": 20}}),
    ] {
        assert_eq!(client.try_post("/sandbox/faults", &wrong).0, 400, "{wrong}");
    }
}

#[test]
fn control_api_maps_errors_to_status() {
    let (_sandbox, client) = demo();
    let status = |path: &str, body: Value| client.try_post(path, &body).0;
    assert_eq!(status("/sandbox/scan", json!({"code": "nope", "uid": "UID_testbob"})), 404);
    assert_eq!(status("/sandbox/scan", json!({"code": "nope"})), 400);
    assert_eq!(status("/sandbox/subscribe", json!({"uid": "UID_testbob"})), 400);
    assert_eq!(status("/sandbox/subscribe", json!({"uid": "UID_testbob", "appId": 97, "topicId": 9701})), 400);
    let paid = client.post("/sandbox/pay", &json!({"uid": "UID_testbob", "prodId": 12, "amount": 1, "days": 1}));
    assert_eq!(status("/sandbox/refund", json!({"tradeNo": paid["tradeNo"]})), 200);
    assert_eq!(status("/sandbox/refund", json!({"tradeNo": paid["tradeNo"]})), 409);
    assert_eq!(client.text("/sandbox/calls/latest").0, 404);
    assert_eq!(client.text("/sandbox/inbox/UID_testalice/latest").0, 404);
}

#[test]
fn unknown_paths_methods_and_parameters_are_refused() {
    let (sandbox, client) = demo();
    let (status, body) = client.try_post("/sandbox/nothing", &json!({}));
    assert!(status == 404 && body["error"].as_str().unwrap().contains("GET /sandbox"), "{body}");
    let head = read_to_end(&mut ask(&sandbox, "POST", "/sandbox/calls")).0.to_ascii_lowercase();
    assert!(head.starts_with("http/1.1 405 ") && head.contains("allow: get,head,delete"), "{head}");
    for path in [
        "/sandbox/world?x=1",
        "/sandbox/calls?limi=1",
        "/sandbox/inbox/UID_testalice?route=send",
        "/sandbox/calls?route=nowhere",
        "/sandbox/calls?limit=x",
        "/sandbox/calls?count=1",
        "/sandbox/calls?wait=soon",
    ] {
        let (status, text) = client.text(path);
        assert_eq!(status, 400, "{path}: {text}");
    }
}

fn send_to_alice(client: &Client, content: &str) -> i64 {
    let sent = client.send(&json!({"content": content, "uids": ["UID_testalice"]}));
    sent["data"][0]["sendRecordId"].as_i64().unwrap()
}

fn contents(list: &Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|message| message["content"].as_str().unwrap()).collect()
}

#[test]
fn inboxes_can_be_searched_limited_and_cleared() {
    let (_sandbox, client) = demo();
    let ids: Vec<i64> = ["one", "two", "three"].iter().map(|content| send_to_alice(&client, content)).collect();
    let get = |query: &str| client.get(&format!("/sandbox/inbox/UID_testalice{query}"));
    assert_eq!(contents(&get("")), ["one", "two", "three"]);
    assert_eq!(contents(&get("?limit=2")), ["two", "three"], "the newest");
    assert_eq!(contents(&get(&format!("?after={}&limit=1", ids[0]))), ["two"], "the first after an id");
    assert_eq!(contents(&get("?contains=o")), ["one", "two"]);
    assert_eq!(contents(&get("?contains=o&limit=1")), ["two"]);
    assert_eq!(get("/latest")["content"], "three");
    assert_eq!(get("/latest?contains=on")["content"], "one");
    assert_eq!(get("?limit=0"), json!([]));
    client.delete("/sandbox/inbox/UID_testalice");
    assert_eq!(get(""), json!([]));
    send_to_alice(&client, "four");
    assert_eq!(contents(&get("")), ["four"]);
}

#[test]
fn waiting_ends_when_enough_has_arrived_or_the_time_is_over() {
    let (_sandbox, client) = demo();
    assert_eq!(client.get("/sandbox/inbox/UID_testalice?wait=20ms"), json!([]));
    let other = demo();
    std::thread::scope(|scope| {
        let inbox = scope.spawn(|| other.1.get("/sandbox/inbox/UID_testalice?wait=20s&count=2"));
        let calls = scope.spawn(|| other.1.get("/sandbox/calls?wait=20s&count=2&route=send"));
        send_to_alice(&other.1, "one");
        send_to_alice(&other.1, "two");
        assert_eq!(contents(&inbox.join().unwrap()), ["one", "two"]);
        assert_eq!(calls.join().unwrap().as_array().unwrap().len(), 2);
    });
    let latest = other.1.get("/sandbox/inbox/UID_testalice/latest?wait=20s");
    assert_eq!(latest["content"], "two");
}

#[test]
fn calls_show_request_response_and_fault_with_tokens_masked() {
    let (sandbox, client) = demo();
    sandbox.inject(Fault::new(FaultKind::Status(502)).on(Route::Send).containing("bad")).unwrap();
    send_to_alice(&client, "good");
    let body = json!({"appToken": TOKEN, "content": "bad", "uids": ["UID_testalice"]});
    let failed = ureq::post(format!("{}/api/send/message", sandbox.url())).send(body.to_string());
    assert!(matches!(failed, Err(ureq::Error::StatusCode(502))), "{failed:?}");
    let calls = client.get("/sandbox/calls");
    assert_eq!(calls[0]["request"]["headers"]["content-type"], "application/json");
    let request: Value = serde_json::from_str(calls[0]["request"]["body"].as_str().unwrap()).unwrap();
    assert_eq!((&request["appToken"], &request["content"]), (&json!("***"), &json!("good")));
    let response: Value = serde_json::from_str(calls[0]["response"]["body"].as_str().unwrap()).unwrap();
    assert_eq!(response["code"], 1000);
    assert_eq!((&calls[0]["fault"], &calls[1]["fault"]["fault"]), (&Value::Null, &json!({"status": 502})));
    assert!(!calls.to_string().contains(TOKEN));
    assert_eq!(client.get("/sandbox/calls?contains=bad").as_array().unwrap().len(), 1);
    assert_eq!(client.get("/sandbox/calls?limit=1")[0]["id"], 2);
    assert_eq!(client.get("/sandbox/calls?after=1&limit=1")[0]["id"], 2);
    assert_eq!(client.get("/sandbox/calls/latest")["id"], 2);
    assert_eq!(client.delete("/sandbox/calls"), json!([]));
    assert_eq!(client.get("/sandbox/calls"), json!([]));
}

#[test]
fn reset_drops_activity_and_the_world_unless_it_is_kept() {
    let (sandbox, client) = demo();
    let fill = || {
        send_to_alice(&client, "x");
        client.post("/sandbox/seed", &json!({"users": [{"uid": "UID_testcarol"}]}));
        client.post("/sandbox/faults", &json!({"fault": "hang", "route": "createQrcode"}));
        client.post("/sandbox/command", &json!({"uid": "UID_testalice", "text": "#97 x"}));
    };
    let empty = || {
        ["inbox/UID_testalice", "calls", "callbacks", "faults", "qrcodes"]
            .iter()
            .all(|list| client.get(&format!("/sandbox/{list}")) == json!([]))
    };
    fill();
    assert!(!empty());
    client.post("/sandbox/reset", &json!({"keepWorld": true}));
    assert!(empty() && sandbox.world().users.len() == 3);
    fill();
    sandbox.advance(std::time::Duration::from_secs(86_400));
    let late = sandbox.now();
    client.post("/sandbox/reset", &json!({}));
    assert!(empty() && sandbox.world() == Seed::demo() && sandbox.now() < late);
    assert!(client.try_post("/sandbox/reset", &json!({"keep": true})).0 == 400);
}

#[test]
fn an_export_can_be_imported_into_another_sandbox() {
    let (sandbox, client) = demo();
    client.post("/api/send/message/simple-push", &json!({"content": "by spt", "spt": "SPT_testalice"}));
    let deleted =
        client.send(&json!({"content": "gone", "summary": "s", "uids": ["UID_testalice"], "topicIds": [9701]}));
    let id = &deleted["data"][0]["messageContentId"];
    client.delete(&format!("/api/send/message?appToken={TOKEN}&messageContentId={id}"));
    sandbox.pay("UID_testbob", 12, 1, std::time::Duration::from_secs(86_400)).unwrap();
    let list = client.get(&format!("/api/fun/wxuser/v2?appToken={TOKEN}&uid=UID_testbob"));
    client.put(&format!("/api/fun/reject?appToken={TOKEN}&id={}&reject=true", list["data"]["records"][0]["id"]));
    let export = client.get("/sandbox/export");
    let empty = Sandbox::builder().start().unwrap();
    let other = Client::new(&empty);
    assert_eq!(other.post("/sandbox/import", &export), json!({"messages": 3}));
    assert_eq!(other.get("/sandbox/export"), export);
    assert_eq!(empty.inbox("SPT_testalice").unwrap()[0].content.as_deref(), Some("by spt"));
    assert!(empty.command("UID_testbob", "#97 x").is_err(), "still blocked");
    let wrong = json!({"blocked": [{"uid": "UID_testx", "target": {"appId": 97}}]});
    assert_eq!(other.try_post("/sandbox/import", &wrong).0, 404);
    assert_eq!(other.get("/sandbox/export"), export, "nothing changed");
}

#[test]
fn people_can_be_listed_named_unsubscribed_and_removed() {
    let (sandbox, client) = demo();
    client.post("/sandbox/seed", &json!({"users": [{"uid": "UID_testalice", "name": "爱丽丝", "headImg": "/a.png"}]}));
    send_to_alice(&client, "x");
    let people = client.get("/sandbox/people?contains=爱");
    let expected = json!([{
        "uid": "UID_testalice", "name": "爱丽丝", "headImg": "/a.png", "spts": 1, "messages": 1,
        "lastMessageTime": people[0]["lastMessageTime"], "subscriptions": [{"appId": 97}, {"topicId": 9701}],
    }]);
    assert_eq!(people, expected);
    assert_eq!(client.get("/sandbox/people?limit=1").as_array().unwrap().len(), 1);
    client.post("/sandbox/unsubscribe", &json!({"uid": "UID_testalice", "topicId": 9701}));
    assert_eq!(client.try_post("/sandbox/unsubscribe", &json!({"uid": "UID_testalice", "topicId": 9701})).0, 409);
    assert_eq!(sandbox.world().users[0].follows, [Target::App(97)]);
    client.delete("/sandbox/people/UID_testalice");
    assert_eq!(sandbox.world().users.len(), 1);
    assert_eq!(client.text("/sandbox/inbox/UID_testalice").0, 404);
    let push = client.post("/api/send/message/simple-push", &json!({"content": "x", "spt": "SPT_testalice"}));
    assert_eq!(push["data"][0]["status"], "SPT不存在");
    client.post("/sandbox/seed", &json!({"users": [{"uid": "UID_testalice", "spts": ["SPT_testalice"]}]}));
    assert!(sandbox.inbox("UID_testalice").unwrap().is_empty());
}

#[test]
fn callbacks_can_be_tested_resent_and_posted_in_the_background() {
    let (sandbox, client) = demo();
    let receiver = Receiver::ok();
    sandbox.set_callback_url(97, Some(&receiver.url())).unwrap();
    let tested = client.post("/sandbox/callback-test", &json!({"appId": 97}));
    assert_eq!(receiver.next().body, tested["body"]);
    let scanned = client.post("/sandbox/command?wait=false", &json!({"uid": "UID_testalice", "text": "#97 x"}));
    assert_eq!(scanned["outcome"], "pending");
    let body = receiver.next().body;
    assert_eq!(body, scanned["body"]);
    let records = client.get("/sandbox/callbacks?wait=20s&count=2");
    assert_eq!((&records[1]["id"], &records[1]["body"]), (&json!(2), &body));
    let resent = client.post("/sandbox/callbacks/2/resend", &json!({}));
    assert_eq!(resent["outcome"]["answered"]["status"], 200);
    assert_eq!(receiver.next().body, body);
    assert_eq!(client.get("/sandbox/callbacks/latest?contains=%23")["id"], Value::Null);
    assert_eq!(client.get("/sandbox/callbacks/latest")["id"], 3);
    assert_eq!(client.try_post("/sandbox/callbacks/9/resend", &json!({})).0, 404);
    client.delete("/sandbox/callbacks");
    assert_eq!(client.get("/sandbox/callbacks"), json!([]));
}

#[test]
fn events_are_streamed_and_resumed() {
    use std::io::{BufRead, BufReader};
    let (sandbox, client) = demo();
    let read = |last: Option<&str>, kinds: &[&str]| {
        let mut stream = std::net::TcpStream::connect(sandbox.address()).unwrap();
        stream.set_read_timeout(Some(crate::client::PATIENCE)).unwrap();
        let last = last.map_or_else(String::new, |id| format!("last-event-id: {id}\r\n"));
        std::io::Write::write_all(
            &mut stream,
            format!("GET /sandbox/events HTTP/1.1\r\nhost: sandbox\r\n{last}\r\n").as_bytes(),
        )
        .unwrap();
        let mut lines = BufReader::new(stream).lines().map(Result::unwrap);
        let start = lines.find_map(|line| line.strip_prefix("id: ").map(str::to_owned)).unwrap();
        if !kinds.is_empty() {
            send_to_alice(&client, "x");
        }
        let mut id = start;
        let mut left = kinds.iter();
        let mut wanted = left.next();
        while let Some(kind) = wanted {
            let line = lines.next().unwrap();
            if let Some(new) = line.strip_prefix("id: ") {
                id = new.to_owned();
            }
            if line == format!("event: {kind}") {
                wanted = left.next();
            }
        }
        id
    };
    let start = read(None, &[]);
    let end = read(None, &["message", "call"]);
    assert_ne!(start, end);
    assert_eq!(read(Some(&start), &["message", "call", "message"]).parse::<u64>().unwrap(), 3);
    read(Some("1000000"), &["reset"]);
}

#[test]
fn requests_from_other_sites_and_hosts_are_refused() {
    let sandbox = Sandbox::builder().seed(Seed::demo()).allow_host("ci.example.com").start().unwrap();
    let status = |method: &str, path: &str, headers: &str| {
        let mut stream = std::net::TcpStream::connect(sandbox.address()).unwrap();
        let request = format!("{method} {path} HTTP/1.1\r\nconnection: close\r\ncontent-length: 0\r\n{headers}\r\n");
        std::io::Write::write_all(&mut stream, request.as_bytes()).unwrap();
        let (text, _) = read_to_end(&mut stream);
        text.get(9..12).unwrap_or_default().parse::<u16>().unwrap()
    };
    for host in ["evil.example", "127.0.0.1.evil.example:9797"] {
        assert_eq!(status("GET", "/", &format!("host: {host}\r\n")), 421, "{host}");
    }
    for host in ["localhost:1", "ci.example.com", "wxpusher", "[::1]:80"] {
        assert_eq!(status("GET", "/sandbox/health", &format!("host: {host}\r\n")), 200, "{host}");
    }
    for headers in [
        "host: localhost\r\norigin: http://evil.example\r\n",
        "host: localhost\r\norigin: null\r\n",
        "host: localhost\r\nsec-fetch-site: cross-site\r\n",
        "host: localhost\r\nsec-fetch-site: same-site\r\n",
    ] {
        for (method, path) in [
            ("GET", "/sandbox/world"),
            ("POST", "/sandbox/rate-limit"),
            ("POST", "/api/send/message"),
            ("GET", "/api/send/message/SPT_testalice/hi"),
        ] {
            assert_eq!(status(method, path, headers), 403, "{method} {path} {headers}");
        }
        assert_eq!(status("GET", "/", headers), 200, "a link to the front page works");
    }
    for headers in [
        "host: localhost:9\r\norigin: http://localhost:9\r\nsec-fetch-site: same-origin\r\n",
        "host: x\r\nsec-fetch-site: none\r\n",
    ] {
        assert_eq!(status("GET", "/sandbox/world", headers), 200, "{headers}");
    }
}

#[test]
fn a_message_page_runs_no_script_and_loads_nothing_unless_asked() {
    let (sandbox, client) = demo();
    client.send(&json!({"content": "<script>x</script><b>hi</b>", "contentType": 2, "uids": ["UID_testalice"]}));
    let plain = send_to_alice(&client, "<script>x</script>");
    let id = sandbox.inbox("UID_testalice").unwrap()[0].send_record_id;
    let page = |id: i64, query: &str| {
        let url = format!("{}/sandbox/inbox/UID_testalice/{id}/page{query}", sandbox.url());
        let mut response = ureq::get(&url).call().unwrap();
        let policy = response.headers()["content-security-policy"].to_str().unwrap().to_owned();
        (policy, response.body_mut().read_to_string().unwrap())
    };
    let (policy, html) = page(id, "");
    assert!(policy.starts_with("sandbox; default-src 'none'") && !policy.contains("https:"), "{policy}");
    assert!(html.contains("<script>x</script><b>hi</b>"), "as it was sent");
    assert!(page(id, "?remote=true").0.contains("img-src data: https:"));
    assert!(page(plain, "").1.contains("&lt;script&gt;"), "text is escaped");
    assert_eq!(client.text("/sandbox/inbox/UID_testalice/1/page").0, 404);
}
