//! Until when somebody has paid.

use pyo3::prelude::*;

use crate::record::{record, utc};
use crate::words::ResourceType;

record! {
    /// Until when somebody has paid for an app or topic of a product.
    PayEndTime {
        /// App or topic.
        resource_type: ResourceType,
        /// Its id.
        resource_id: i64,
        /// Until when, in milliseconds since the epoch; may be past.
        pay_end_time: i64,
    }

    /// `pay_end_time` as an aware datetime.
    #[getter]
    fn pay_end_time_utc<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        utc(py, self.pay_end_time)
    }
}

impl From<wxpusher::PayEndTime> for PayEndTime {
    fn from(item: wxpusher::PayEndTime) -> Self {
        let wxpusher::PayEndTime { resource_type, resource_id, pay_end_time } = item;
        Self { resource_type: ResourceType(resource_type.number()), resource_id, pay_end_time }
    }
}
