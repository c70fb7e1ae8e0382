use super::support::*;

#[test]
fn deletes_the_page_of_a_message() {
    let world = World::new();
    let sent = world.run(["send", "x", "-u", ALICE, "--json"]).ok().json();
    let id = sent["outcome"]["messageContentId"].to_string();
    assert_eq!(world.run(["delete", &id]).ok().stdout, format!("deleted message {id}\n"));
    assert!(world.arrived(ALICE).is_empty());
    world.run(["delete", "999999"]).failed(3, "WxPusher responded with code 1001");
    world.run(["delete", "x"]).failed(2, "<CONTENT_ID>");
}
