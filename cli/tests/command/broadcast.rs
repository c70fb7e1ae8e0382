use std::time::Duration;

use wxpusher_sandbox::{Fault, FaultKind};

use super::support::*;

const BATCH: usize = 2000;

/// A world with this many subscribers, and the list of their UIDs.
fn crowd(count: usize) -> (World, String) {
    let world = World::new();
    let uids: Vec<String> = (0..count).map(|number| format!("UID_crowd{number:05}")).collect();
    world.sandbox.seed_followers(97, &uids).unwrap();
    let file = world.folder.write("uids", uids.join("\n"));
    (world, file)
}

/// The number of messages per user, for the users whose numbers are given.
fn received(world: &World, numbers: &[usize]) -> Vec<usize> {
    numbers.iter().map(|number| world.arrived(&format!("UID_crowd{number:05}")).len()).collect()
}

fn args<'a>(file: &'a str, state: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    let mut args = vec!["broadcast", "x", "--uids", file, "--state", state];
    args.extend(more);
    args
}

#[test]
fn sends_batches_without_duplicates() {
    let (world, file) = crowd(BATCH + 500);
    let doubled =
        world.folder.write("doubled", format!("{0}\n{0}\nUID_testnobody\n", std::fs::read_to_string(&file).unwrap()));
    let run = world.run(["broadcast", "x", "--uids", &doubled, "--json"]);
    assert_eq!(run.status, 4, "{run:?}");
    let lines: Vec<serde_json::Value> = run.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!((lines.len(), &lines[0]["accepted"], &lines[1]["failed"]), (3, &2000.into(), &1.into()));
    assert_eq!(lines[1]["refused"][0]["uid"], "UID_testnobody");
    let totals = &lines[2]["outcome"];
    assert_eq!(
        (&totals["accepted"], &totals["duplicates"], &lines[2]["exit"]),
        (&2500.into(), &2500.into(), &4.into())
    );
    assert_eq!(received(&world, &[0, 1999, 2000, 2499]), [1, 1, 1, 1]);
}

#[test]
fn takes_uids_from_standard_input_and_refuses_two_uses_of_it() {
    let world = World::new();
    let run = world.run_with_input(["broadcast", "x", "--uids", "-"], b"UID_testalice\n").ok();
    assert!(run.stdout.starts_with("1 accepted, 0 not accepted"), "{run:?}");
    world.run(["broadcast", "-", "--uids", "-"]).failed(2, "--uids: standard input is the text already");
    world.run(["broadcast", "x"]).failed(2, "--uids");
    world.run(["broadcast", "", "--uids", "-"]).failed(2, "invalid value for TEXT");
}

#[test]
fn all_users_needs_confirmation_and_skips_blocked_users() {
    let world = World::new();
    world.run(["users", "block", ALICE, "--yes"]).ok();
    world.run(["broadcast", "x", "--all-users"]).failed(2, "Add --yes");
    world.sandbox.seed_followers(97, ["UID_carol"]).unwrap();
    world.run(["broadcast", "x", "--all-users", "--yes"]).ok();
    assert_eq!((world.arrived(ALICE).len(), world.arrived("UID_carol").len()), (0, 1));
}

#[cfg(unix)]
#[test]
fn killed_between_begin_and_done_the_batch_is_skipped_and_listed() {
    let (world, file) = crowd(2 * BATCH + 500);
    let state = world.folder.path("state").to_str().unwrap().to_owned();
    // The second request is carried out, and its response never comes.
    world.inject(FaultKind::Delay { ms: 1 });
    world.sandbox.inject(Fault::new(FaultKind::Hang).carried_out()).unwrap();
    let mut child = start(&mut world.command(args(&file, &state, &[])));
    assert!(world.sandbox.wait_for_calls(2, Duration::from_secs(20)));
    child.kill().unwrap();
    child.wait().unwrap();
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(&state).unwrap().permissions().mode() & 0o777, 0o600);
    }
    let text = std::fs::read_to_string(&state).unwrap();
    assert!(text.contains("\"done\":1") && text.contains("\"begin\":2") && !text.contains("\"done\":2"), "{text}");
    assert!(!text.contains("UID_"), "{text}");

    world.run(args(&file, &state, &[])).failed(2, "--resume");
    let resumed = world.run(args(&file, &state, &["--resume", "--json"])).ok();
    let last: serde_json::Value = serde_json::from_str(resumed.stdout.lines().last().unwrap()).unwrap();
    assert_eq!((&last["outcome"]["maybeSentBatches"][0], &last["outcome"]["skippedBatches"]), (&2.into(), &2.into()));
    assert_eq!(received(&world, &[0, BATCH, 2 * BATCH]), [1, 1, 1]);

    world.run(args(&file, &state, &["--resume", "--retry-maybe"])).ok();
    assert_eq!(received(&world, &[0, BATCH, 2 * BATCH]), [1, 2, 1]);
}

#[cfg(unix)]
#[test]
fn killed_before_the_request_or_after_done_nothing_is_sent_twice() {
    let (world, file) = crowd(BATCH + 500);
    let state = world.folder.path("state").to_str().unwrap().to_owned();
    // The connection of the second batch hangs before the request is carried out.
    world.inject(FaultKind::Delay { ms: 1 });
    world.inject(FaultKind::Hang);
    let mut child = start(&mut world.command(args(&file, &state, &[])));
    assert!(world.sandbox.wait_for_calls(2, Duration::from_secs(20)));
    child.kill().unwrap();
    child.wait().unwrap();
    world.run(args(&file, &state, &["--resume"])).failed(0, "batches that may have been sent: 2");
    assert_eq!(received(&world, &[0, BATCH]), [1, 0]);
    world.run(args(&file, &state, &["--resume", "--retry-maybe"])).ok();
    world.run(args(&file, &state, &["--resume"])).ok();
    assert_eq!(received(&world, &[0, BATCH]), [1, 1]);
}

#[test]
fn resume_refuses_another_message_or_list() {
    let (world, file) = crowd(BATCH + 1);
    let state = world.folder.path("state").to_str().unwrap().to_owned();
    world.run(args(&file, &state, &["--resume"])).failed(2, "nothing to resume");
    world.run(args(&file, &state, &[])).ok();
    let other = ["broadcast", "y", "--uids", &file, "--state", &state, "--resume"];
    world.run(other).failed(2, "belongs to another message");
    let changed = world.folder.write("changed", format!("UID_testalice\n{}", std::fs::read_to_string(&file).unwrap()));
    world.run(args(&changed, &state, &["--resume"])).failed(2, "the UIDs of batch 1 are not those of the state file");
    let shorter = world.folder.write("shorter", std::fs::read_to_string(&file).unwrap().rsplit_once('\n').unwrap().0);
    world.run(args(&shorter, &state, &["--resume"])).failed(2, "more batches than the list");
    world.folder.write("state", "{\"broadcast\":1}\nnonsense\n");
    world.run(args(&file, &state, &["--resume"])).failed(2, "--resume");
}

#[test]
fn stops_at_an_error_and_says_that_repeating_is_not_safe() {
    let (world, file) = crowd(BATCH + 1);
    let state = world.folder.path("state").to_str().unwrap().to_owned();
    world.inject(FaultKind::Delay { ms: 1 });
    world.answer(404, "gone");
    let run = world.run(args(&file, &state, &["--json"]));
    assert_eq!(run.status, 4, "{run:?}");
    world.run(args(&file, &state, &["--resume"])).ok();
    assert_eq!(received(&world, &[0, BATCH]), [1, 1]);
    assert_eq!(world.sandbox.calls().len(), 3);
}
