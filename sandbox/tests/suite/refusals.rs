//! Failures of the service: HTTP 200 with an envelope and a code.

use serde_json::{Value, json};
use wxpusher_sandbox::{App, Sandbox, Seed, Topic};

use crate::client::{Client, TOKEN};

fn demo() -> (Sandbox, Client) {
    let sandbox = Sandbox::builder().seed(Seed::demo()).rate_limit(false).start().unwrap();
    let client = Client::new(&sandbox);
    (sandbox, client)
}

#[track_caller]
fn refused(answer: &Value, code: i64) -> String {
    assert_eq!((&answer["code"], &answer["success"]), (&json!(code), &json!(false)), "{answer}");
    assert_eq!(answer["data"], Value::Null);
    answer["msg"].as_str().expect("a text").to_owned()
}

#[test]
fn wrong_token_is_1002_on_every_route() {
    let (_sandbox, client) = demo();
    for token in ["AT_testwrong", ""] {
        let query = format!("appToken={token}");
        let answers = [
            client.post("/api/send/message", &json!({"appToken": token, "content": "x", "uids": ["UID_testalice"]})),
            client.get(&format!("/api/send/message/?{query}&content=x&uid=UID_testalice")),
            client.delete(&format!("/api/send/message?{query}&messageContentId=1")),
            client.post("/api/fun/create/qrcode", &json!({"appToken": token, "extra": "x"})),
            client.get(&format!("/api/fun/wxuser?{query}&page=1&pageSize=1")),
            client.get(&format!("/api/fun/wxuser/v2?{query}&page=1&pageSize=1")),
            client.delete(&format!("/api/fun/remove?{query}&id=1")),
            client.put(&format!("/api/fun/reject?{query}&id=1&reject=true")),
        ];
        for answer in &answers {
            refused(answer, 1002);
        }
    }
    refused(&client.post("/api/send/message", &json!({"content": "x", "uids": ["UID_testalice"]})), 1002);
}

#[test]
fn limits_count_characters() {
    let (_sandbox, client) = demo();
    let with = |field: &str, value: Value| {
        let mut body = json!({"content": "x", "uids": ["UID_testalice"]});
        body[field] = value;
        client.send(&body)
    };
    let fits = |field, value: Value| assert_eq!(with(field, value)["code"], 1000, "{field}");
    let too_much = |field, value: Value| {
        let msg = refused(&with(field, value), 1001);
        assert!(msg.contains(field), "{msg}");
    };
    fits("content", "x".repeat(40_000).into());
    too_much("content", "x".repeat(40_001).into());
    fits("content", "长".repeat(21_845).into());
    too_much("content", "长".repeat(21_846).into());
    too_much("content", "".into());
    too_much("content", "&".repeat(8_001).into());
    fits("content", "&".repeat(8_000).into());
    fits("summary", "😀".repeat(100).into());
    too_much("summary", "长".repeat(101).into());
    fits("url", format!("http://{}", "x".repeat(993)).into());
    too_much("url", format!("http://{}", "x".repeat(994)).into());
    let uids = |count: usize| (0..count).map(|number| format!("UID_test{number}")).collect::<Value>();
    fits("uids", uids(2_000));
    too_much("uids", uids(2_001));
    fits("topicIds", json!([1, 2, 3, 4, 5]));
    too_much("topicIds", json!([1, 2, 3, 4, 5, 6]));
    fits("topicIds", json!([1, 1, 1, 1, 1, 1]));
    too_much("contentType", 4.into());
    too_much("contentType", 0.into());
    too_much("verifyPayType", 3.into());
    too_much("uids", json!([]));
}

#[test]
fn limits_of_qrcodes_simple_pushes_and_pages() {
    let (_sandbox, client) = demo();
    let qrcode = |extra: &str, valid: i64| {
        let body = json!({"appToken": TOKEN, "extra": extra, "validTime": valid});
        client.post("/api/fun/create/qrcode", &body)
    };
    assert_eq!(qrcode(&"长".repeat(64), 2_592_000)["code"], 1000);
    assert_eq!(qrcode("x", 1)["code"], 1000);
    refused(&qrcode(&"长".repeat(65), 60), 1001);
    refused(&qrcode("", 60), 1001);
    refused(&qrcode("x", 0), 1001);
    refused(&qrcode("x", 2_592_001), 1001);
    refused(&client.post("/api/fun/create/qrcode", &json!({"appToken": TOKEN})), 1001);

    let push = |count: usize| {
        let spts: Value = (0..count).map(|number| format!("SPT_test{number}")).collect();
        client.post("/api/send/message/simple-push", &json!({"content": "x", "sptList": spts}))
    };
    assert_eq!(push(10)["code"], 1000);
    refused(&push(11), 1001);
    refused(&push(0), 1001);
    refused(&client.post("/api/send/message/simple-push", &json!({"spt": "SPT_testalice"})), 1001);

    for list in ["/api/fun/wxuser", "/api/fun/wxuser/v2"] {
        for (page, size, fits) in [(1, 100, true), (1, 101, false), (0, 10, false), (1, 0, false)] {
            let answer = client.get(&format!("{list}?appToken={TOKEN}&page={page}&pageSize={size}"));
            if fits {
                assert!(answer.get("code").is_none_or(|code| code == 1000), "{answer}");
            } else {
                refused(&answer, 1001);
            }
        }
    }
}

