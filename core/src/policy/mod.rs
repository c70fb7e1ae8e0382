//! Rules about time: retry, rate limit, cancellation, clock. Knows nothing of the network.

pub(crate) mod cancel;
pub(crate) mod clock;
pub(crate) mod fork_safe;
pub(crate) mod rate_limit;
pub(crate) mod retry;
