//! Parameterised QR codes.

use pyo3::prelude::*;

use crate::record::{record, utc};

record! {
    /// A QR code that tells its scanners apart by what it carries.
    Qrcode {
        /// What `query_scan_uid` and `wait_for_scan` take.
        code: String,
        /// The picture.
        url: String,
        /// A short link to the same.
        short_url: Option<String>,
        /// What it carries, as given; comes back in the follow callback.
        extra: Option<String>,
        /// When it expires, in milliseconds since the epoch.
        expires: i64,
    }

    /// `expires` as an aware datetime.
    #[getter]
    fn expires_utc<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        utc(py, self.expires)
    }
}

impl From<wxpusher::Qrcode> for Qrcode {
    fn from(qrcode: wxpusher::Qrcode) -> Self {
        let wxpusher::Qrcode { code, url, short_url, extra, expires } = qrcode;
        Self { code, url, short_url, extra, expires }
    }
}
