//! Every route with valid requests, and the quirks of the responses.

use std::collections::BTreeSet;
use std::time::Duration;

use serde_json::{Value, json};
use wxpusher_sandbox::{Route, Sandbox, Source, Target, User, Via};

use crate::client::{Client, TOKEN};

fn demo() -> (Sandbox, Client) {
    let sandbox = Sandbox::start().unwrap();
    let client = Client::new(&sandbox);
    (sandbox, client)
}

fn id(value: &Value) -> i64 {
    value.as_i64().unwrap_or_else(|| panic!("not an integer: {value}"))
}

#[test]
fn send_returns_a_row_per_target() {
    let (sandbox, client) = demo();
    let answer = client.send(&json!({
        "content": "<b>你好</b>", "contentType": 2, "summary": "问候", "url": "https://example.com/?a=1",
        "uids": ["UID_testalice"], "topicIds": [9701],
    }));
    assert_eq!((&answer["code"], &answer["msg"], &answer["success"]), (&json!(1000), &json!("处理成功"), &json!(true)));
    let rows = answer["data"].as_array().unwrap();
    assert_eq!(rows.len(), 2);
    assert_eq!((&rows[0]["uid"], &rows[0]["topicId"]), (&json!("UID_testalice"), &Value::Null));
    assert_eq!((&rows[1]["uid"], &rows[1]["topicId"]), (&Value::Null, &json!(9701)));
    for row in rows {
        assert_eq!((&row["code"], &row["status"]), (&json!(1000), &json!("创建发送任务成功")));
        for name in ["messageId", "messageContentId", "sendRecordId"] {
            assert!(id(&row[name]) > 1 << 31, "{name}");
        }
    }
    assert_eq!(rows[0]["messageContentId"], rows[1]["messageContentId"]);
    assert_ne!(rows[0]["sendRecordId"], rows[1]["sendRecordId"]);

    let inbox = sandbox.inbox("UID_testalice").unwrap();
    assert_eq!(inbox.iter().map(|message| message.via).collect::<Vec<_>>(), [Via::Uid, Via::Topic(9701)]);
    let message = &inbox[0];
    assert_eq!(message.content.as_deref(), Some("<b>你好</b>"));
    assert_eq!((message.content_type, message.app_id), (2, Some(97)));
    assert_eq!((message.summary.as_str(), message.url.as_deref()), ("问候", Some("https://example.com/?a=1")));
    assert_eq!(message.send_record_id, id(&rows[0]["sendRecordId"]));
}

#[test]
fn summary_defaults_to_the_first_100_characters() {
    let (sandbox, client) = demo();
    client.send(&json!({"content": "长".repeat(300), "uids": ["UID_testalice"]}));
    assert_eq!(sandbox.inbox("UID_testalice").unwrap()[0].summary, "长".repeat(100));
}

#[test]
fn call_succeeds_if_some_rows_fail() {
    let (sandbox, client) = demo();
    let answer = client.send(&json!({
        "content": "x", "uids": ["UID_testalice", "UID_testbob", "UID_testnobody"], "topicIds": [9701, 1],
    }));
    assert_eq!((&answer["code"], &answer["success"]), (&json!(1000), &json!(true)));
    let rows = answer["data"].as_array().unwrap();
    let failed = |row: &Value| assert!(rows.contains(row), "{row} in {rows:?}");
    failed(&json!({"uid": "UID_testbob", "code": 1001, "status": "用户UID=[UID_testbob]未订阅应用"}));
    failed(&json!({"uid": "UID_testnobody", "code": 1001, "status": "用户UID=[UID_testnobody]不存在"}));
    failed(&json!({"topicId": 1, "code": 1001, "status": "主题topicId=[1]不存在"}));
    assert_eq!(rows.iter().filter(|row| row["code"] == 1000).count(), 2);
    assert_eq!(sandbox.inbox("UID_testalice").unwrap().len(), 2);
    assert!(sandbox.inbox("UID_testbob").unwrap().is_empty());
}

#[test]
fn call_is_1000_if_all_rows_fail() {
    let (_sandbox, client) = demo();
    let answer = client.send(&json!({"content": "x", "uids": ["UID_testbob"]}));
    assert_eq!((&answer["code"], &answer["data"][0]["code"]), (&json!(1000), &json!(1001)));
}

