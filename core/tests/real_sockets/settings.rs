//! Settings that will not do are refused when the client is made, by name.

use std::time::Duration;

use wxpusher::{Client, Config, Limits, Message, RetryPolicy, SimplePush, UserQuery};

use super::server::{ACCEPTED, SPT, Server, TOKEN};

fn refused(config: Config) -> String {
    Client::with_config(config).unwrap_err().to_string()
}

#[test]
fn what_a_stranger_reads() {
    let cases = [
        (Config::new().base_url("wxpusher"), "`base_url`: not a URL: scheme and host are needed"),
        (Config::new().base_url("ftp://host"), "`base_url`: only https is supported, and http on this machine"),
        (
            Config::new().base_url("http://wxpusher.example"),
            "`base_url`: plain http is refused off this machine unless allow_plain_http is set",
        ),
        (Config::new().app_token(" "), "`app_token`: empty"),
        (Config::new().timeout(Duration::ZERO), "`timeout`: 0 ms, from 1 ms to one day is allowed"),
        (Config::new().scan_interval(Duration::from_secs(1)), "`scan_interval`: 1000 ms, at least 10000 ms is needed"),
        (
            Config::new().retry(RetryPolicy { attempts: 0, ..RetryPolicy::NEVER }),
            "`retries`: 0 tries, at least 1 is needed",
        ),
        (Config::new().user_agent("名"), "`user_agent`: only printable ASCII is allowed"),
        (Config::new().proxy("socks5://h:1"), "`proxy`: SOCKS proxies are not supported, only http:// ones"),
        (Config::new().proxy("::"), "`proxy`: not of the form http://[user:password@]host:port"),
        (Config::new().ca_pem("nothing"), "`ca_pem`: it holds no certificate"),
    ];
    for (config, text) in cases {
        assert_eq!(refused(config), format!("invalid argument {text}"));
    }
    let allowed = Config::new().base_url("http://wxpusher.example").allow_plain_http(true);
    assert!(Client::with_config(allowed).is_ok());
    assert!(Config::new().ca_file("/no/such/file").unwrap_err().to_string().contains("`ca_file`"));
}

#[test]
fn the_environment_is_read_by_the_names_of_the_field() {
    let server = Server::answering(ACCEPTED);
    let url = server.url();
    let var = |name: &str| {
        Some(match name {
            "WXPUSHER_APP_TOKEN" => format!(" {TOKEN} "),
            "WXPUSHER_UIDS" => "UID_a; UID_b;;".to_owned(),
            "WXPUSHER_TOPIC_IDS" => "1;2".to_owned(),
            "WXPUSHER_SPT_LIST" => format!("{SPT},SPT_b"),
            "WXPUSHER_BASE_URL" => url.clone(),
            _ => return None,
        })
    };
    let client = Client::with_config(Config::from_vars(var).unwrap()).unwrap();
    let _ = client.send(&Message::text("x")).unwrap();
    let _ = client.send(&Message::text("x").uid("UID_c")).unwrap();
    let _ = client.simple_push(&SimplePush::text("x")).unwrap();
    let bodies: Vec<_> = server.requests().iter().map(|request| request.json()).collect();
    assert_eq!(bodies[0]["uids"], serde_json::json!(["UID_a", "UID_b"]));
    assert_eq!(bodies[0]["topicIds"], serde_json::json!([1, 2]));
    assert_eq!((&bodies[1]["uids"], bodies[1].get("topicIds")), (&serde_json::json!(["UID_c"]), None));
    assert_eq!(bodies[2]["sptList"], serde_json::json!([SPT, "SPT_b"]));

    let wrong = |name: &str| (name == "WXPUSHER_TOPIC_IDS").then(|| "12,13".to_owned());
    assert_eq!(
        Config::from_vars(wrong).unwrap_err().to_string(),
        "invalid argument `WXPUSHER_TOPIC_IDS`: not a list of numbers separated by `;`"
    );
    assert!(Client::with_config(Config::from_vars(|_| Some(String::new())).unwrap()).is_ok());
}

#[test]
fn a_client_without_a_token_says_so_only_where_one_is_needed() {
    let server = Server::answering(r#"{"code":1000,"msg":"","data":1}"#);
    let client = Client::with_config(Config::new().base_url(server.url())).unwrap();
    client.query_status(1).unwrap();
    let error = client.send(&Message::text("x").uid("UID_a")).unwrap_err();
    assert_eq!(error.to_string(), "invalid argument `app_token`: this call needs an app token and the client has none");
    assert_eq!(server.requests().len(), 1);
}

#[test]
fn limits_are_checked_before_anything_is_sent() {
    let server = Server::answering(ACCEPTED);
    let client = server.client();
    let send = |message: Message| client.send(&message).unwrap_err().to_string();
    let to = |content: &str| Message::text(content).uid("UID_a");
    let cases = [
        (send(to("")), "`content`: 0 characters, at least 1 is needed"),
        (send(to(&"x".repeat(40_001))), "`content`: 40001 characters, the limit is 40000"),
        (send(to(&"好".repeat(30_000))), "`content`: 90000 UTF-8 bytes, the limit is 65535"),
        (send(to("x").summary("x".repeat(101))), "`summary`: 101 characters, the limit is 100"),
        (send(to("x").url("x".repeat(1_001))), "`url`: 1001 characters, the limit is 1000"),
        (send(Message::text("x")), "`uids`: no target: give at least one uid or topic id"),
        (send(to("x").uids(vec!["UID_a"; 2_000])), "`uids`: 2001 uids, the limit is 2000"),
        (send(to("x").uid("")), "`uids`: item 2 is empty"),
        (send(to("x").topics(1..=6)), "`topic_ids`: 6 topics, the limit is 5"),
        (client.simple_push(&SimplePush::text("x")).unwrap_err().to_string(), "`spts`: 0 SPTs, at least 1 is needed"),
        (client.create_qrcode("", None).unwrap_err().to_string(), "`extra`: 0 characters, at least 1 is needed"),
        (
            client.create_qrcode("e", Some(2_592_001)).unwrap_err().to_string(),
            "`valid_time`: 2592001 seconds, the limit is 2592000",
        ),
        (client.create_qrcode("e", Some(0)).unwrap_err().to_string(), "`valid_time`: 0 seconds, at least 1 is needed"),
        (
            client.list_users(&UserQuery { page: 0, ..UserQuery::default() }).unwrap_err().to_string(),
            "`page`: 0, pages are counted from 1",
        ),
        (
            client.list_users_v1(1, 101, None).unwrap_err().to_string(),
            "`page_size`: 101 users on a page, the limit is 100",
        ),
        (
            client.send_by_get(&to("x").uid("UID_b")).unwrap_err().to_string(),
            "`uids`: 2 targets, the GET interface takes 1",
        ),
        (
            client.send_by_get(&Message::html("x").uid("UID_b")).unwrap_err().to_string(),
            "`content_type`: the GET interface sends plain text only",
        ),
    ];
    for (got, text) in cases {
        assert_eq!(got, format!("invalid argument {text}"));
    }
    assert_eq!(server.requests().len(), 0);

    let emoji = to(&"🌍".repeat(16_383)).summary("🌍".repeat(100)).url("x".repeat(1_000)).topics(1..=5);
    let _ = client.send(&emoji).unwrap();
    let old = Client::with_config(server.config().limits(Limits::YEAR_2022)).unwrap();
    assert!(old.send(&to("x").url("x".repeat(400))).unwrap_err().to_string().ends_with("the limit is 399"));
    let _ = old.send(&to(&"好".repeat(39_999))).unwrap();
}
