//! The exact request of every interface (wire.md §2).

use serde_json::json;
use wxpusher::{FollowType, Message, ResourceType, SimplePush, UserQuery, VerifyPayType};

use super::server::{ACCEPTED, DONE, Request, SPT, Server, TOKEN, hello};

/// What came: method and target.
fn line(request: &Request) -> (&str, &str) {
    (&request.method, &request.target)
}

#[test]
fn send() {
    let server = Server::answering(ACCEPTED);
    let message = Message::markdown("# 你好 \"🌍\"\n")
        .summary("摘要")
        .uids(["UID_a", "UID_b"])
        .topic(123)
        .url("https://example.com/?a=1&b=2")
        .verify_pay_type(VerifyPayType::Unpaid);
    let outcome = server.client().send(&message).unwrap();
    assert_eq!(outcome.targets[0].send_record_id, Some(2_438_072_956));

    let request = server.only_request();
    assert_eq!(line(&request), ("POST", "/api/send/message"));
    assert_eq!(request.header("content-type"), Some("application/json"));
    assert_eq!(request.header("accept"), Some("application/json"));
    assert_eq!(request.header("user-agent"), Some(concat!("wxpusher-rust/", env!("CARGO_PKG_VERSION"))));
    assert_eq!(request.header("transfer-encoding"), None);
    assert_eq!(
        request.json(),
        json!({
            "appToken": TOKEN, "content": "# 你好 \"🌍\"\n", "summary": "摘要", "contentType": 3, "topicIds": [123],
            "uids": ["UID_a", "UID_b"], "url": "https://example.com/?a=1&b=2", "verifyPayType": 2
        })
    );
}

#[test]
fn send_leaves_out_what_was_not_set() {
    let server = Server::answering(ACCEPTED);
    server.client().send(&hello()).unwrap().ensure_all().unwrap();
    let expected = json!({"appToken": TOKEN, "content": "你好", "contentType": 1, "uids": ["UID_a"]});
    assert_eq!(server.only_request().json(), expected);
}

#[test]
fn the_yes_or_no_of_2022_becomes_a_type() {
    let server = Server::answering(ACCEPTED);
    let client = server.client();
    for verify_pay in [true, false] {
        client.send(&hello().verify_pay(verify_pay)).unwrap().ensure_all().unwrap();
    }
    let sent: Vec<_> = server.requests().iter().map(|request| request.json()["verifyPayType"].clone()).collect();
    assert_eq!(sent, [json!(1), json!(0)]);
}

#[test]
fn send_by_get() {
    let server = Server::answering(ACCEPTED);
    let message = Message::text("a b+c&d#e%f/你🌍").uid("UID_a").url("http://x/?y=1").verify_pay(false);
    server.client().send_by_get(&message).unwrap().ensure_all().unwrap();
    assert_eq!(
        line(&server.only_request()),
        (
            "GET",
            "/api/send/message/?appToken=AT_testSecretOfTheApp&content=a%20b%2Bc%26d%23e%25f%2F%E4%BD%A0%F0%9F%8C%8D\
             &uid=UID_a&url=http%3A%2F%2Fx%2F%3Fy%3D1&verifyPayType=0"
        )
    );
}

#[test]
fn a_long_get_arrives_whole() {
    let server = Server::answering(ACCEPTED);
    let content = "好".repeat(20_000);
    server.client().send_by_get(&Message::text(content).uid("UID_a")).unwrap().ensure_all().unwrap();
    let target = server.only_request().target;
    assert_eq!(target.matches("%E5%A5%BD").count(), 20_000);
    assert!(target.ends_with("&uid=UID_a"));
}

#[test]
fn simple_push_to_one_and_to_several() {
    let server = Server::answering(ACCEPTED);
    let client = server.client();
    client.simple_push(&SimplePush::html("<b>好</b>").spt(SPT).summary("s").url("u")).unwrap().ensure_all().unwrap();
    client.simple_push(&SimplePush::text("好").spt(SPT).spt("SPT_b")).unwrap().ensure_all().unwrap();
    let requests = server.requests();
    assert_eq!(line(&requests[0]), ("POST", "/api/send/message/simple-push"));
    assert_eq!(
        requests[0].json(),
        json!({"content": "<b>好</b>", "summary": "s", "contentType": 2, "spt": SPT, "url": "u"})
    );
    assert_eq!(requests[1].json(), json!({"content": "好", "contentType": 1, "sptList": [SPT, "SPT_b"]}));
}