#[test]
fn duplicate_uids_collapse_and_rows_are_in_hash_set_order() {
    let (sandbox, client) = demo();
    let uids: Vec<String> = (0..50).map(|number| format!("UID_test{number:02}")).collect();
    sandbox.seed_followers(97, &uids).unwrap();
    let twice: Vec<&String> = uids.iter().chain(&uids).collect();
    let answer = client.send(&json!({"content": "x", "uids": twice}));
    let rows: Vec<&str> = answer["data"].as_array().unwrap().iter().map(|row| row["uid"].as_str().unwrap()).collect();
    assert_eq!(rows.len(), 50);
    assert_ne!(rows, uids, "in the order of the request");
    assert_eq!(rows.iter().copied().collect::<BTreeSet<_>>(), uids.iter().map(String::as_str).collect());
    assert_eq!(sandbox.inbox("UID_test07").unwrap().len(), 1);
}

#[test]
fn send_by_get_accepts_both_paths_and_one_target() {
    let (sandbox, client) = demo();
    for slash in ["/", ""] {
        let answer = client.get(&format!(
            "/api/send/message{slash}?appToken={TOKEN}&content=%E4%BD%A0%E5%A5%BD+1%2B1%26&uid=UID_testalice&url=http%3A%2F%2Fexample.com&summary=s"
        ));
        assert_eq!(answer["data"][0]["code"], 1000, "{answer}");
    }
    let answer = client.get(&format!("/api/send/message/?appToken={TOKEN}&content=x&topicId=9701&verifyPay=false"));
    assert_eq!(answer["data"][0]["topicId"], 9701);
    let inbox = sandbox.inbox("UID_testalice").unwrap();
    assert_eq!(inbox.len(), 3);
    assert_eq!(inbox[0].content.as_deref(), Some("你好 1+1&"));
    assert_eq!((inbox[0].content_type, inbox[0].summary.as_str()), (1, "s"));
    assert_eq!(inbox[0].url.as_deref(), Some("http://example.com"));
    let posted =
        client.post("/api/send/message/", &json!({"appToken": TOKEN, "content": "x", "uids": ["UID_testalice"]}));
    assert_eq!(posted["data"][0]["code"], 1000);
}

#[test]
fn status_by_either_id_is_a_number_and_a_text() {
    let (_sandbox, client) = demo();
    let row = client.send(&json!({"content": "x", "uids": ["UID_testalice"]}))["data"][0].clone();
    let waiting = json!({"code": 1000, "msg": "等待发送", "data": 1, "success": true});
    assert_eq!(client.get(&format!("/api/send/query/status?sendRecordId={}", row["sendRecordId"])), waiting);
    assert_eq!(client.get(&format!("/api/send/query/{}", row["messageId"])), waiting);
}

#[test]
fn deleted_message_stays_in_the_inbox_without_content() {
    let (sandbox, client) = demo();
    let row = client.send(&json!({"content": "secret", "uids": ["UID_testalice"]}))["data"][0].clone();
    let path = format!("/api/send/message?messageContentId={}&appToken={TOKEN}", row["messageContentId"]);
    assert_eq!(client.delete(&path), json!({"code": 1000, "msg": "处理成功", "data": true, "success": true}));
    let inbox = sandbox.inbox("UID_testalice").unwrap();
    assert_eq!((inbox.len(), &inbox[0].content), (1, &None));
    assert_eq!(client.delete(&path)["code"], 1001);
}

#[test]
fn scan_query_reports_the_last_scanner() {
    let (sandbox, client) = demo();
    let created = client.post("/api/fun/create/qrcode", &json!({"appToken": TOKEN, "extra": "论坛用户=7"}));
    let data = &created["data"];
    assert_eq!(data["extra"], "论坛用户=7");
    let lasts = id(&data["expires"]) - sandbox.now();
    assert!((1_790_000..=1_800_000).contains(&lasts), "{lasts} is not 30 minutes");
    assert!(data["url"].as_str().unwrap().starts_with(sandbox.url()) && data["shortUrl"].is_string());
    let code = data["code"].as_str().unwrap();

    let ask = format!("/api/fun/scan-qrcode-uid?code={code}");
    assert_eq!(client.get(&ask), json!({"code": 1001, "msg": "暂无用户扫描二维码", "data": null, "success": false}));
    sandbox.scan(code, "UID_testalice").unwrap();
    sandbox.scan(code, "UID_testbob").unwrap();
    assert_eq!(client.get(&format!("{ask}&appToken={TOKEN}"))["data"], "UID_testbob");
    assert_eq!(sandbox.qrcode(code).unwrap().last_uid.as_deref(), Some("UID_testbob"));

    let sent = client.send(&json!({"content": "x", "uids": ["UID_testbob"]}));
    assert_eq!(sent["data"][0]["code"], 1000, "a scan subscribes to the app");
}

