use super::support::*;

#[test]
fn checks_without_a_token_in_the_request() {
    let world = World::new();
    let run = world.run(["doctor", "--json"]);
    let checks = run.json()["outcome"]["checks"].clone();
    let names: Vec<_> = checks.as_array().unwrap().iter().map(|check| check["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["profile", "proxy", "token", "base URL", "DNS", "HTTP", "clock"], "{run:?}");
    assert_eq!(run.status, 0, "{run:?}");
    assert_eq!(world.sandbox.calls().len(), 0);
}

#[test]
fn names_problems_and_their_place() {
    let world = World::new();
    world.run(["doctor", "--base-url", "http://127.0.0.1:9"]).failed(5, "1 problems found");
    let run = run(world.command(["doctor", "--offline"]).env_remove("WXPUSHER_APP_TOKEN")).failed(1, "problems found");
    assert!(run.stdout.contains("✗\ttoken\tno app token: set WXPUSHER_APP_TOKEN"), "{run:?}");
    world.run(["doctor", "--base-url", "http://wxpusher.invalid"]).failed(1, "problems found");
}
