use std::io::{BufRead, BufReader};

use super::support::*;

#[test]
fn serves_until_it_is_ended() {
    let world = World::new();
    let mut child = start(&mut world.command(["sandbox", "--listen", "127.0.0.1:0"]));
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let first = lines.next().unwrap().unwrap();
    let url = first.rsplit(' ').next().unwrap().to_owned();
    let sent = world.run(["send", "你好", "--uid", ALICE, "--base-url", &url]);
    child.kill().unwrap();
    child.wait().unwrap();
    sent.ok();
    assert!(world.arrived(ALICE).is_empty(), "--base-url wins over WXPUSHER_BASE_URL");
}
