//! The command on a terminal of its own: colors, drawings, prompts, Ctrl-C.
#![cfg(target_os = "linux")]

use std::fs::File;
use std::io::{Read, Write};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use rustix::fs::{Mode, OFlags, open};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{LocalModes, tcgetattr};
use wxpusher_sandbox::FaultKind;

use super::support::*;

struct Terminal {
    child: Child,
    keyboard: File,
    screen: Arc<Mutex<String>>,
    reader: JoinHandle<()>,
}

impl Terminal {
    /// Starts a command with a controlling terminal, which `setsid` gives it.
    fn start(command: &Command) -> Self {
        let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
        grantpt(&master).unwrap();
        unlockpt(&master).unwrap();
        let name = ptsname(&master, Vec::new()).unwrap();
        let slave = File::from(open(&*name, OFlags::RDWR | OFlags::NOCTTY, Mode::empty()).unwrap());
        let mut child = Command::new("setsid");
        child.args(["--ctty", "--wait"]).arg(command.get_program()).args(command.get_args()).env_clear();
        for (name, value) in std::env::vars_os().filter(|(name, _)| name == "PATH") {
            child.env(name, value);
        }
        child.envs(command.get_envs().filter_map(|(name, value)| Some((name, value?)))).env("TERM", "xterm");
        let end = || Stdio::from(slave.try_clone().unwrap());
        let child = child.stdin(end()).stdout(end()).stderr(end()).spawn().unwrap();
        let keyboard = File::from(master);
        let mut output = keyboard.try_clone().unwrap();
        let screen = Arc::new(Mutex::new(String::new()));
        let shown = Arc::clone(&screen);
        let reader = thread::spawn(move || {
            let mut bytes = Vec::new();
            let mut buffer = [0; 4096];
            // The end of a terminal is an error, EIO.
            while let Ok(count @ 1..) = output.read(&mut buffer) {
                bytes.extend_from_slice(&buffer[..count]);
                *shown.lock().unwrap() = String::from_utf8_lossy(&bytes).into_owned();
            }
        });
        Self { child, keyboard, screen, reader }
    }

