//! Delivery status (protocol §2.2).

/// The delivery status of one recipient. WxPusher keeps it for 7 days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SendStatus {
    /// The server's status number; `None` if the response has none. Only 1 (waiting to be sent) is documented; for other
    /// numbers read [`text`](Self::text).
    pub code: Option<i64>,
    /// The server's text, for example "等待发送".
    pub text: String,
}

impl SendStatus {
    /// Returns whether the message still waits to be sent (code 1).
    pub fn is_waiting(&self) -> bool {
        self.code == Some(1)
    }
}
