use super::support::*;

#[test]
fn secrets_come_from_standard_input_and_are_masked() {
    let world = World::new();
    world.run(["config", "set", "app_token", "AT_testarg"]).failed(2, "app_token is a secret");
    world.run_with_input(["config", "set", "app_token", "-"], b"AT_testdemo\n").ok();
    world.run(["config", "set", "app_token", "--no-input"]).failed(2, "no value for app_token");
    assert_eq!(world.run(["config", "get", "app_token"]).ok().stdout, "AT_***\n");
    assert!(world.run(["config", "list"]).ok().stdout.contains("app_token\tAT_***\n"));
    let path = world.run(["config", "path"]).ok().stdout;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(path.trim()).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        let sent = |world: &World| run(world.command(["send", "x", "-u", ALICE]).env_remove("WXPUSHER_APP_TOKEN")).ok();
        assert_eq!(sent(&world).stderr, "");
        std::fs::set_permissions(path.trim(), std::fs::Permissions::from_mode(0o644)).unwrap();
        assert!(sent(&world).stderr.contains("others can read it"));
    }
}

#[test]
fn checks_names_and_values() {
    let world = World::new();
    world.run(["config", "set", "tokn", "x"]).failed(2, "no setting tokn");
    world.run(["config", "set", "timeout", "soon"]).failed(2, "timeout: must be a number with");
    world.run(["config", "set", "max_retries", "many"]).failed(2, "max_retries: must be a number");
    world.run(["config", "set", "timeout", "3s"]).ok();
    assert_eq!(world.run(["config", "get", "timeout"]).ok().stdout, "3s\n");
    world.run(["config", "set", "timeout", ""]).ok();
    assert!(world.run(["config", "get", "timeout"]).ok().stderr.contains("does not set timeout"));
}

#[test]
fn flag_before_environment_before_profile() {
    let world = World::new();
    let url = world.sandbox.url().to_owned();
    world.run(["config", "set", "base_url", &url]).ok();
    world.run(["config", "set", "uids", ALICE]).ok();
    run(world.command(["send", "a"]).env_remove("WXPUSHER_BASE_URL")).ok();
    run(world.command(["send", "b"]).env("WXPUSHER_BASE_URL", "http://127.0.0.1:9")).failed(5, "cannot connect");
    run(world.command(["send", "c", "--base-url", &url]).env("WXPUSHER_BASE_URL", "http://127.0.0.1:9")).ok();
    run(world.command(["send", "d"]).env("WXPUSHER_UID", BOB).env_remove("WXPUSHER_BASE_URL")).failed(3, BOB);
    assert_eq!(world.arrived(ALICE), ["a", "c"]);
}

#[test]
fn a_broken_file_is_named_without_its_text() {
    let world = World::new();
    world.folder.write("config/wxpusher/config.toml", "[profile.default]\napp_token = AT_testdemo\n");
    world.run(["send", "x", "-u", ALICE]).failed(1, "line 2 is not valid TOML");
}

#[cfg(unix)]
#[test]
fn token_command_is_run_unless_others_can_change_it() {
    use std::os::unix::fs::PermissionsExt;
    let world = World::new();
    let token = world.folder.write("token", TOKEN);
    world.run(["config", "set", "token_command", &format!("cat '{token}'")]).ok();
    let send = || run(world.command(["send", "x", "-u", ALICE]).env_remove("WXPUSHER_APP_TOKEN"));
    send().ok();
    let file = world.folder.path("config/wxpusher/config.toml");
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o666)).unwrap();
    send().failed(2, "others can write the file");
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o600)).unwrap();
    world.run(["config", "set", "token_command", "exit 3"]).ok();
    send().failed(2, "printed no token");
}
