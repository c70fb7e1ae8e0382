//! `/sandbox/…`: the same powers as the handle, for whoever has only curl.

use serde_json::{Value, json};
use wxpusher_sandbox::{Route, Sandbox, Seed, Target};

use crate::client::{Client, TOKEN};
use crate::receiver::Receiver;

fn demo() -> (Sandbox, Client) {
    let sandbox = Sandbox::start().unwrap();
    let client = Client::new(&sandbox);
    (sandbox, client)
}

#[test]
fn the_front_page_explains_everything() {
    let (sandbox, client) = demo();
    let (status, page) = client.text("/sandbox");
    assert_eq!(status, 200);
    assert_eq!(client.text("/").1, page);
    assert!(page.contains(sandbox.url()) && !page.contains("{url}") && !page.contains("{routes}"), "{page}");
    for route in Route::ALL {
        assert!(page.contains(route.name()) && page.contains(route.path()), "{route:?}");
    }
    for wish in
        ["world", "seed", "callback-url", "qrcodes", "scan", "subscribe", "command", "pay", "refund", "inbox", "clock"]
    {
        assert!(page.contains(&format!("/sandbox/{wish}")), "{wish}");
    }
    for wish in ["rate-limit", "calls", "callbacks", "faults"] {
        assert!(page.contains(&format!("/sandbox/{wish}")), "{wish}");
    }
}

#[test]
fn the_first_example_of_the_front_page_works() {
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
fn the_world_can_be_seeded_in_one_call_or_piecewise() {
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
    assert_eq!(old["code"], 1002, "the old token is void at once");
}

#[test]
fn a_seed_with_a_mistake_changes_nothing() {
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
    assert_eq!(started.unwrap_err().to_string(), "users.uid: must start with UID_ and go on, as the real ones do");
}

#[test]
fn a_whole_life_by_curl() {
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
    assert_eq!(calls.as_array().unwrap().len(), 2, "control is not recorded");
    assert_eq!(
        (&calls[1]["route"], &calls[1]["path"]),
        (&json!("simplePushByGet"), &json!("/api/send/message/***/hello"))
    );
}

#[test]
fn the_clock_and_the_limit_are_at_hand() {
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
fn faults_by_curl() {
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
fn wrong_wishes_are_told_apart_by_status() {
    let (_sandbox, client) = demo();
    let status = |path: &str, wish: Value| client.try_post(path, &wish).0;
    assert_eq!(status("/sandbox/scan", json!({"code": "nope", "uid": "UID_testbob"})), 404);
    assert_eq!(status("/sandbox/scan", json!({"code": "nope"})), 400);
    assert_eq!(status("/sandbox/subscribe", json!({"uid": "UID_testbob"})), 400);
    assert_eq!(status("/sandbox/subscribe", json!({"uid": "UID_testbob", "appId": 97, "topicId": 9701})), 400);
    let paid = client.post("/sandbox/pay", &json!({"uid": "UID_testbob", "prodId": 12, "amount": 1, "days": 1}));
    assert_eq!(status("/sandbox/refund", json!({"tradeNo": paid["tradeNo"]})), 200);
    assert_eq!(status("/sandbox/refund", json!({"tradeNo": paid["tradeNo"]})), 409);
    // One is no path at all, the other one that takes no POST.
    for path in ["/sandbox/nothing", "/sandbox/calls"] {
        let (found, answer) = client.try_post(path, &json!({}));
        assert_eq!(found, 400, "{path}");
        assert!(answer["error"].as_str().unwrap().contains("GET /sandbox"), "{answer}");
    }
}
