//! Paid-until times.

use crate::time::Timestamp;

/// The paid-until time for one resource (an app or a topic) of a product.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct PayEndTime {
    /// The kind of resource.
    pub resource_type: ResourceType,
    /// The resource's id.
    pub resource_id: i64,
    /// The paid-until time; may be in the past.
    pub pay_end_time: Timestamp,
}

/// The kinds of resource of a product.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Enum)]
pub enum ResourceType {
    /// 1 · an app.
    App,
    /// 2 · a topic.
    Topic,
    /// A type that this version does not know.
    Other {
        /// The number on the wire.
        number: i64,
    },
}

impl From<wxpusher::PayEndTime> for PayEndTime {
    fn from(item: wxpusher::PayEndTime) -> Self {
        let wxpusher::PayEndTime { resource_type, resource_id, pay_end_time } = item;
        Self { resource_type: resource_type.into(), resource_id, pay_end_time: pay_end_time.into() }
    }
}

impl From<wxpusher::ResourceType> for ResourceType {
    fn from(resource_type: wxpusher::ResourceType) -> Self {
        match resource_type {
            wxpusher::ResourceType::App => ResourceType::App,
            wxpusher::ResourceType::Topic => ResourceType::Topic,
            wxpusher::ResourceType::Other(number) => ResourceType::Other { number },
        }
    }
}