#[test]
fn users_v2_has_a_row_per_subscription() {
    let (sandbox, client) = demo();
    sandbox.subscribe("UID_testbob", Target::Topic(9701), Source::Link).unwrap();
    let list = |more: &str| client.get(&format!("/api/fun/wxuser/v2?appToken={TOKEN}&page=1&pageSize=100{more}"));
    let all = list("");
    let data = &all["data"];
    assert_eq!((&data["total"], &data["page"], &data["pageSize"]), (&json!(3), &json!(1), &json!(100)));
    let first = &data["records"][0];
    let expected = json!({
        "uid": "UID_testalice", "appOrTopicId": 97, "headImg": "", "nickName": "", "reject": false,
        "type": 0, "target": "演示应用", "payEndTime": 0, "id": first["id"], "createTime": first["createTime"],
    });
    assert_eq!(first, &expected);
    assert!(id(&first["id"]) > 1 << 31);
    assert!((sandbox.now() - id(&first["createTime"])).abs() < 60_000);
    let topic = &data["records"][1];
    assert_eq!(
        (&topic["type"], &topic["target"], &topic["appOrTopicId"]),
        (&json!(1), &json!("演示主题"), &json!(9701))
    );

    assert_eq!(list("&uid=UID_testbob")["data"]["total"], 1);
    assert_eq!(list("&uid=UID_testnobody")["data"]["records"], json!([]));
    assert_eq!(list("&type=0")["data"]["total"], 1);
    assert_eq!(list("&type=1")["data"]["total"], 2);
    assert_eq!(list("&isBlock=true")["data"]["total"], 0);
    assert_eq!(list("&isBlock=false")["data"]["total"], 3);
}

#[test]
fn user_pages_start_at_1() {
    let (sandbox, client) = demo();
    let users: Vec<String> = (0..24).map(|number| format!("UID_test{number:02}")).collect();
    sandbox.seed_followers(97, &users).unwrap();
    let mut seen = Vec::new();
    for (page, size) in [(1, 10), (2, 10), (3, 6), (4, 0)] {
        let answer = client.get(&format!("/api/fun/wxuser/v2?appToken={TOKEN}&page={page}&pageSize=10"));
        let records = answer["data"]["records"].as_array().unwrap();
        assert_eq!((records.len(), &answer["data"]["total"]), (size, &json!(26)));
        seen.extend(records.iter().map(|record| record["id"].clone()));
    }
    let unique: BTreeSet<i64> = seen.iter().map(id).collect();
    assert_eq!(unique.len(), 26);
}

#[test]
fn users_v1_is_a_page_of_the_apps_subscribers_in_the_envelope() {
    let (_sandbox, client) = demo();
    let answer = client.get(&format!("/api/fun/wxuser?appToken={TOKEN}&page=1&pageSize=50"));
    assert_eq!((&answer["code"], &answer["success"]), (&json!(1000), &json!(true)));
    let page = &answer["data"];
    let since = &page["records"][0]["createTime"];
    let expected = json!({
        "page": 1, "pageSize": 50, "total": 1,
        "records": [{"createTime": since, "enable": true, "headImg": "", "nickName": "", "uid": "UID_testalice"}],
    });
    assert_eq!(page, &expected);
    let other = client.get(&format!("/api/fun/wxuser?appToken={TOKEN}&page=1&pageSize=50&uid=UID_testbob"));
    assert_eq!((&other["data"]["total"], &other["data"]["records"]), (&json!(0), &json!([])));
}

#[test]
fn user_lists_have_defaults_for_page_and_page_size() {
    let (_sandbox, client) = demo();
    for list in ["/api/fun/wxuser", "/api/fun/wxuser/v2"] {
        let answer = client.get(&format!("{list}?appToken={TOKEN}"));
        assert_eq!((&answer["data"]["page"], &answer["data"]["pageSize"]), (&json!(1), &json!(10)), "{answer}");
    }
}

