//! What became of a send, target by target.

use pyo3::prelude::*;
use pyo3::types::{PyList, PyTuple};
use wxpusher::{Error, ErrorKind, Sent};

use crate::error::raise;
use crate::record::record;

/// The code of a target for which a sending task was created.
const ACCEPTED: i64 = 1000;

record! {
    /// What WxPusher answered to one send.
    ///
    /// At least one target was accepted, else the call had raised `RejectedError`. Accepted means that WxPusher created a
    /// sending task, not that somebody has seen the message.
    SendOutcome {
        /// The id of the message's landing page, shared by all targets; what `delete_message` takes.
        message_content_id: Option<i64>,
        /// One `TargetResult` per target: uids first, then topics, in the order asked, duplicates collapsed.
        targets: Py<PyTuple>,
    }

    /// The targets for which a sending task was created.
    #[getter]
    fn succeeded<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        self.filter(py, true)
    }

    /// The targets for which none was.
    #[getter]
    fn failed<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        self.filter(py, false)
    }

    /// Whether every target was accepted.
    #[getter]
    fn all_ok(&self, py: Python<'_>) -> PyResult<bool> {
        Ok(self.failed(py)?.is_empty())
    }

    /// Returns this outcome when every target was accepted.
    ///
    /// Raises:
    ///     RejectedError: a target was not; the error carries this outcome.
    fn ensure_all(slf: Bound<'_, Self>) -> PyResult<Bound<'_, Self>> {
        let py = slf.py();
        if slf.get().all_ok(py)? {
            return Ok(slf);
        }
        let outcome = slf.get().to_core(py)?;
        Err(raise(py, Error::new(ErrorKind::Rejected { outcome }, Sent::Yes)))
    }
}

record! {
    /// What became of one target.
    TargetResult {
        /// The user this is about; None for a topic.
        uid: Option<String>,
        /// The topic this is about; None for a user.
        topic_id: Option<i64>,
        /// The message id of the 2022 document, deprecated by WxPusher; what `query_message_status` takes.
        message_id: Option<i64>,
        /// The id of this delivery; what `query_status` takes.
        send_record_id: Option<i64>,
        /// 1000 when a task was created, the server's error code when not, 0 when its answer does not mention the target.
        code: i64,
        /// The server's text for this target, untouched.
        status: String,
    }

    /// Whether WxPusher created a sending task for this target.
    #[getter]
    fn is_ok(&self) -> bool {
        self.code == ACCEPTED
    }
}

impl SendOutcome {
    pub(crate) fn new_from(py: Python<'_>, outcome: wxpusher::SendOutcome) -> PyResult<Self> {
        let wxpusher::SendOutcome { message_content_id, targets } = outcome;
        let targets = PyTuple::new(py, targets.into_iter().map(TargetResult::from))?.unbind();
        Ok(Self { message_content_id, targets })
    }

    fn to_core(&self, py: Python<'_>) -> PyResult<wxpusher::SendOutcome> {
        let Self { message_content_id, targets } = self;
        let targets = targets.bind(py).iter().map(|target| Ok(target.cast::<TargetResult>()?.get().to_core()));
        Ok(wxpusher::SendOutcome {
            message_content_id: *message_content_id,
            targets: targets.collect::<PyResult<_>>()?,
        })
    }

    fn filter<'py>(&self, py: Python<'py>, ok: bool) -> PyResult<Bound<'py, PyList>> {
        let chosen = PyList::empty(py);
        for target in self.targets.bind(py) {
            if target.cast::<TargetResult>()?.get().is_ok() == ok {
                chosen.append(target)?;
            }
        }
        Ok(chosen)
    }
}

impl From<wxpusher::TargetResult> for TargetResult {
    fn from(target: wxpusher::TargetResult) -> Self {
        let wxpusher::TargetResult { uid, topic_id, message_id, send_record_id, code, status } = target;
        Self { uid, topic_id, message_id, send_record_id, code, status }
    }
}

impl TargetResult {
    fn to_core(&self) -> wxpusher::TargetResult {
        let Self { uid, topic_id, message_id, send_record_id, code, status } = self;
        wxpusher::TargetResult {
            uid: uid.clone(),
            topic_id: *topic_id,
            message_id: *message_id,
            send_record_id: *send_record_id,
            code: *code,
            status: status.clone(),
        }
    }
}
