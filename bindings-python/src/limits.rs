//! What WxPusher takes, as one table.

use pyo3::prelude::*;

use crate::record::record;

record! {
    /// The limits that are checked before anything is sent. Characters are Unicode scalar values.
    ///
    /// `Limits.CURRENT` and `Limits.YEAR_2022` are ready-made; `Limits.CURRENT.replace(summary_chars=20)` makes your own.
    Limits {
        /// Characters of `content`, at most.
        content_chars: usize,
        /// UTF-8 bytes of `content`, at most.
        content_bytes: usize,
        /// Characters of `summary`, at most.
        summary_chars: usize,
        /// Characters of `url`, at most.
        url_chars: usize,
        /// Uids in one call, at most. Also the size of a batch of a broadcast.
        uids: usize,
        /// Topics in one call, at most.
        topic_ids: usize,
        /// SPTs in one call, at most.
        spts: usize,
        /// Characters of a QR code's `extra`, at most.
        extra_chars: usize,
        /// Seconds a QR code may live, at most.
        valid_time: u32,
        /// Users on one page, at most.
        page_size: u32,
    }

    /// What the documentation of 2026 says.
    #[classattr]
    #[pyo3(name = "CURRENT")]
    fn current() -> Self {
        wxpusher::Limits::CURRENT.into()
    }

    /// What the document of 2022 says.
    #[classattr]
    #[pyo3(name = "YEAR_2022")]
    fn year_2022() -> Self {
        wxpusher::Limits::YEAR_2022.into()
    }

    /// The same table with some limits changed.
    #[pyo3(signature = (**changes))]
    fn replace<'py>(slf: &Bound<'py, Self>, changes: Option<&Bound<'py, pyo3::types::PyDict>>) -> PyResult<Bound<'py, PyAny>> {
        let fields = pyo3::types::PyDict::new(slf.py());
        for name in Self::fields() {
            fields.set_item(name, slf.getattr(name)?)?;
        }
        if let Some(changes) = changes {
            fields.update(changes.as_mapping())?;
        }
        slf.get_type().call((), Some(&fields))
    }
}

impl From<wxpusher::Limits> for Limits {
    fn from(limits: wxpusher::Limits) -> Self {
        let wxpusher::Limits {
            content_chars,
            content_bytes,
            summary_chars,
            url_chars,
            uids,
            topic_ids,
            spts,
            extra_chars,
            valid_time,
            page_size,
        } = limits;
        Self {
            content_chars,
            content_bytes,
            summary_chars,
            url_chars,
            uids,
            topic_ids,
            spts,
            extra_chars,
            valid_time,
            page_size,
        }
    }
}

impl From<&Limits> for wxpusher::Limits {
    fn from(limits: &Limits) -> Self {
        let Limits {
            content_chars,
            content_bytes,
            summary_chars,
            url_chars,
            uids,
            topic_ids,
            spts,
            extra_chars,
            valid_time,
            page_size,
        } = *limits;
        Self {
            content_chars,
            content_bytes,
            summary_chars,
            url_chars,
            uids,
            topic_ids,
            spts,
            extra_chars,
            valid_time,
            page_size,
        }
    }
}