#[test]
fn every_route_is_accepted_with_a_slash_at_its_end() {
    let (sandbox, client) = demo();
    for route in Route::ALL {
        let path = route.path().trim_end_matches('/').replace("{spt}", "SPT_testalice").replace("{content}", "x");
        let path = path.replace("{messageId}", "1");
        for path in [path.clone(), format!("{path}/")] {
            let answer = match route {
                Route::DeleteMessage | Route::DeleteUser => client.delete(&path),
                Route::RejectUser => client.put(&path),
                Route::Send | Route::SimplePush | Route::CreateQrcode => client.post(&path, &json!({})),
                _ => client.get(&path),
            };
            assert_ne!(answer["code"], 1004, "{path}");
            assert_eq!(sandbox.calls().last().unwrap().route, Some(*route), "{path}");
        }
    }
}

#[test]
fn the_picture_of_a_qrcode_is_a_png_under_the_path_of_the_service() {
    let (sandbox, client) = demo();
    let created = client.post("/api/fun/create/qrcode", &json!({"appToken": TOKEN, "extra": "x"}));
    let (url, code) = (created["data"]["url"].as_str().unwrap(), created["data"]["code"].as_str().unwrap());
    assert_eq!(url, format!("{}/api/qrcode/{code}.jpg", sandbox.url()));
    let mut picture = ureq::get(url).call().unwrap();
    assert_eq!(picture.headers()["content-type"], "image/png");
    let bytes = picture.body_mut().read_to_vec().unwrap();
    assert!(bytes.starts_with(b"\x89PNG\r\n\x1a\n"));
    let decoded = png::Decoder::new(std::io::Cursor::new(&bytes)).read_info().unwrap();
    let info = decoded.info();
    assert!(info.width == info.height && info.width > 200, "{} x {}", info.width, info.height);
    assert_eq!(client.text("/api/qrcode/nope.jpg").0, 404);
}

#[test]
fn polling_a_qrcode_within_ten_seconds_is_noted_in_the_calls() {
    let sandbox = Sandbox::builder().seed(wxpusher_sandbox::Seed::demo()).frozen_at(1_000).start().unwrap();
    let client = Client::new(&sandbox);
    let created = client.post("/api/fun/create/qrcode", &json!({"appToken": TOKEN, "extra": "x"}));
    let path = format!("/api/fun/scan-qrcode-uid?code={}", created["data"]["code"].as_str().unwrap());
    client.get(&path);
    sandbox.advance(Duration::from_millis(9_999));
    client.get(&path);
    sandbox.advance(Duration::from_secs(10));
    client.get(&path);
    let calls = client.get("/sandbox/calls");
    let notes: Vec<bool> = calls.as_array().unwrap().iter().map(|call| call["note"].is_string()).collect();
    assert_eq!(notes, [false, false, true, false]);
}

#[test]
fn a_get_send_with_uid_and_topic_sends_to_the_uid() {
    let (_sandbox, client) = demo();
    let answer = client.get(&format!("/api/send/message/?appToken={TOKEN}&content=x&uid=UID_testalice&topicId=9701"));
    let rows = answer["data"].as_array().unwrap();
    assert_eq!((rows.len(), &rows[0]["uid"]), (1, &json!("UID_testalice")));
}

fn follow_id(client: &Client, uid: &str, kind: i64) -> Value {
    let list = client.get(&format!("/api/fun/wxuser/v2?appToken={TOKEN}&page=1&pageSize=100&uid={uid}&type={kind}"));
    list["data"]["records"][0]["id"].clone()
}

