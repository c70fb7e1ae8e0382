//! Requests as clients in the field make them, kept as data in `living_clients.json`.

use serde::Deserialize;
use serde_json::Value;
use wxpusher_sandbox::{Sandbox, Seed};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Recorded {
    client: String,
    method: String,
    /// `{code}` stands for the QR code that exists before each case.
    path: String,
    #[serde(default)]
    content_type: Option<String>,
    #[serde(default)]
    body: Option<Value>,
    /// JSON pointers into the response, and the value expected there.
    expect: serde_json::Map<String, Value>,
    /// How many messages `UID_testalice` has afterwards.
    #[serde(default)]
    inbox: usize,
}

#[test]
fn requests_of_living_clients_are_accepted() {
    let cases: Vec<Recorded> = serde_json::from_str(include_str!("living_clients.json")).unwrap();
    assert!(cases.len() >= 20);
    for case in cases {
        let name = format!("{} {} {}", case.client, case.method, case.path);
        let sandbox = Sandbox::builder().seed(Seed::demo()).start().unwrap();
        let created = crate::client::Client::new(&sandbox)
            .post("/api/fun/create/qrcode", &serde_json::json!({"appToken": "AT_testdemo", "extra": "recorded"}));
        let code = created["data"]["code"].as_str().unwrap();
        sandbox.scan(code, "UID_testbob").unwrap();
        let url = format!("{}{}", sandbox.url(), case.path.replace("{code}", code));
        let request = ureq::http::Request::builder()
            .method(case.method.as_str())
            .uri(url)
            .header("content-type", case.content_type.as_deref().unwrap_or("application/json"))
            .body(case.body.map(|body| body.to_string()).unwrap_or_default())
            .unwrap();
        let mut response = ureq::run(request).unwrap_or_else(|error| panic!("{name}: {error}"));
        let text = response.body_mut().read_to_string().unwrap();
        let answer: Value = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}: {text}"));
        for (pointer, expected) in &case.expect {
            assert_eq!(answer.pointer(pointer), Some(expected), "{name}: {pointer} in {answer}");
        }
        assert_eq!(sandbox.inbox("UID_testalice").unwrap().len(), case.inbox, "{name}");
    }
}
