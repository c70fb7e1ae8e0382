//! Delivery status.

/// The delivery status of one recipient. WxPusher keeps it for 7 days.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct SendStatus {
    /// The server's status number; absent if the response has none. Only 1 (waiting to be sent) is documented; for other
    /// numbers read `text`.
    pub code: Option<i64>,
    /// The server's text, for example "等待发送".
    pub text: String,
    /// Whether the message still waits to be sent.
    pub is_waiting: bool,
}

impl From<wxpusher::SendStatus> for SendStatus {
    fn from(status: wxpusher::SendStatus) -> Self {
        let is_waiting = status.is_waiting();
        let wxpusher::SendStatus { code, text } = status;
        Self { code, text, is_waiting }
    }
}
