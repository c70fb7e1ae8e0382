//! Running the command in an environment of its own.

use std::ffi::OsStr;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::Value;
use wxpusher_sandbox::{CannedResponse, Fault, FaultKind, Sandbox};

pub(crate) const TOKEN: &str = "AT_testdemo";
pub(crate) const ALICE: &str = "UID_testalice";
pub(crate) const BOB: &str = "UID_testbob";

/// The end of a command.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) status: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Run {
    /// The one JSON document on standard output.
    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        let document: Value = serde_json::from_str(&self.stdout)
            .unwrap_or_else(|error| panic!("not one JSON document ({error}): {self:?}"));
        assert_eq!(document["exit"], self.status, "{self:?}");
        assert_eq!(document["ok"], self.status == 0, "{self:?}");
        document
    }

    #[track_caller]
    pub(crate) fn ok(self) -> Self {
        assert_eq!(self.status, 0, "{self:?}");
        self
    }

    #[track_caller]
    pub(crate) fn failed(self, status: i32, text: &str) -> Self {
        assert_eq!(self.status, status, "{self:?}");
        assert!(self.stderr.contains(text), "{text:?} is not in {self:?}");
        self
    }
}

/// A folder that is removed at the end of the test.
#[derive(Debug)]
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new() -> Self {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("wxpusher-cli-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, content).unwrap();
        path.to_str().unwrap().to_owned()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A sandbox, and a folder that holds the configuration.
#[derive(Debug)]
pub(crate) struct World {
    pub(crate) sandbox: Sandbox,
    pub(crate) folder: Folder,
}

impl World {
    pub(crate) fn new() -> Self {
        Self { sandbox: Sandbox::start().unwrap(), folder: Folder::new() }
    }

    /// The command with the token of the sandbox's app.
    pub(crate) fn command<S: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = S>) -> Command {
        let mut command = bare(self.folder.path("").as_path(), args);
        command.env("WXPUSHER_APP_TOKEN", TOKEN).env("WXPUSHER_BASE_URL", self.sandbox.url());
        command
    }

    pub(crate) fn run<S: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = S>) -> Run {
        run(&mut self.command(args))
    }

    pub(crate) fn run_with_input<S: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = S>, input: &[u8]) -> Run {
        run_with_input(&mut self.command(args), input)
    }

    /// The texts that arrived for a user.
    pub(crate) fn arrived(&self, uid: &str) -> Vec<String> {
        self.sandbox.inbox(uid).unwrap().into_iter().filter_map(|message| message.content).collect()
    }

    pub(crate) fn inject(&self, fault: FaultKind) {
        self.sandbox.inject(Fault::new(fault)).unwrap();
    }

    pub(crate) fn answer(&self, status: u16, body: &str) {
        self.inject(FaultKind::Response(CannedResponse { status, headers: Default::default(), body: body.into() }));
    }
}

/// The command without any setting.
pub(crate) fn bare<S: AsRef<OsStr>>(home: &Path, args: impl IntoIterator<Item = S>) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wxpusher"));
    for (name, _) in std::env::vars_os() {
        let is_setting = name.to_str().is_some_and(|name| name.starts_with("WXPUSHER_") || name.starts_with("LC_"));
        if is_setting {
            command.env_remove(name);
        }
    }
    command.env("LANG", "C").env("HOME", home).env("XDG_CONFIG_HOME", home.join("config")).env("APPDATA", home);
    command.env_remove("NO_COLOR").args(args);
    command
}

pub(crate) fn run(command: &mut Command) -> Run {
    run_with_input(command, b"")
}

pub(crate) fn start(command: &mut Command) -> Child {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

pub(crate) fn run_with_input(command: &mut Command, input: &[u8]) -> Run {
    let mut child = start(command);
    // The command may end without reading all of it.
    let _ = child.stdin.take().unwrap().write_all(input);
    end(child)
}

/// Waits for the end. No token may be shown.
pub(crate) fn end(child: Child) -> Run {
    let output = child.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    let run =
        Run { status: output.status.code().unwrap_or(-1), stdout: text(output.stdout), stderr: text(output.stderr) };
    for secret in [TOKEN, "AT_testwrong", "SPT_testalice"] {
        assert!(!run.stdout.contains(secret) && !run.stderr.contains(secret), "a token is shown: {run:?}");
    }
    run
}