#[test]
fn simple_push_by_get() {
    let server = Server::answering(ACCEPTED);
    server.client().simple_push_by_get(SPT, "a/b 好").unwrap().ensure_all().unwrap();
    let target = "/api/send/message/SPT_testSecretOfOne/a%2Fb%20%E5%A5%BD";
    assert_eq!(line(&server.only_request()), ("GET", target));
}

#[test]
fn both_status_queries() {
    let server = Server::answering(r#"{"code":1000,"msg":"等待发送","data":1,"success":true}"#);
    let client = server.client();
    for status in [client.query_status(2_438_072_956).unwrap(), client.query_message_status(7).unwrap()] {
        assert_eq!((status.code, status.text.as_str(), status.is_waiting()), (1, "等待发送", true));
    }
    let requests = server.requests();
    assert_eq!(line(&requests[0]), ("GET", "/api/send/query/status?sendRecordId=2438072956"));
    assert_eq!(line(&requests[1]), ("GET", "/api/send/query/7"));
}

#[test]
fn delete_message() {
    let server = Server::answering(DONE);
    server.client().delete_message(8).unwrap();
    let target = "/api/send/message?messageContentId=8&appToken=AT_testSecretOfTheApp";
    assert_eq!(line(&server.only_request()), ("DELETE", target));
    assert_eq!(server.only_request().body, "");
}

#[test]
fn create_qrcode() {
    let server = Server::answering(
        r#"{"code":1000,"msg":"","data":{"expires":1700000000000,"code":"c","shortUrl":"s","url":"u","extra":"e"}}"#,
    );
    let client = server.client();
    let qrcode = client.create_qrcode("e", Some(60)).unwrap();
    assert_eq!((qrcode.code.as_str(), qrcode.expires), ("c", 1_700_000_000_000));
    client.create_qrcode("e", None).unwrap();
    let requests = server.requests();
    assert_eq!(line(&requests[0]), ("POST", "/api/fun/create/qrcode"));
    assert_eq!(requests[0].json(), json!({"appToken": TOKEN, "extra": "e", "validTime": 60}));
    assert_eq!(requests[1].json(), json!({"appToken": TOKEN, "extra": "e"}));
}

#[test]
fn query_scan_uid() {
    let server = Server::start(|_, number| {
        super::server::ok(
            [
                r#"{"code":1000,"data":"UID_a"}"#,
                r#"{"code":1000,"data":{"uid":"UID_b","extra":"e"}}"#,
                r#"{"code":1001,"msg":"暂无用户扫描二维码","data":null}"#,
                r#"{"code":1000,"data":null}"#,
                r#"{"code":1001,"msg":"二维码不存在"}"#,
            ][number],
        )
    });
    let client = server.client();
    let found: Vec<_> = (0..4).map(|_| client.query_scan_uid("c&d").unwrap()).collect();
    assert_eq!(found, [Some("UID_a".to_owned()), Some("UID_b".to_owned()), None, None]);
    let error = client.query_scan_uid("c&d").unwrap_err();
    assert_eq!(error.to_string(), "WxPusher says 1001: 二维码不存在");
    assert_eq!(line(&server.requests()[0]), ("GET", "/api/fun/scan-qrcode-uid?code=c%26d"));
}

#[test]
fn list_users_with_every_filter_and_with_none() {
    let server = Server::answering(
        r#"{"code":1000,"data":{"total":1,"page":1,"pageSize":20,"records":[{"uid":"UID_a","headImg":"",
            "createTime":1603540859285,"nickName":"","reject":true,"id":47361,"type":9,"target":"t","payEndTime":0}]}}"#,
    );
    let client = server.client();
    let page = client.list_users(&UserQuery::default()).unwrap();
    assert_eq!((page.total, page.users[0].id, page.users[0].follow_type), (1, 47361, FollowType::Other(9)));
    let query = UserQuery {
        page: 2,
        page_size: 20,
        uid: Some("UID_a".into()),
        is_block: Some(false),
        follow_type: Some(FollowType::Topic),
    };
    client.list_users(&query).unwrap();
    let requests = server.requests();
    let base = "/api/fun/wxuser/v2?appToken=AT_testSecretOfTheApp";
    assert_eq!(line(&requests[0]), ("GET", &*format!("{base}&page=1&pageSize=100")));
    assert_eq!(requests[1].target, format!("{base}&page=2&pageSize=20&uid=UID_a&isBlock=false&type=1"));
}