    #[track_caller]
    fn wait_for(&self, text: &str) {
        let end = Instant::now() + Duration::from_secs(20);
        while !self.screen.lock().unwrap().contains(text) {
            assert!(Instant::now() < end, "{text:?} is not on the screen: {}", self.screen.lock().unwrap());
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// Waits until the command catches SIGINT. `setsid` becomes the command, so that it has the process id.
    fn wait_for_signal_handler(&self) {
        let path = format!("/proc/{}/status", self.child.id());
        let catches = || {
            let status = std::fs::read_to_string(&path).unwrap_or_default();
            let mask = status.lines().find_map(|line| line.strip_prefix("SigCgt:")).unwrap_or("0");
            u64::from_str_radix(mask.trim(), 16).unwrap_or(0) & 0b10 != 0
        };
        let end = Instant::now() + Duration::from_secs(20);
        while !catches() {
            assert!(Instant::now() < end, "SIGINT is not caught");
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// Waits until what is typed is not shown.
    fn wait_for_hidden_input(&self) {
        let is_shown = || tcgetattr(&self.keyboard).unwrap().local_modes.contains(LocalModes::ECHO);
        let end = Instant::now() + Duration::from_secs(20);
        while is_shown() {
            assert!(Instant::now() < end, "the input is shown");
            thread::sleep(Duration::from_millis(5));
        }
    }

    fn press(&mut self, keys: &str) {
        self.keyboard.write_all(keys.as_bytes()).unwrap();
    }

    /// Waits for the end of the command; returns its status and the screen.
    fn end(mut self) -> (i32, String) {
        let status = self.child.wait().unwrap().code().unwrap();
        drop(self.keyboard);
        self.reader.join().unwrap();
        let screen = self.screen.lock().unwrap().clone();
        // The sandbox prints the token of its own app.
        assert!(!screen.contains(TOKEN) || screen.contains("In another terminal"), "a token is shown: {screen}");
        (status, screen)
    }
}

#[test]
fn colors_and_aligned_tables() {
    let world = World::new();
    let args = ["send", "x", "-u", ALICE, "-u", "UID_testnobody"];
    let (status, screen) = Terminal::start(&world.command(args)).end();
    assert_eq!(status, 4, "{screen}");
    assert!(screen.contains("\x1b[32m✓\x1b[0m") && screen.contains("\x1b[31m✗\x1b[0m"), "{screen}");
    assert!(screen.contains("RECIPIENT"), "{screen}");
    let mut plain = world.command(args);
    plain.env("NO_COLOR", "1");
    let (_, screen) = Terminal::start(&plain).end();
    assert!(screen.contains('✓') && !screen.contains("\x1b[32m"), "{screen}");
}

#[test]
fn qr_code_is_drawn() {
    let world = World::new();
    let (status, screen) = Terminal::start(&world.command(["qrcode", "create", "x"])).end();
    assert!(status == 0 && screen.matches('▀').count() > 20 && screen.contains("\x1b[97;40m"), "{screen}");
}

#[test]
fn progress_of_a_broadcast() {
    let world = World::new();
    let uids: Vec<String> = (0..4001).map(|number| format!("UID_crowd{number}")).collect();
    world.sandbox.seed_followers(97, &uids).unwrap();
    let file = world.folder.write("uids", uids.join("\n"));
    let (status, screen) = Terminal::start(&world.command(["broadcast", "x", "--uids", &file])).end();
    assert!(status == 0 && screen.contains("/4001") && screen.contains("accepted 4001, refused 0"), "{screen}");
}

#[test]
fn secrets_are_typed_unseen() {
    let world = World::new();
    let mut terminal = Terminal::start(&world.command(["config", "set", "app_token"]));
    terminal.wait_for("app_token: ");
    terminal.wait_for_hidden_input();
    terminal.press("AT_testdemo\r");
    assert_eq!(terminal.end().0, 0);
    assert_eq!(world.run(["config", "get", "app_token"]).ok().stdout, "AT_***\n");
}

#[test]
fn questions_are_asked() {
    let world = World::new();
    let (status, screen) = Terminal::start(&world.command(["users", "delete", ALICE, "--no-input"])).end();
    assert!(status == 2 && screen.contains("--yes"), "{screen}");
    for (answer, status) in [("n", 1), ("", 1), ("y", 0)] {
        let mut terminal = Terminal::start(&world.command(["users", "delete", ALICE]));
        terminal.wait_for("[y/N]");
        terminal.press(&format!("{answer}\r"));
        assert_eq!(terminal.end().0, status, "{answer:?}");
    }
    world.run(["users", "delete", ALICE, "-y"]).failed(3, "has no subscription");
}

#[test]
fn ctrl_c_ends_every_wait() {
    let world = World::new();
    let code =
        world.run(["qrcode", "create", "x", "--json"]).ok().json()["outcome"]["code"].as_str().unwrap().to_owned();
    let sent = world.run(["send", "x", "-u", ALICE, "--json"]).ok().json();
    let record = sent["outcome"]["targets"][0]["sendRecordId"].to_string();
    let places: [(&[&str], &str); 6] = [
        (&["qrcode", "wait", &code], "waiting for a scan"),
        (&["status", &record, "--wait"], "waiting for record"),
        (&["listen", "--addr", "127.0.0.1:0"], "listening on"),
        (&["sandbox", "--listen", "127.0.0.1:0"], "Ctrl-C"),
        (&["users", "delete", ALICE], "[y/N]"),
        (&["config", "set", "app_token"], "app_token: "),
    ];
    for (args, shown) in places {
        let mut terminal = Terminal::start(&world.command(args));
        terminal.wait_for(shown);
        if args[0] == "config" {
            terminal.wait_for_hidden_input();
        }
        terminal.press("\x03");
        let (status, screen) = terminal.end();
        // Ctrl-C is the regular end of a sandbox.
        let expected = if args[0] == "sandbox" { 0 } else { 130 };
        assert_eq!(status, expected, "{args:?}: {screen}");
    }
}

#[test]
fn ctrl_c_ends_the_reading_of_a_text_and_a_broadcast() {
    let world = World::new();
    let mut terminal = Terminal::start(&world.command(["send", "-", "-u", ALICE]));
    terminal.wait_for_signal_handler();
    terminal.press("half a text\r");
    terminal.press("\x03");
    assert_eq!(terminal.end().0, 130);

    world.inject(FaultKind::Hang);
    let (uids, state) = (world.folder.write("uids", ALICE), world.folder.path("state"));
    let args = ["broadcast", "x", "--uids", &uids, "--state", state.to_str().unwrap()];
    let mut terminal = Terminal::start(&world.command(args));
    assert!(world.sandbox.wait_for_calls(1, Duration::from_secs(20)));
    terminal.press("\x03");
    let (status, screen) = terminal.end();
    assert!(status == 130 && screen.contains("batches that may have been sent: 1"), "{status} {screen}");
    assert!(std::fs::read_to_string(state).unwrap().contains("\"outcome\":\"maybe\""));
}

#[test]
fn ctrl_c_during_a_send_says_whether_it_may_have_been_sent() {
    let world = World::new();
    world.inject(FaultKind::Hang);
    let mut terminal = Terminal::start(&world.command(["send", "x", "-u", ALICE]));
    assert!(world.sandbox.wait_for_calls(1, Duration::from_secs(20)));
    terminal.press("\x03");
    let (status, screen) = terminal.end();
    assert!(status == 130 && screen.contains("the request may have reached WxPusher"), "{status} {screen}");
}
