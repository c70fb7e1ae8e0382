#[cfg(target_os = "linux")]
use std::{fs::File, process::Stdio};

use wxpusher_sandbox::FaultKind;

use super::support::*;

#[test]
fn sends_all_fields() {
    let world = World::new();
    let args = ["send", "**好**", "--markdown", "-u", ALICE, "--topic", "9701", "--summary", "-5%", "--url", "u"];
    let run = world.run(args).ok();
    assert!(run.stdout.starts_with("✓\tUID_testalice\t创建发送任务成功\t"), "{run:?}");
    assert_eq!(run.stderr, "");
    let message = &world.sandbox.inbox(ALICE).unwrap()[0];
    assert_eq!((message.content.as_deref(), message.content_type), (Some("**好**"), 3));
    assert_eq!((message.summary.as_str(), message.url.as_deref()), ("-5%", Some("u")));
}

#[test]
fn takes_text_from_everywhere() {
    let world = World::new();
    let file = world.folder.write("text", "\u{feff}from a file");
    world.run(["send", "-u", ALICE, "-m", "- list"]).ok();
    world.run(["send", "-u", ALICE, "-f", &file]).ok();
    world.run_with_input(["send", "-", "-u", ALICE, "--format", "html"], "<p>磁盘</p>".as_bytes()).ok();
    world.run(["send", "-hi", "-u", ALICE]).ok();
    world.run(["send", "-u", ALICE, "--", "--summary"]).ok();
    let invalid = world.run_with_input(["send", "-", "-u", ALICE], b"a\xffb").ok();
    assert!(invalid.stderr.contains("U+FFFD"), "{invalid:?}");
    let expected = ["- list", "from a file", "<p>磁盘</p>", "-hi", "--summary", "a\u{fffd}b"];
    assert_eq!(world.arrived(ALICE), expected);
}

#[test]
fn takes_recipients_from_files_and_variables() {
    let world = World::new();
    let file = world.folder.write("uids", "# ops\nUID_testalice\r\n\n");
    world.run(["send", "a", "--uids-file", &file]).ok();
    run(world.command(["send", "b"]).env("WXPUSHER_UIDS", ALICE)).ok();
    run(world.command(["send", "c", "-u", BOB]).env("WXPUSHER_UIDS", ALICE)).failed(3, "UID_testbob");
    assert_eq!(world.arrived(ALICE), ["a", "b"]);
    world.run(["send", "a", "--uids-file", "/nonexistent"]).failed(2, "--uids-file: cannot read /nonexistent");
    let many: String = (0..2001).map(|number| format!("UID_{number}\n")).collect();
    world.run_with_input(["send", "a", "--uids-file", "-"], many.as_bytes()).failed(2, "wxpusher broadcast");
}

#[test]
fn usage_errors_name_the_flag() {
    let world = World::new();
    world.run(["send", "x"]).failed(2, "no recipient: give --uid, --uids-file or --topic");
    world.run(["send", "-u", ALICE]).failed(2, "no text: give TEXT, -m TEXT or -f FILE");
    world.run(["send", "-u", ALICE, "--sumary", "x"]).failed(2, "'x'");
    world.run(["send", "--jsn", "-u", ALICE]).failed(2, "unknown option --jsn");
    world.run(["send", "x", "-u", ALICE, "--html", "--markdown"]).failed(2, "--markdown");
    world.run(["send", "x", "--topic", "abc"]).failed(2, "--topic");
    world.run(["send", "x", "-u", ALICE, "--timeout", "soon"]).failed(2, "--timeout");
    let long = "长".repeat(101);
    world
        .run(["send", "x", "-u", ALICE, "--summary", &long])
        .failed(2, "invalid value for --summary: must have at most 100");
    run(world.command(["send", "x", "-u", ALICE]).env_remove("WXPUSHER_APP_TOKEN"))
        .failed(2, "no app token: set WXPUSHER_APP_TOKEN, --token-file or a profile");
    assert_eq!(world.sandbox.calls().len(), 0);
}

#[test]
fn reads_the_token_from_a_file_or_standard_input() {
    let world = World::new();
    let file = world.folder.write("token", format!("{TOKEN}\n"));
    run(world.command(["send", "a", "-u", ALICE, "--token-file", &file]).env("WXPUSHER_APP_TOKEN", "AT_testwrong"))
        .ok();
    world.run_with_input(["send", "b", "-u", ALICE, "--token-file", "-"], TOKEN.as_bytes()).ok();
    world.run(["send", "c", "-u", ALICE, "--token-file", "/nonexistent"]).failed(2, "--token-file");
    assert_eq!(world.arrived(ALICE), ["a", "b"]);
}

