//! What is made of answers, good and bad.

use wxpusher::{Client, ErrorKind, Message, Sent, SimplePush, TargetResult};

use super::server::{ACCEPTED, Do, Server, hello, http, ok, status};

fn failing(act: impl Fn() -> Do + Send + Sync + 'static) -> wxpusher::Error {
    let server = Server::start(move |_, _| act());
    let error = server.client().send(&hello()).unwrap_err();
    assert_eq!(server.requests().len(), 1, "a send is not repeated after an answer began");
    error
}

fn shown(error: &wxpusher::Error) -> (&'static str, Sent, String) {
    (error.name(), error.sent(), error.to_string())
}

const PARTLY: &str = r#"{"code":1000,"msg":"处理成功","success":true,"data":[
    {"topicId":123,"code":1000,"messageContentId":8,"sendRecordId":2,"status":"创建发送任务成功"},
    {"uid":"UID_c","code":1001,"status":"用户UID=[UID_c]未订阅应用"},
    {"uid":"UID_a","code":1000,"messageContentId":8,"sendRecordId":9007199254740993,"status":"创建发送任务成功"},
    {"uid":"UID_stranger","code":1000,"status":"?"}]}"#;

#[test]
fn rows_are_matched_by_name_and_partial_failure_is_visible() {
    let server = Server::answering(PARTLY);
    let message = Message::text("x").uids(["UID_a", "UID_b", "UID_a", "UID_c"]).topic(123);
    let outcome = server.client().send(&message).unwrap();
    let rows: Vec<_> =
        outcome.targets.iter().map(|row| (row.uid.as_deref(), row.topic_id, row.code, row.send_record_id)).collect();
    assert_eq!(
        rows,
        [
            (Some("UID_a"), None, 1000, Some(9_007_199_254_740_993)),
            (Some("UID_b"), None, TargetResult::NO_ANSWER, None),
            (Some("UID_c"), None, 1001, None),
            (None, Some(123), 1000, Some(2)),
            (Some("UID_stranger"), None, 1000, None),
        ]
    );
    assert_eq!(outcome.message_content_id, Some(8));
    assert_eq!((outcome.succeeded().count(), outcome.failed().count(), outcome.all_ok()), (3, 2, false));
    let error = outcome.ensure_all().unwrap_err();
    assert_eq!((error.name(), error.number(), error.sent()), ("rejected", 8, Sent::Yes));
}

#[test]
fn no_target_accepted_is_an_error_that_carries_the_outcome() {
    let server = Server::answering(
        r#"{"code":1000,"success":true,"data":[{"uid":"UID_a","code":1001,"status":"用户UID=[UID_a]不存在"}]}"#,
    );
    let error = server.client().send(&hello()).unwrap_err();
    assert_eq!(error.to_string(), "no target was accepted: UID_a: 1001 用户UID=[UID_a]不存在");
    let ErrorKind::Rejected { outcome } = error.into_kind() else { panic!() };
    assert_eq!(outcome.targets[0].status, "用户UID=[UID_a]不存在");
}

#[test]
fn a_simple_push_keeps_the_rows_of_the_server() {
    let server = Server::answering(
        r#"{"code":1000,"data":[{"uid":"UID_z","code":1000},{"uid":null,"code":1001,"status":"SPT错误"},
            {"uid":"UID_b","code":1000}]}"#,
    );
    let outcome = server.client().simple_push(&SimplePush::text("x").spt("SPT_1").spt("SPT_2").spt("SPT_3")).unwrap();
    let uids: Vec<_> = outcome.targets.iter().map(|row| row.uid.as_deref()).collect();
    assert_eq!(uids, [Some("UID_z"), None, Some("UID_b")]);
}

