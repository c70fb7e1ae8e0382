//! Paid-until times (protocol §2.6).

use serde::Deserialize;

/// The paid-until time of one resource of a product.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PayEndTime {
    /// The kind of the resource: app or topic.
    pub resource_type: ResourceType,
    /// The id of the app or topic.
    #[serde(rename = "resourceID")]
    pub resource_id: i64,
    /// The paid-until time, in milliseconds since the epoch; may be in the past.
    pub pay_end_time: i64,
}

/// The kind of a product's resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(from = "i64")]
pub enum ResourceType {
    /// 1 · an app.
    App,
    /// 2 · a topic.
    Topic,
    /// A number that this version does not know.
    Other(i64),
}

impl ResourceType {
    /// The number in the protocol.
    pub fn number(self) -> i64 {
        match self {
            ResourceType::App => 1,
            ResourceType::Topic => 2,
            ResourceType::Other(number) => number,
        }
    }
}

impl From<i64> for ResourceType {
    fn from(number: i64) -> Self {
        match number {
            1 => ResourceType::App,
            2 => ResourceType::Topic,
            other => ResourceType::Other(other),
        }
    }
}
