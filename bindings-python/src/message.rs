//! What is sent, from what was passed.

use pyo3::prelude::*;
use wxpusher::{Message, SimplePush, Spt};

use crate::arguments::{flag, ids, maybe, refused, text, texts};
use crate::words::{content_type, verify_pay_type};

type Given<'a, 'py> = Option<&'a Bound<'py, PyAny>>;

/// The arguments that all messages share.
pub(crate) struct Words<'a, 'py> {
    pub(crate) content: &'a Bound<'py, PyAny>,
    pub(crate) content_type: Given<'a, 'py>,
    pub(crate) summary: Given<'a, 'py>,
    pub(crate) url: Given<'a, 'py>,
}

/// Who of a paid product receives it: one of two ways to say so.
pub(crate) struct Pay<'a, 'py> {
    pub(crate) verify_pay_type: Given<'a, 'py>,
    pub(crate) verify_pay: Given<'a, 'py>,
}

impl Words<'_, '_> {
    pub(crate) fn message(self, pay: Pay<'_, '_>) -> PyResult<Message> {
        let py = self.content.py();
        let Words { content, content_type: kind, summary, url } = self;
        let verify_pay = maybe("verify_pay", pay.verify_pay, flag)?;
        let verify_pay_type = maybe("verify_pay_type", pay.verify_pay_type, verify_pay_type)?;
        if verify_pay.is_some() && verify_pay_type.is_some() {
            return Err(refused(py, "verify_pay", "it says the same as verify_pay_type: give one of them"));
        }
        Ok(Message {
            content: text("content", content)?,
            content_type: maybe("content_type", kind, content_type)?.unwrap_or_default(),
            summary: maybe("summary", summary, text)?,
            uids: Vec::new(),
            topic_ids: Vec::new(),
            url: maybe("url", url, text)?,
            verify_pay_type: verify_pay_type.or(verify_pay.map(Into::into)),
        })
    }

    pub(crate) fn push(self, spts: Given<'_, '_>) -> PyResult<SimplePush> {
        let Words { content, content_type: kind, summary, url } = self;
        Ok(SimplePush {
            content: text("content", content)?,
            content_type: maybe("content_type", kind, content_type)?.unwrap_or_default(),
            summary: maybe("summary", summary, text)?,
            url: maybe("url", url, text)?,
            spts: maybe("spts", spts, texts)?.unwrap_or_default().into_iter().map(Spt::new).collect(),
        })
    }
}

pub(crate) fn add_targets(message: &mut Message, uids: Given<'_, '_>, topic_ids: Given<'_, '_>) -> PyResult<()> {
    message.uids = maybe("uids", uids, texts)?.unwrap_or_default();
    message.topic_ids = maybe("topic_ids", topic_ids, ids)?.unwrap_or_default();
    Ok(())
}