#[test]
fn blocked_users_receive_nothing_and_cannot_subscribe() {
    let (sandbox, client) = demo();
    let deleted = json!({"code": 1000, "msg": "处理成功", "data": "删除成功", "success": true});
    let (app, topic) = (follow_id(&client, "UID_testalice", 0), follow_id(&client, "UID_testalice", 1));
    for id in [&app, &topic] {
        assert_eq!(client.put(&format!("/api/fun/reject?appToken={TOKEN}&id={id}&reject=true")), deleted);
    }
    let list = client.get(&format!("/api/fun/wxuser/v2?appToken={TOKEN}&page=1&pageSize=10&isBlock=true"));
    assert_eq!((&list["data"]["total"], &list["data"]["records"][0]["reject"]), (&json!(2), &json!(true)));

    let sent = client.send(&json!({"content": "x", "uids": ["UID_testalice"], "topicIds": [9701]}));
    assert_eq!(sent["data"][0]["code"], 1001);
    assert_eq!(sent["data"][1]["code"], 1000);
    assert!(sandbox.inbox("UID_testalice").unwrap().is_empty());
    let refused = sandbox.subscribe("UID_testalice", Target::App(97), Source::Link).unwrap_err();
    assert_eq!(refused.to_string(), "refused: UID_testalice is blocked by “演示应用”");
    assert!(sandbox.command("UID_testalice", "#97 hello").is_err());
    assert!(sandbox.pay("UID_testalice", 12, 1, Duration::from_secs(1)).is_err());

    for id in [&app, &topic] {
        assert_eq!(client.put(&format!("/api/fun/reject?appToken={TOKEN}&id={id}&reject=false")), deleted);
    }
    client.send(&json!({"content": "x", "uids": ["UID_testalice"], "topicIds": [9701]}));
    assert_eq!(sandbox.inbox("UID_testalice").unwrap().len(), 2);
}

#[test]
fn deleted_subscribers_can_subscribe_again() {
    let (sandbox, client) = demo();
    let id = follow_id(&client, "UID_testalice", 0);
    let path = format!("/api/fun/remove?appToken={TOKEN}&id={id}");
    assert_eq!(client.delete(&path)["data"], "删除成功");
    assert_eq!(client.delete(&path)["code"], 1001);
    let sent = client.send(&json!({"content": "x", "uids": ["UID_testalice"]}));
    assert_eq!(sent["data"][0]["status"], "用户UID=[UID_testalice]未订阅应用");
    sandbox.subscribe("UID_testalice", Target::App(97), Source::Link).unwrap();
    assert_ne!(follow_id(&client, "UID_testalice", 0), id);
}

#[test]
fn simple_push_reaches_the_owner_of_each_spt() {
    let (sandbox, client) = demo();
    let seed = wxpusher_sandbox::Seed {
        users: vec![User::new("UID_testbob").spt("SPT_testbob1").spt("SPT_testbob2")],
        ..wxpusher_sandbox::Seed::default()
    };
    sandbox.seed(seed).unwrap();
    let push = |body: Value| client.post("/api/send/message/simple-push", &body);
    let one = push(json!({"content": "# hi", "contentType": 3, "summary": "s", "spt": "SPT_testalice"}));
    assert_eq!(one["data"][0]["code"], 1000);
    assert!(id(&one["data"][0]["sendRecordId"]) > 1 << 31);
    let many = push(json!({"content": "x", "sptList": ["SPT_testalice", "SPT_testbob2", "SPT_testnone"]}));
    let rows = many["data"].as_array().unwrap();
    assert_eq!(rows.iter().filter(|row| row["code"] == 1000).count(), 2);
    assert!(rows.contains(&json!({"code": 1001, "status": "SPT不存在"})), "{many}");

    let inbox = sandbox.inbox("SPT_testalice").unwrap();
    assert_eq!((inbox.len(), inbox[0].via, inbox[0].app_id, inbox[0].content_type), (2, Via::Spt, None, 3));
    client.send(&json!({"content": "x", "uids": ["UID_testalice"]}));
    assert_eq!(sandbox.inbox("SPT_testalice").unwrap().len(), 2);
    assert_eq!(sandbox.inbox("UID_testalice").unwrap().len(), 3);
    assert_eq!(sandbox.inbox("UID_testbob").unwrap().len(), 1, "an SPT needs no subscription");
}

#[test]
fn simple_push_by_get_reads_the_content_from_the_path() {
    let (sandbox, client) = demo();
    let answer = client.get("/api/send/message/SPT_testalice/%E4%BD%A0%E5%A5%BD%2Fa%3Fb%20c");
    assert_eq!(answer["data"][0]["code"], 1000, "{answer}");
    assert_eq!(sandbox.inbox("SPT_testalice").unwrap()[0].content.as_deref(), Some("你好/a?b c"));
}

