use std::time::Duration;

use super::support::*;

#[test]
fn prints_until_when_a_user_has_paid() {
    let world = World::new();
    let run = world.run(["product", "paid-until", BOB, "12"]).ok();
    assert!(run.stdout.contains("app\t97\tnever paid\n"), "{run:?}");
    world.sandbox.pay(BOB, 12, 990, Duration::from_secs(86_400)).unwrap();
    assert!(world.run(["product", "paid-until", BOB, "12"]).ok().stdout.contains('Z'));
    let times = world.run(["product", "paid-until", BOB, "12", "--json"]).ok().json();
    assert!(times["outcome"]["times"][0]["payEndTime"].is_i64());
    world.run(["product", "paid-until", BOB, "999"]).failed(3, "WxPusher responded with code");
}
