use super::support::*;

fn create(world: &World, args: &[&str]) -> serde_json::Value {
    let run = world.run(["qrcode", "create", "forum-user-7", "--json"].iter().chain(args)).ok();
    run.json()["outcome"].clone()
}

#[test]
fn creates_and_writes_pictures() {
    let world = World::new();
    let (png, svg) = (world.folder.path("code.png"), world.folder.path("code.svg"));
    let args = ["--valid", "10m", "--png", png.to_str().unwrap(), "--svg", svg.to_str().unwrap()];
    let qrcode = create(&world, &args);
    assert_eq!(qrcode["extra"], "forum-user-7");
    assert!(std::fs::read(png).unwrap().starts_with(b"\x89PNG"));
    assert!(std::fs::read_to_string(svg).unwrap().contains("<svg"));
    let text = world.run(["qrcode", "create", "x"]).ok().stdout;
    assert!(text.starts_with("URL\t") && text.contains("\ncode\t") && !text.contains('█'), "{text}");
}

#[test]
fn queries_and_waits() {
    let world = World::new();
    let code = create(&world, &[])["code"].as_str().unwrap().to_owned();
    world.run(["qrcode", "query", &code]).ok().stderr.contains("has not been scanned");
    world.run(["qrcode", "wait", &code, "--for", "1ms"]).failed(7, "was not scanned within");
    world.run(["qrcode", "create", "x", "--wait=1ms"]).failed(7, "was not scanned within");
    world.sandbox.scan(&code, BOB).unwrap();
    assert_eq!(world.run(["qrcode", "query", &code]).ok().stdout, "UID_testbob\n");
    assert_eq!(world.run(["qrcode", "wait", &code, "--json"]).ok().json()["outcome"]["uid"], BOB);
}

#[test]
fn names_the_argument_that_is_wrong() {
    let world = World::new();
    world.run(["qrcode", "create", &"x".repeat(65)]).failed(2, "invalid value for EXTRA");
    world.run(["qrcode", "create", "x", "--valid", "31d"]).failed(2, "invalid value for --valid");
    world.run(["qrcode", "create", "x", "--png", "/nonexistent/x.png"]).failed(1, "--png: cannot write");
    world.run(["qrcode", "query", "nothing"]).failed(3, "1001");
}
