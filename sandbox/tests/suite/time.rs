//! What depends on time.

use std::time::Duration;

use serde_json::{Value, json};
use wxpusher_sandbox::{App, Sandbox, Seed, Source, Target};

use crate::client::{Client, TOKEN};

const START: i64 = 1_700_000_000_000;
const DAY: Duration = Duration::from_secs(86_400);
const MS: Duration = Duration::from_millis(1);

fn frozen() -> (Sandbox, Client) {
    let sandbox = Sandbox::builder().seed(Seed::demo()).frozen_at(START).start().unwrap();
    let client = Client::new(&sandbox);
    (sandbox, client)
}

#[test]
fn status_changes_after_three_seconds() {
    let (sandbox, client) = frozen();
    let sent = client.send(&json!({"content": "x", "uids": ["UID_testalice"], "topicIds": [9701]}));
    let unpaid = client.send(&json!({"content": "x", "uids": ["UID_testalice"], "verifyPayType": 1}));
    let status = |row: &Value| {
        let answer = client.get(&format!("/api/send/query/status?sendRecordId={}", row["sendRecordId"]));
        (answer["data"].as_i64().unwrap(), answer["msg"].as_str().unwrap().to_owned())
    };
    let rows = [&sent["data"][0], &sent["data"][1], &unpaid["data"][0]];
    sandbox.advance(Duration::from_secs(3) - MS);
    assert!(rows.iter().all(|row| status(row) == (1, "等待发送".to_owned())));
    sandbox.advance(MS);
    assert_eq!(rows.map(|row| status(row).0), [2, 2, 3]);
}

#[test]
fn messages_are_dropped_after_seven_days() {
    let (sandbox, client) = frozen();
    let row = client.send(&json!({"content": "old", "uids": ["UID_testalice"]}))["data"][0].clone();
    sandbox.advance(DAY);
    let newer = client.send(&json!({"content": "new", "uids": ["UID_testalice"]}))["data"][0].clone();
    let code = |row: &Value| {
        let by_record = client.get(&format!("/api/send/query/status?sendRecordId={}", row["sendRecordId"]));
        let by_message = client.get(&format!("/api/send/query/{}", row["messageId"]));
        assert_eq!(by_record, by_message);
        by_record["code"].clone()
    };
    sandbox.advance(DAY * 6 - MS);
    assert_eq!((code(&row), code(&newer)), (json!(1000), json!(1000)));
    assert_eq!(sandbox.inbox("UID_testalice").unwrap().len(), 2);
    sandbox.advance(MS);
    assert_eq!((code(&row), code(&newer)), (json!(1001), json!(1000)));
    let inbox = sandbox.inbox("UID_testalice").unwrap();
    assert_eq!((inbox.len(), inbox[0].content.as_deref()), (1, Some("new")));
    let delete = |row: &Value| {
        client.delete(&format!("/api/send/message?appToken={TOKEN}&messageContentId={}", row["messageContentId"]))
    };
    assert_eq!((&delete(&row)["msg"], &delete(&newer)["code"]), (&json!("消息不存在"), &json!(1000)));

    let after = client.send(&json!({"content": "after", "uids": ["UID_testalice"]}))["data"][0].clone();
    assert!(after["sendRecordId"].as_i64() > newer["sendRecordId"].as_i64(), "ids are not reused");
    assert!(after["messageContentId"].as_i64() > newer["messageContentId"].as_i64());
    assert_eq!(code(&after), json!(1000));
}

#[test]
fn qrcode_expires() {
    let (sandbox, client) = frozen();
    let body = json!({"appToken": TOKEN, "extra": "x", "validTime": 60});
    let data = client.post("/api/fun/create/qrcode", &body)["data"].clone();
    assert_eq!(data["expires"], START + 60_000);
    let code = data["code"].as_str().unwrap();
    sandbox.scan(code, "UID_testalice").unwrap();
    sandbox.advance(Duration::from_secs(60) - MS);
    let ask = format!("/api/fun/scan-qrcode-uid?code={code}");
    assert_eq!(client.get(&ask)["data"], "UID_testalice");
    sandbox.advance(MS);
    assert_eq!(client.get(&ask), json!({"code": 1001, "msg": "二维码已过期", "data": null, "success": false}));
    let refused = sandbox.scan(code, "UID_testbob").unwrap_err();
    assert_eq!(refused.to_string(), format!("refused: the QR code {code} has expired"));
}

#[test]
fn rate_limit_refuses_the_21st_send_in_10_seconds() {
    let (sandbox, client) = frozen();
    let other = Seed { apps: vec![App::new(98, "AT_testother", "另一个应用")], ..Seed::default() };
    sandbox.seed(other).unwrap();
    sandbox.subscribe("UID_testalice", Target::App(98), Source::Link).unwrap();
    let send = || client.send(&json!({"content": "x", "uids": ["UID_testalice"]}))["code"].clone();
    let by_get =
        |token| client.get(&format!("/api/send/message/?appToken={token}&content=x&uid=UID_testalice"))["code"].clone();
    for _ in 0..10 {
        assert_eq!((send(), by_get(TOKEN)), (json!(1000), json!(1000)));
        sandbox.advance(Duration::from_millis(100));
    }
    assert_eq!((send(), by_get(TOKEN)), (json!(1001), json!(1001)));
    assert_eq!(sandbox.inbox("UID_testalice").unwrap().len(), 20);
    assert_eq!(by_get("AT_testother"), json!(1000), "each app has its own limit");
    let list = client.get(&format!("/api/fun/wxuser/v2?appToken={TOKEN}&page=1&pageSize=1"));
    assert_eq!(list["code"], 1000, "only sends are counted");

    sandbox.advance(Duration::from_secs(9));
    assert_eq!((send(), send(), send()), (json!(1000), json!(1000), json!(1001)));
    sandbox.set_rate_limit(false);
    assert_eq!(send(), json!(1000));
}

#[test]
fn paid_time_adds_up_and_expires() {
    let (sandbox, client) = frozen();
    let until = || {
        let answer = client.get("/api/product/query-pay-end-time?uid=UID_testalice&prodId=12");
        answer["data"][0]["payEndTime"].as_i64().unwrap()
    };
    let day = 86_400_000;
    let first = sandbox.pay("UID_testalice", 12, 100, DAY).unwrap();
    sandbox.pay("UID_testalice", 12, 200, DAY * 2).unwrap();
    assert_eq!(until(), START + 3 * day);
    sandbox.refund(&first.trade_no).unwrap();
    assert_eq!(until(), START + 2 * day);
    sandbox.advance(DAY * 2);
    client.send(&json!({"content": "x", "uids": ["UID_testalice"], "verifyPay": true}));
    assert!(sandbox.inbox("UID_testalice").unwrap().is_empty(), "the paid time is over");
    sandbox.advance(DAY);
    sandbox.pay("UID_testalice", 12, 100, DAY).unwrap();
    assert_eq!(until(), START + 4 * day, "starts at the time of the payment");
}
