use std::time::Duration;

use super::support::*;

fn record(world: &World) -> String {
    let sent = world.run(["send", "x", "-u", ALICE, "--json"]).ok().json();
    sent["outcome"]["targets"][0]["sendRecordId"].to_string()
}

#[test]
fn prints_number_and_text() {
    let world = World::new();
    let id = record(&world);
    assert_eq!(world.run(["status", &id]).ok().stdout, format!("{id}\t1\t等待发送\n"));
    let status = world.run(["status", &id, "--json"]).ok().json()["outcome"]["statuses"][0].clone();
    assert_eq!(status["code"], 1);
}

#[test]
fn takes_message_ids() {
    let world = World::new();
    let sent = world.run(["send", "x", "-u", ALICE, "--json"]).ok().json();
    let id = sent["outcome"]["targets"][0]["messageId"].to_string();
    assert!(world.run(["status", "--message-id", &id]).ok().stdout.contains("等待发送"));
}

#[test]
fn waits_until_the_status_is_no_longer_waiting() {
    let world = World::new();
    let id = record(&world);
    world.run(["status", &id, "--wait=1ms"]).failed(7, "still waiting");
    world.sandbox.advance(Duration::from_secs(10));
    assert!(!world.run(["status", &id, "--wait"]).ok().stdout.contains("\t1\t"));
}

#[test]
fn prints_the_others_if_one_is_unknown() {
    let world = World::new();
    let id = record(&world);
    let run = world.run(["status", "1", &id]).failed(3, "1001");
    assert!(run.stdout.contains(&id));
}
