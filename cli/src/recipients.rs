//! The recipients of `send`, and lists of UIDs in files.

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

use clap::Args as ClapArgs;
use wxpusher::{Config, Limits};

use crate::context::Result;
use crate::failure::Failure;
use crate::tr;

#[derive(Debug, Default, ClapArgs)]
pub(crate) struct RecipientArgs {
    /// UID of a recipient; can be repeated [env: WXPUSHER_UIDS]
    #[arg(short, long = "uid", value_name = "UID")]
    pub(crate) uids: Vec<String>,
    /// File with one UID per line; `-` is standard input
    #[arg(long, value_name = "FILE")]
    pub(crate) uids_file: Option<PathBuf>,
    /// Id of a topic; can be repeated [env: WXPUSHER_TOPIC_IDS]
    #[arg(short, long = "topic", value_name = "ID", allow_negative_numbers = true)]
    pub(crate) topics: Vec<i64>,
}

/// The recipients of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Recipients {
    pub(crate) uids: Vec<String>,
    pub(crate) topic_ids: Vec<i64>,
}

impl RecipientArgs {
    /// Returns the recipients of the flags, or else those of the environment or profile.
    pub(crate) fn read(&self, config: &Config, limits: &Limits) -> Result<Recipients> {
        let mut uids = self.uids.clone();
        if let Some(file) = &self.uids_file {
            // One more than allowed is enough to know that there are too many.
            for uid in open_list(file, "--uids-file")?.take(limits.uids + 1) {
                uids.push(uid?);
            }
        }
        let mut topic_ids = self.topics.clone();
        if uids.is_empty() && topic_ids.is_empty() && self.uids_file.is_none() {
            uids = config.get_default_uids().to_vec();
            topic_ids = config.get_default_topic_ids().to_vec();
        }
        if uids.is_empty() && topic_ids.is_empty() {
            let text = tr!(
                "no recipient: give --uid, --uids-file or --topic, or set WXPUSHER_UIDS or WXPUSHER_TOPIC_IDS",
                "没有接收者：请给出 --uid、--uids-file 或 --topic，或设置 WXPUSHER_UIDS 或 WXPUSHER_TOPIC_IDS",
            );
            return Err(Failure::usage("--uid", text));
        }
        let max = limits.uids;
        if uids.len() > max {
            let text = tr!(
                "more than {max} UIDs: use wxpusher broadcast, which sends in batches",
                "UID 超过 {max} 个：请使用 wxpusher broadcast 分批发送",
            );
            return Err(Failure::usage("--uid", text));
        }
        Ok(Recipients { uids, topic_ids })
    }
}

/// Opens a list with one item per line. Blank lines and lines that begin with `#` are skipped.
pub(crate) fn open_list(file: &Path, flag: &'static str) -> Result<Box<dyn Iterator<Item = Result<String>>>> {
    let place = file.display().to_string();
    let cannot = move |error: io::Error| {
        Failure::usage(flag, tr!("{flag}: cannot read {place}: {error}", "{flag}：无法读取 {place}：{error}"))
    };
    let lines: Box<dyn BufRead> = if file == Path::new("-") {
        Box::new(BufReader::new(io::stdin()))
    } else {
        Box::new(BufReader::new(File::open(file).map_err(cannot.clone())?))
    };
    let items = lines.lines().enumerate().filter_map(move |(at, line)| match line {
        Ok(line) => {
            let line = if at == 0 { line.trim_start_matches('\u{feff}') } else { &line };
            let item = line.trim();
            (!item.is_empty() && !item.starts_with('#')).then(|| Ok(item.to_owned()))
        }
        Err(error) => Some(Err(cannot(error))),
    });
    Ok(Box::new(items))
}
