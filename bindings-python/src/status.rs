//! What became of a message.

use crate::record::record;

record! {
    /// The status of a delivery. WxPusher remembers it for 7 days.
    SendStatus {
        /// The server's number. Only 1, waiting to be sent, is known for certain; read `text` for the others.
        code: i64,
        /// The server's text, for example "等待发送".
        text: String,
    }

    /// Whether the message still waits to be sent.
    #[getter]
    fn is_waiting(&self) -> bool {
        wxpusher::SendStatus { code: Some(self.code), text: String::new() }.is_waiting()
    }
}

impl From<wxpusher::SendStatus> for SendStatus {
    fn from(status: wxpusher::SendStatus) -> Self {
        let wxpusher::SendStatus { code, text } = status;
        Self { code: code.unwrap_or_default(), text }
    }
}
