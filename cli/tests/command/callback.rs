use super::support::*;

const BODY: &str = r##"{"action":"send_up_cmd","data":{"uid":"UID_x","appId":97,"time":1,"content":"#97 重启"}}"##;

#[test]
fn prints_fields_or_json() {
    let world = World::new();
    let text = world.run_with_input(["callback", "parse"], BODY.as_bytes()).ok().stdout;
    assert!(text.starts_with("action\tsend_up_cmd\n") && text.contains("\ncommand\t重启\n"), "{text}");
    let file = world.folder.write("body", BODY);
    let json = world.run(["callback", "parse", &file, "--json"]).ok().json();
    assert_eq!(json["outcome"]["data"]["command"], "重启");
    let unknown = world.run_with_input(["callback", "parse"], br#"{"action":"new","data":{"uid":"UID_x"}}"#).ok();
    assert!(unknown.stdout.contains("UID_x"));
}

#[test]
fn refuses_what_is_no_callback() {
    let world = World::new();
    let run = world.run_with_input(["callback", "parse", "--json"], b"[]").failed(3, "not a WxPusher callback");
    assert_eq!(run.json()["error"]["kind"], "invalid_callback");
    world.run(["callback", "parse", "/nonexistent"]).failed(1, "cannot read /nonexistent");
}