#[test]
fn list_users_v1_bare_and_in_an_envelope() {
    const PAGE: &str = r#"{"page":1,"pageSize":50,"records":[{"createTime":1572755754416,"enable":true,"headImg":"x",
        "nickName":"0XFF","uid":"x"}],"total":3}"#;
    let server = Server::start(|_, number| {
        let body = if number == 0 { PAGE.to_owned() } else { format!(r#"{{"code":1000,"data":{PAGE}}}"#) };
        super::server::ok(&body)
    });
    let client = server.client();
    let bare = client.list_users_v1(1, 50, None).unwrap();
    let wrapped = client.list_users_v1(1, 50, Some("x")).unwrap();
    assert_eq!(bare, wrapped);
    assert_eq!((bare.total, bare.users[0].nick_name.as_deref()), (3, Some("0XFF")));
    let base = "/api/fun/wxuser?appToken=AT_testSecretOfTheApp&page=1&pageSize=50";
    assert_eq!(server.requests()[0].target, base);
    assert_eq!(server.requests()[1].target, format!("{base}&uid=x"));
}

#[test]
fn delete_and_reject_user() {
    let server = Server::answering(DONE);
    let client = server.client();
    client.delete_user(47361).unwrap();
    client.reject_user(47361, true).unwrap();
    client.reject_user(47361, false).unwrap();
    let requests = server.requests();
    let token = "appToken=AT_testSecretOfTheApp&id=47361";
    assert_eq!(line(&requests[0]), ("DELETE", &*format!("/api/fun/remove?{token}")));
    assert_eq!(line(&requests[1]), ("PUT", &*format!("/api/fun/reject?{token}&reject=true")));
    assert_eq!(line(&requests[2]), ("PUT", &*format!("/api/fun/reject?{token}&reject=false")));
    assert_eq!(requests[1].header("content-length").unwrap_or("0"), "0");
}

#[test]
fn query_pay_end_time() {
    let server = Server::answering(
        r#"{"code":1000,"data":[{"resourceType":2,"resourceID":3000000000,"payEndTime":1700000000000}]}"#,
    );
    let times = server.client().query_pay_end_time("UID_a", 12).unwrap();
    assert_eq!((times[0].resource_type, times[0].resource_id), (ResourceType::Topic, 3_000_000_000));
    assert_eq!(line(&server.only_request()), ("GET", "/api/product/query-pay-end-time?uid=UID_a&prodId=12"));
}

#[test]
fn users_goes_through_all_pages_and_stops() {
    let server = Server::start(|request, _| {
        let page: i64 = request.target.split("&page=").nth(1).unwrap().split('&').next().unwrap().parse().unwrap();
        let record = |n: i64| format!(r#"{{"uid":"UID_{n}","id":{n},"createTime":0,"type":0}}"#);
        let ids = if page == 3 { 5..=5 } else { page * 2 - 1..=page * 2 };
        let records = ids.map(record).collect::<Vec<_>>().join(",");
        super::server::ok(&format!(
            r#"{{"code":1000,"data":{{"total":5,"page":{page},"pageSize":2,"records":[{records}]}}}}"#
        ))
    });
    let query = UserQuery { page_size: 2, ..UserQuery::default() };
    let ids: Vec<_> = server.client().users(query).map(|user| user.unwrap().id).collect();
    assert_eq!(ids, [1, 2, 3, 4, 5]);
    assert_eq!(server.requests().len(), 3);
}

#[test]
fn a_base_url_may_have_a_path() {
    let server = Server::answering(DONE);
    let config = server.config().base_url(format!("{}/proxy/wx/", server.url()));
    wxpusher::Client::with_config(config).unwrap().delete_user(1).unwrap();
    assert!(server.only_request().target.starts_with("/proxy/wx/api/fun/remove?"));
}
