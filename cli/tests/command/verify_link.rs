use super::support::*;

const OLD: &str = "https://example.com/?uid=UID_test&ts=1700000000000&nonce=n1&sv=1\
                   &sign=d88fd4ef3d0b671fe9095ac5e59c8bb47a8b8f565c14336283a5c5a90c9b2db5";

#[test]
fn refuses_with_the_reason() {
    let world = World::new();
    let verify = |url: &str| run(world.command(["verify-link", url]).env("WXPUSHER_ENTRY_KEY", "testkey"));
    verify(OLD).failed(3, "stale");
    verify(&OLD.replace("UID_test", "UID_other")).failed(3, "forged");
    verify("https://example.com/?uid=UID_test").failed(3, "unsigned");
    world.run(["verify-link", OLD]).failed(2, "no verification key: set WXPUSHER_ENTRY_KEY or --key-file");
    let key = world.folder.write("key", "testkey\n");
    world.run(["verify-link", OLD, "--key-file", &key]).failed(3, "stale");
}
