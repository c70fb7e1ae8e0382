use super::support::*;

#[test]
fn every_help_names_the_exit_statuses_or_an_example() {
    let world = World::new();
    let help = world.run(["send", "--help"]).ok().stdout;
    assert!(help.contains("WXPUSHER_APP_TOKEN") && help.contains("df -h | wxpusher send -"), "{help}");
    assert_eq!(world.run(["help", "send"]).ok().stdout, help);
}

#[test]
fn topics_are_printed() {
    let world = World::new();
    assert!(world.run(["help", "exit-codes"]).ok().stdout.contains("timeout                maybe  6 / 5"));
    assert!(world.run(["help", "environment"]).ok().stdout.contains("WXPUSHER_SPT_LIST"));
    assert!(world.run(["help", "json"]).ok().stdout.contains("{\"ok\": true"));
    world.run(["help", "nothing"]).failed(2, "no command or topic nothing");
    world.run(["sned"]).failed(2, "sned");
}
