use super::support::*;

/// The id of the only subscription of a user.
fn id_of(world: &World, uid: &str) -> String {
    let users = world.run(["users", "list", "--uid", uid, "--json"]).ok().json();
    users["outcome"]["users"][0]["id"].to_string()
}

#[test]
fn lists_in_every_format() {
    let world = World::new();
    let rows = world.run(["users", "list"]).ok().stdout;
    let row: Vec<_> = rows.lines().next().unwrap().split('\t').collect();
    assert_eq!((row.len(), row[1], row[4]), (6, ALICE, "active"), "{rows}");
    let csv = world.run(["users", "list", "-o", "csv"]).ok().stdout;
    assert!(csv.starts_with("ID,UID,SUBSCRIBES TO,SINCE,STATE,PAID UNTIL\n"), "{csv}");
    let lines = world.run(["users", "list", "--all", "-o", "jsonl"]).ok().stdout;
    for line in lines.lines() {
        assert!(serde_json::from_str::<serde_json::Value>(line).unwrap()["uid"].is_string());
    }
    assert_eq!(lines.lines().count(), rows.lines().count());
}

#[test]
fn filters_and_limits() {
    let world = World::new();
    world.sandbox.seed_followers(97, (0..250).map(|number| format!("UID_many{number}"))).unwrap();
    assert!(world.run(["users", "list", "--all"]).ok().stdout.lines().count() > 250);
    let run = world.run(["users", "list", "--limit", "120"]).ok();
    assert_eq!(run.stdout.lines().count(), 120);
    assert!(run.stderr.contains("there are more"), "{run:?}");
    for row in world.run(["users", "list", "--topic", "9701", "--all"]).ok().stdout.lines() {
        assert!(row.contains("(9701)"), "{row}");
    }
    assert_eq!(world.run(["users", "list", "--blocked"]).ok().stdout, "");
}

#[test]
fn changes_by_id_and_by_uid() {
    let world = World::new();
    let id = id_of(&world, ALICE);
    assert_eq!(world.run(["users", "block", &id]).ok().stdout, format!("blocked subscription {id}\n"));
    assert!(world.run(["users", "list", "--blocked"]).ok().stdout.contains(ALICE));
    world.run(["users", "unblock", ALICE]).failed(2, "--yes");
    world.run(["users", "unblock", ALICE, "--yes"]).ok();
    assert_eq!(world.run(["users", "list", "--blocked"]).ok().stdout, "");
    let deleted = world.run(["users", "delete", ALICE, "-y", "--json"]).ok().json();
    assert_eq!(deleted["outcome"]["ids"][0].to_string(), id);
    world.run(["users", "delete", ALICE, "-y"]).failed(3, "has no subscription");
    world.run(["users", "delete", "alice"]).failed(2, "neither an id");
    world.run(["users", "block", "999999"]).failed(3, "WxPusher responded with code");
}
