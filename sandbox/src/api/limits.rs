//! The limits of the service.

use super::content_size;
use crate::world::{Draft, Refusal};

const CONTENT_CHARS: usize = 40_000;
const CONTENT_BYTES: usize = 65_535;
const SUMMARY_CHARS: usize = 100;
const URL_CHARS: usize = 1_000;
const EXTRA_CHARS: usize = 64;

pub(super) const UIDS: usize = 2_000;
pub(super) const TOPIC_IDS: usize = 5;
pub(super) const SPTS: usize = 10;
pub(super) const PAGE_SIZE: i64 = 100;
pub(super) const VALID_SECONDS: i64 = 30 * 24 * 60 * 60;

pub(super) fn check_draft(draft: &Draft) -> Result<(), Refusal> {
    if draft.content.is_empty() {
        return Err(Refusal::business("发送内容content不能为空"));
    }
    check_content(&draft.content)?;
    check_content(&content_size::as_html(&draft.content, draft.content_type))?;
    if let Some(summary) = &draft.summary {
        at_most("summary", summary, SUMMARY_CHARS)?;
    }
    if let Some(url) = &draft.url {
        at_most("url", url, URL_CHARS)?;
    }
    if (1..=3).contains(&draft.content_type) {
        Ok(())
    } else {
        Err(Refusal::business("contentType不正确，只能是1、2、3"))
    }
}

fn check_content(content: &str) -> Result<(), Refusal> {
    at_most("content", content, CONTENT_CHARS)?;
    if content.len() > CONTENT_BYTES {
        return Err(Refusal::business(format!("content长度不能超过{CONTENT_BYTES}字节")));
    }
    Ok(())
}

pub(super) fn check_extra(extra: &str) -> Result<(), Refusal> {
    if extra.is_empty() {
        return Err(Refusal::business("extra不能为空"));
    }
    at_most("extra", extra, EXTRA_CHARS)
}

pub(super) fn check_count<T>(name: &str, members: &[T], most: usize) -> Result<(), Refusal> {
    if members.len() > most {
        return Err(Refusal::business(format!("{name}数量不能超过{most}")));
    }
    Ok(())
}

fn at_most(name: &str, text: &str, most: usize) -> Result<(), Refusal> {
    // A text of at most this many bytes has no more characters.
    if text.len() > most && text.chars().count() > most {
        return Err(Refusal::business(format!("{name}长度不能超过{most}个字符")));
    }
    Ok(())
}
