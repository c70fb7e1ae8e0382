//! `wxpusher sandbox`.

use std::io::{self, Write};
use std::thread;

use wxpusher_sandbox::{Sandbox, Seed};

use crate::args::SandboxArgs;
use crate::exit::{Failure, LOCAL};

pub(crate) fn run(args: &SandboxArgs) -> Result<(), Failure> {
    let sandbox = Sandbox::builder()
        .listen(args.listen)
        .seed(Seed::demo())
        .start()
        .map_err(|error| Failure::new(LOCAL, format!("cannot listen on {}: {error}", args.listen)))?;
    let url = sandbox.url();
    let mut out = io::stdout().lock();
    writeln!(
        out,
        "A WxPusher runs on this machine: {url}\n\
         \n\
         In another terminal:\n\
         \x20 export WXPUSHER_BASE_URL={url} WXPUSHER_APP_TOKEN=AT_testdemo\n\
         \x20 wxpusher send '你好' --uid UID_testalice\n\
         \x20 curl {url}/sandbox            # what it can do\n\
         \n\
         Ctrl-C ends it, and with it everything it remembers."
    )?;
    out.flush()?;
    loop {
        thread::park();
    }
}