#[test]
fn unknown_ids_are_1001() {
    let (_sandbox, client) = demo();
    assert_eq!(refused(&client.get("/api/send/query/status?sendRecordId=4300000001"), 1001), "消息不存在");
    assert_eq!(refused(&client.get("/api/send/query/3100000001"), 1001), "消息不存在");
    assert_eq!(refused(&client.get("/api/send/query/-9223372036854775808"), 1001), "消息不存在");
    assert_eq!(
        refused(&client.delete(&format!("/api/send/message?appToken={TOKEN}&messageContentId=1")), 1001),
        "消息不存在"
    );
    assert_eq!(refused(&client.get("/api/fun/scan-qrcode-uid?code=nope"), 1001), "二维码不存在");
    refused(&client.delete(&format!("/api/fun/remove?appToken={TOKEN}&id=1")), 1001);
    refused(&client.put(&format!("/api/fun/reject?appToken={TOKEN}&id=1&reject=true")), 1001);
    refused(&client.get("/api/product/query-pay-end-time?uid=UID_testalice&prodId=1"), 1001);
    refused(&client.get("/api/product/query-pay-end-time?uid=UID_testnobody&prodId=12"), 1001);
    refused(&client.get(&format!("/api/fun/wxuser/v2?appToken={TOKEN}&page=1&pageSize=1&type=2")), 1001);
}

#[test]
fn ids_of_another_kind_are_not_found() {
    let (_sandbox, client) = demo();
    let row = client.send(&json!({"content": "x", "uids": ["UID_testalice"]}))["data"][0].clone();
    for wrong in ["messageId", "messageContentId"] {
        refused(&client.get(&format!("/api/send/query/status?sendRecordId={}", row[wrong])), 1001);
    }
    refused(&client.get(&format!("/api/send/query/{}", row["sendRecordId"])), 1001);
}

#[test]
fn an_app_cannot_use_ids_of_another_app() {
    let (sandbox, client) = demo();
    let other = Seed {
        apps: vec![App::new(98, "AT_testother", "另一个应用")],
        topics: vec![Topic::new(9801, 98, "别人的主题")],
        ..Seed::default()
    };
    sandbox.seed(other).unwrap();
    let sent = client.send(&json!({"content": "x", "topicIds": [9801], "uids": ["UID_testalice"]}));
    assert_eq!(sent["data"][1]["code"], 1001);
    let content = &sent["data"][0]["messageContentId"];
    refused(&client.delete(&format!("/api/send/message?appToken=AT_testother&messageContentId={content}")), 1001);
    let list = client.get(&format!("/api/fun/wxuser/v2?appToken={TOKEN}&page=1&pageSize=1"));
    let follow = &list["data"]["records"][0]["id"];
    refused(&client.delete(&format!("/api/fun/remove?appToken=AT_testother&id={follow}")), 1001);
    refused(&client.put(&format!("/api/fun/reject?appToken=AT_testother&id={follow}&reject=true")), 1001);
    let list = client.get("/api/fun/wxuser/v2?appToken=AT_testother&page=1&pageSize=10");
    assert_eq!(list["data"]["total"], 0);
}

#[test]
fn unreadable_requests_are_1005_with_a_java_exception() {
    let (_sandbox, client) = demo();
    let unreadable = [
        client.send(&json!({"content": "x", "uids": "UID_testalice"})),
        client.send(&json!({"content": "x", "topicIds": ["nine"]})),
        client.send(&json!({"content": ["x"], "uids": []})),
        client.post_as("/api/send/message", "application/json", "{\"appToken\": "),
        client.post_as("/api/send/message", "application/json; charset=utf-8", "null"),
        client.post_as("/api/send/message", "application/json", ""),
        client.post_as("/api/send/message", "application/x-www-form-urlencoded", "appToken=AT_testdemo&content=x"),
        client.post_as("/api/send/message/simple-push", "text/plain", "{}"),
        client.post("/api/send/message/simple-push", &json!({"content": "x", "sptList": "SPT_testalice"})),
        client.post("/api/fun/create/qrcode", &json!({"appToken": TOKEN, "extra": "x", "validTime": "long"})),
        client.get("/api/send/query/status?sendRecordId=abc"),
        client.get("/api/send/query/status"),
        client.get("/api/send/query/abc"),
        client.get("/api/fun/scan-qrcode-uid"),
        client.get(&format!("/api/fun/wxuser/v2?appToken={TOKEN}&page=one&pageSize=1")),
        client.get(&format!("/api/fun/wxuser/v2?appToken={TOKEN}&page=1&pageSize=1&isBlock=perhaps")),
        client.put(&format!("/api/fun/reject?appToken={TOKEN}&id=1&reject=perhaps")),
        client.put(&format!("/api/fun/reject?appToken={TOKEN}&id=1")),
        client.get("/api/send/message/SPT_testalice/%ff"),
    ];
    for answer in &unreadable {
        let msg = refused(answer, 1005);
        assert!(msg.starts_with("接口 [/api/") && msg.contains("Exception: "), "{msg}");
    }
}

#[test]
fn null_counts_as_absent_and_unknown_fields_are_ignored() {
    let (_sandbox, client) = demo();
    let answer = client.send(&json!({
        "content": "x", "uids": ["UID_testalice"], "topicIds": null, "summary": null, "url": null,
        "contentType": null, "verifyPay": null, "verifyPayType": null, "whatever": {"a": 1},
    }));
    assert_eq!(answer["data"][0]["code"], 1000, "{answer}");
}

#[test]
fn unknown_routes_are_1004() {
    let (_sandbox, client) = demo();
    assert_eq!(refused(&client.get("/api/send"), 1004), "接口 [GET /api/send] 不存在");
    refused(&client.put("/api/send/message"), 1004);
    refused(&client.post("/api/fun/wxuser/v2", &json!({})), 1004);
    refused(&client.get("/elsewhere"), 1004);
}