#[test]
fn every_failure_has_its_status_and_one_json_document() {
    let world = World::new();
    let partly =
        world.run(["send", "x", "-u", ALICE, "-u", "UID_testnobody"]).failed(4, "1 of 2 recipients were refused");
    assert!(partly.stdout.contains("✗\tUID_testnobody\t1001 用户UID=[UID_testnobody]不存在"), "{partly:?}");

    let check = |run: Run, status: i32, kind: &str, sent: &str| {
        assert_eq!(run.status, status, "{run:?}");
        let error = &run.json()["error"];
        assert_eq!((&error["kind"], &error["sent"]), (&kind.into(), &sent.into()), "{run:?}");
    };
    let send = |uid: &str| world.run(["send", "x", "--json", "-u", uid]);
    check(send("UID_testnobody"), 3, "rejected", "yes");
    check(
        run(world.command(["send", "x", "--json", "-u", ALICE]).env("WXPUSHER_APP_TOKEN", "AT_testwrong")),
        3,
        "api",
        "yes",
    );
    check(world.run(["send", "--json", "--nonsense=1", "x", "y"]), 2, "invalid_argument", "no");
    check(world.run(["send", "--json", "x"]), 2, "invalid_argument", "no");
    check(world.run(["send", "--json", "x", "-u", ALICE, "--ca-file", "/nonexistent"]), 2, "invalid_argument", "no");
    world.answer(502, "<html>");
    check(send(ALICE), 6, "http_status", "yes");
    world.answer(404, "<html>");
    check(send(ALICE), 3, "http_status", "yes");
    world.answer(200, "<html>");
    check(send(ALICE), 6, "invalid_response", "yes");
    world.inject(FaultKind::Hang);
    check(world.run(["send", "x", "--json", "-u", ALICE, "--timeout", "300ms"]), 6, "timeout", "maybe");
    world.inject(FaultKind::Reset);
    check(send(ALICE), 6, "transport", "maybe");
    check(world.run(["send", "x", "--json", "-u", ALICE, "--base-url", "http://127.0.0.1:9"]), 5, "connect", "no");
    assert!(send(ALICE).ok().json()["outcome"]["allOk"] == true);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_or_closed_standard_output_does_not_change_the_status() {
    let world = World::new();
    for args in [["send", "x", "-u", ALICE, "-v"], ["send", "x", "-u", ALICE, "--json"]] {
        let mut full = world.command(args);
        full.stdin(Stdio::null()).stdout(File::options().write(true).open("/dev/full").unwrap()).stderr(Stdio::piped());
        let run = end(full.spawn().unwrap()).ok();
        assert!(run.stderr.contains("cannot write to standard output"), "{run:?}");
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let mut closed = world.command(args);
        closed.stdin(Stdio::null()).stdout(writer).stderr(Stdio::piped());
        let run = end(closed.spawn().unwrap()).ok();
        assert!(!run.stderr.contains("pipe"), "{run:?}");
    }
    assert_eq!(world.arrived(ALICE).len(), 4, "each command sent once");
    let mut read = world.command(["help", "json"]);
    read.stdin(Stdio::null()).stdout(File::options().write(true).open("/dev/full").unwrap()).stderr(Stdio::piped());
    assert_eq!(end(read.spawn().unwrap()).status, 1);
}

#[test]
fn long_texts_fail_or_are_split_or_shortened() {
    let world = World::new();
    let long = "磁盘 & 内存\n".repeat(9_000);
    let send = |how: &str| world.run_with_input(["send", "-", "-u", ALICE, "--on-long", how], long.as_bytes());
    send("fail").failed(2, "--on-long split");
    assert!(world.arrived(ALICE).is_empty());
    send("truncate").ok();
    send("split").ok();
    let arrived = world.arrived(ALICE);
    assert!(arrived[0].ends_with('…') && arrived[0].chars().count() <= 40_000);
    assert!(arrived.len() > 2 && arrived[1].starts_with("(1/"), "{}", arrived.len());
}

#[test]
fn endless_input_is_read_only_as_far_as_the_limit() {
    let world = World::new();
    let mut child = start(&mut world.command(["send", "-", "-u", ALICE]));
    let mut stdin = child.stdin.take().unwrap();
    let error = std::io::copy(&mut std::io::repeat(b'y'), &mut stdin);
    assert!(error.is_err(), "the command stopped reading");
    drop(stdin);
    end(child).failed(2, "longer than 65535 bytes");
}

#[test]
fn dry_run_checks_and_sends_nothing() {
    let world = World::new();
    let run = world.run(["send", "x", "-u", ALICE, "--paid-only", "--dry-run", "--json"]).ok();
    let request = run.json()["outcome"]["requests"][0].clone();
    assert_eq!((&request["content"], &request["verifyPayType"]), (&"x".into(), &1.into()));
    world.run(["send", "", "-u", ALICE, "--dry-run"]).failed(2, "invalid value for TEXT");
    assert_eq!(world.sandbox.calls().len(), 0);
}

#[test]
fn waits_for_the_status() {
    let world = World::new();
    let run = world.run(["send", "x", "-u", ALICE, "--wait=1ms", "--json"]).failed(7, "the message was sent");
    assert_eq!(run.json()["outcome"]["statuses"][0]["code"], 1);
    let run = world.run(["send", "x", "-u", ALICE, "--wait", "--json"]).ok();
    assert_eq!(run.json()["outcome"]["statuses"][0]["code"], 2);
}

#[test]
fn escapes_control_characters_of_the_server() {
    let world = World::new();
    world.answer(200, r#"{"code":1001,"msg":"a\u001b[2Jb","data":null,"success":false}"#);
    let run = world.run(["send", "x", "-u", ALICE]).failed(3, r"a\x1b[2Jb");
    assert!(!run.stderr.contains('\u{1b}'));
}

#[test]
fn quiet_prints_errors_only() {
    let world = World::new();
    let run = world.run(["send", "x", "-u", ALICE, "-q"]).ok();
    assert_eq!((run.stdout.as_str(), run.stderr.as_str()), ("", ""));
}