#[test]
fn codes_survive_as_they_are() {
    for (code, msg) in [(1001, "业务异常"), (1002, "未登录"), (1005, "系统异常"), (31_337, "?"), (-1, "")] {
        let body = format!(r#"{{"code":{code},"msg":"{msg}","data":null,"success":true}}"#);
        let error = failing(move || ok(&body));
        let ErrorKind::Api { code: got, msg: text } = error.kind() else { panic!("{error}") };
        assert_eq!((*got, text.raw(), error.sent()), (code, msg, Sent::Yes));
    }
}

#[test]
fn success_is_never_decided_by_its_flag() {
    let server = Server::start(|_, _| ok(&ACCEPTED.replace("true", "false")));
    assert!(server.client().send(&hello()).unwrap().all_ok());
}

#[test]
fn statuses_are_errors_whatever_the_body() {
    for (line, number) in [("502 Bad Gateway", 502), ("401 Unauthorized", 401), ("404 Not Found", 404)] {
        let error = failing(move || status(line));
        assert_eq!(shown(&error), ("http_status", Sent::Yes, format!("HTTP status {number}")));
    }
}

#[test]
fn bodies_that_are_no_answer() {
    let unusable = |reason: &str| ("invalid_response", Sent::Yes, format!("unusable answer: {reason}"));
    let cases: [(&'static str, &str); 8] = [
        ("", "the body is empty"),
        ("<html>", "the body is not a JSON object"),
        ("[1000]", "the body is not a JSON object"),
        (r#"{"code":1000,"data":[{"uid""#, "`data`: the JSON ends too early"),
        (r#"{"msg":"ok"}"#, "`code` is missing"),
        (r#"{"code":1000}"#, "`data` is missing or null"),
        (r#"{"code":1000,"data":null}"#, "`data` is missing or null"),
        (r#"{"code":1000,"data":[{"uid":"UID_a","code":"1000"}]}"#, "`data[0].code`: not of the expected type"),
    ];
    for (body, reason) in cases {
        assert_eq!(shown(&failing(move || ok(body))), unusable(reason), "{body}");
    }
    let nested = format!(r#"{{"code":1000,"data":{}"#, "[".repeat(100_000));
    assert_eq!(failing(move || ok(&nested)).name(), "invalid_response");
}

#[test]
fn a_body_claimed_to_be_gzip_is_not_guessed_at() {
    let error = failing(|| {
        Do::Write(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\n\x1f\x8b\x08\x00".to_vec())
    });
    assert_eq!(error.name(), "invalid_response");
}

#[test]
fn a_chunked_body_is_an_answer_like_any_other() {
    let server = Server::start(|_, _| {
        let (a, b) = ACCEPTED.split_at(40);
        let chunks = format!("{:x}\r\n{a}\r\n{:x}\r\n{b}\r\n0\r\n\r\n", a.len(), b.len());
        Do::Write(format!("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{chunks}").into_bytes())
    });
    let client = server.client();
    assert!(client.send(&hello()).unwrap().all_ok());
    assert!(client.send(&hello()).unwrap().all_ok());
    assert_eq!(server.connections(), 1, "the connection is good for another call");
}

#[test]
fn an_answer_over_eight_mebibytes_is_refused() {
    let error = failing(|| {
        let body = "x".repeat(8 * 1024 * 1024 + 1);
        Do::WriteAndClose(http("200 OK", "", &body))
    });
    assert_eq!(shown(&error), ("invalid_response", Sent::Yes, "unusable answer: larger than 8 MiB".to_owned()));
}

#[test]
fn an_answer_that_claims_to_be_huge_is_refused_at_once() {
    let error = failing(|| Do::Write(b"HTTP/1.1 200 OK\r\nContent-Length: 1152921504606846976\r\n\r\n{".to_vec()));
    assert_eq!(shown(&error), ("invalid_response", Sent::Yes, "unusable answer: larger than 8 MiB".to_owned()));
}

#[test]
fn a_body_that_breaks_off_is_a_broken_connection() {
    let half = || {
        let mut answer = http("200 OK", "", ACCEPTED);
        answer.truncate(answer.len() - 10);
        answer
    };
    for error in [failing(move || Do::WriteAndClose(half())), failing(move || Do::WriteAndReset(half()))] {
        assert_eq!((error.name(), error.sent()), ("transport", Sent::Yes), "{error}");
    }
}

#[test]
fn a_connection_that_breaks_before_the_answer_may_have_carried_the_message() {
    for error in [failing(|| Do::WriteAndClose(vec![])), failing(|| Do::WriteAndReset(vec![]))] {
        assert_eq!((error.name(), error.sent()), ("transport", Sent::Maybe), "{error}");
        assert!(error.to_string().ends_with("(the request may have reached WxPusher)"), "{error}");
    }
}

#[test]
fn a_connection_that_breaks_in_the_head_has_reached_the_server() {
    let error = failing(|| Do::WriteAndReset(b"HTTP/1.1 200 OK\r\nContent-Le".to_vec()));
    assert_eq!((error.name(), error.sent()), ("transport", Sent::Yes), "{error}");
}

#[test]
fn what_is_not_http_is_said_to_be_so() {
    let error = failing(|| Do::WriteAndClose(b"SSH-2.0-OpenSSH_9.2\r\n\r\n".to_vec()));
    assert_eq!((error.name(), error.sent()), ("invalid_response", Sent::Yes), "{error}");
}

#[test]
fn redirects_are_refused_and_no_token_is_sent_on() {
    let elsewhere = Server::answering(ACCEPTED);
    for code in ["301 Moved Permanently", "302 Found", "307 Temporary Redirect", "308 Permanent Redirect"] {
        let location = format!("Location: {}/api/send/message\r\n", elsewhere.url());
        let server = Server::start(move |_, _| Do::Write(http(code, &location, "")));
        let error = server.client().delete_user(1).unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::HttpStatus { status: 301..=308 }), "{error}");
        assert_eq!(server.client().send(&hello()).unwrap_err().name(), "http_status");
    }
    assert_eq!(elsewhere.requests().len(), 0);
}

#[test]
fn a_server_that_never_answers_is_given_up() {
    let server = Server::start(|_, _| Do::Hang);
    let config = server.config().timeout(std::time::Duration::from_millis(150));
    let error = Client::with_config(config).unwrap().send(&hello()).unwrap_err();
    assert_eq!(error.kind(), &ErrorKind::Timeout { phase: wxpusher::Phase::Receive });
    assert_eq!(error.sent(), Sent::Maybe);
}
