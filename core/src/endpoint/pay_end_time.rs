//! `GET /api/product/query-pay-end-time` (wire.md §2.6).

use serde::Deserialize;

use super::{Endpoint, Query};
use crate::error::{ErrorKind, Result};
use crate::http::envelope::Answer;
use crate::limits::{Limits, check_chars};

/// Until when somebody has paid for an app or topic of a product.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PayEndTime {
    /// App or topic.
    pub resource_type: ResourceType,
    /// Its id.
    #[serde(rename = "resourceID")]
    pub resource_id: i64,
    /// Until when, in milliseconds since the epoch; may be past.
    pub pay_end_time: i64,
}

/// What a product is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(from = "i64")]
pub enum ResourceType {
    /// 1 · an app.
    App,
    /// 2 · a topic.
    Topic,
    /// A type that this version does not know.
    Other(i64),
}

impl ResourceType {
    /// The number on the wire.
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

pub(crate) struct QueryPayEndTime<'a> {
    pub(crate) uid: &'a str,
    pub(crate) prod_id: i64,
}

impl Endpoint for QueryPayEndTime<'_> {
    const METHOD: &'static str = "GET";
    const PATH: &'static str = "/api/product/query-pay-end-time";
    const IDEMPOTENT: bool = true;
    type Output = Vec<PayEndTime>;

    fn validate(&self, _: &Limits) -> Result<()> {
        check_chars("uid", self.uid, 1, usize::MAX)
    }

    fn query(&self) -> Query {
        Query::default().with("uid", self.uid).with("prodId", self.prod_id)
    }

    /// Who never paid for any of it has no rows, or no list at all.
    fn read(&self, answer: Answer<'_>, secrets: &[&str]) -> Result<Vec<PayEndTime>, ErrorKind> {
        Ok(answer.success(secrets)?.read_optional()?.unwrap_or_default())
    }
}
