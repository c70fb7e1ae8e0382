//! What became of a delivery.

/// The status of a delivery. Kept by WxPusher for 7 days.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct SendStatus {
    /// The server's number. Only 1, waiting to be sent, is known for certain; read `text` for the others.
    pub code: i64,
    /// The server's text, for example "等待发送".
    pub text: String,
    /// Whether the message still waits to be sent.
    pub is_waiting: bool,
}

impl From<wxpusher::SendStatus> for SendStatus {
    fn from(status: wxpusher::SendStatus) -> Self {
        let is_waiting = status.is_waiting();
        let wxpusher::SendStatus { code, text } = status;
        Self { code: code.unwrap_or_default(), text, is_waiting }
    }
}