#[test]
fn pay_end_time_is_reported_for_each_covered_target() {
    let (sandbox, client) = demo();
    let path = "/api/product/query-pay-end-time?uid=UID_testbob&prodId=12";
    let row = |kind: i64, id: i64, until: i64| json!({"resourceType": kind, "resourceID": id, "payEndTime": until});
    assert_eq!(client.get(path)["data"], json!([row(1, 97, 0), row(2, 9701, 0)]));
    let before = sandbox.now();
    sandbox.pay("UID_testbob", 12, 500, Duration::from_secs(86_400)).unwrap();
    let paid = client.get(path);
    let until = id(&paid["data"][0]["payEndTime"]);
    assert!((before + 86_400_000..=sandbox.now() + 86_400_000).contains(&until));
    assert_eq!(paid["data"], json!([row(1, 97, until), row(2, 9701, until)]));
    let list = client.get(&format!("/api/fun/wxuser/v2?appToken={TOKEN}&page=1&pageSize=10&uid=UID_testbob"));
    assert_eq!((&list["data"]["total"], &list["data"]["records"][0]["payEndTime"]), (&json!(2), &json!(until)));
}

#[test]
fn verify_pay_filters_and_verify_pay_type_overrides_it() {
    let (sandbox, client) = demo();
    sandbox.pay("UID_testbob", 12, 500, Duration::from_secs(86_400)).unwrap();
    let reach = |options: Value, target: Value| {
        let count = |uid: &str| sandbox.inbox(uid).unwrap().len();
        let before = (count("UID_testalice"), count("UID_testbob"));
        let mut body = json!({"content": "x"});
        body.as_object_mut().unwrap().extend(options.as_object().unwrap().clone());
        body.as_object_mut().unwrap().extend(target.as_object().unwrap().clone());
        let answer = client.send(&body);
        assert!(answer["data"].as_array().unwrap().iter().all(|row| row["code"] == 1000), "{answer}");
        (count("UID_testalice") - before.0, count("UID_testbob") - before.1)
    };
    for target in [json!({"uids": ["UID_testalice", "UID_testbob"]}), json!({"topicIds": [9701]})] {
        assert_eq!(reach(json!({}), target.clone()), (1, 1));
        assert_eq!(reach(json!({"verifyPay": false}), target.clone()), (1, 1));
        assert_eq!(reach(json!({"verifyPay": true}), target.clone()), (0, 1));
        assert_eq!(reach(json!({"verifyPayType": 0, "verifyPay": true}), target.clone()), (1, 1));
        assert_eq!(reach(json!({"verifyPayType": 1}), target.clone()), (0, 1));
        assert_eq!(reach(json!({"verifyPayType": 2}), target.clone()), (1, 0));
    }
    let by_get = format!("/api/send/message/?appToken={TOKEN}&content=x&uid=UID_testalice&verifyPayType=1");
    let before = sandbox.inbox("UID_testalice").unwrap().len();
    assert_eq!(client.get(&by_get)["data"][0]["code"], 1000);
    assert_eq!(sandbox.inbox("UID_testalice").unwrap().len(), before);
}

#[test]
fn verify_pay_is_ignored_without_a_product() {
    let sandbox = Sandbox::builder()
        .seed(wxpusher_sandbox::Seed { products: Vec::new(), ..wxpusher_sandbox::Seed::demo() })
        .start()
        .unwrap();
    Client::new(&sandbox).send(&json!({"content": "x", "uids": ["UID_testalice"], "verifyPayType": 1}));
    assert_eq!(sandbox.inbox("UID_testalice").unwrap().len(), 1);
}

#[test]
fn recorded_calls_contain_no_tokens() {
    let (sandbox, client) = demo();
    client.get(&format!("/api/fun/wxuser/v2?appToken={TOKEN}&page=1&pageSize=5"));
    client.get("/api/send/message/SPT_testalice/hello%20you");
    client.get("/api/nothing?appToken=AT_testdemo");
    client.post("/api/fun/wxuser", &json!({}));
    let calls = sandbox.calls();
    let seen: Vec<_> = calls
        .iter()
        .map(|call| (call.route, call.method.as_str(), call.path.as_str(), call.query.as_deref(), call.code))
        .collect();
    let expected = [
        (Some(Route::ListUsers), "GET", "/api/fun/wxuser/v2", Some("appToken=***&page=1&pageSize=5"), Some(1000)),
        (Some(Route::SimplePushByGet), "GET", "/api/send/message/***/hello%20you", None, Some(1000)),
        (None, "GET", "/api/nothing", Some("appToken=***"), Some(1004)),
        (None, "POST", "/api/fun/wxuser", None, Some(1004)),
    ];
    assert_eq!(seen, expected);
    assert!(calls.iter().all(|call| call.status == Some(200)));
    assert!(!format!("{calls:?}").contains("_test"));
}
