//! Delivery status.

use crate::record::record;

record! {
    /// The delivery status of one recipient. WxPusher keeps it for 7 days.
    SendStatus {
        /// The server's status number; None if the response has none. Only 1 (waiting to be sent) is documented; for other
        /// numbers read `text`.
        code: Option<i64>,
        /// The server's text, for example "等待发送".
        text: String,
    }

    /// Returns whether the message still waits to be sent.
    #[getter]
    fn is_waiting(&self) -> bool {
        wxpusher::SendStatus { code: self.code, text: String::new() }.is_waiting()
    }
}

impl From<wxpusher::SendStatus> for SendStatus {
    fn from(status: wxpusher::SendStatus) -> Self {
        let wxpusher::SendStatus { code, text } = status;
        Self { code, text }
    }
}
