//! Paid-until times (protocol §2.6).

use super::{Endpoint, Query};
use crate::model::error::{ErrorKind, Result};
use crate::model::limits::{Limits, check_chars};
use crate::model::pay_end_time::PayEndTime;
use crate::wire::envelope::Envelope;

/// `GET /api/product/query-pay-end-time`.
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

    /// A user who never paid has an empty list, or none.
    fn read(&self, response: Envelope<'_>, secrets: &[&str]) -> Result<Vec<PayEndTime>, ErrorKind> {
        Ok(response.success(secrets)?.read_optional()?.unwrap_or_default())
    }
}
