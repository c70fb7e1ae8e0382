//! The root certificates that a client trusts.

use std::sync::Arc;

use ureq::tls::{Certificate, PemItem, parse_pem};

use crate::model::error::{Error, Result};

/// Certificates to trust instead of the bundled roots.
pub(crate) type Roots = Arc<Vec<Certificate<'static>>>;

/// Reads the certificates of a PEM text.
pub(crate) fn read_pem(pem: &[u8]) -> Result<Roots> {
    let mut roots = Vec::new();
    for item in parse_pem(pem) {
        match item {
            Ok(PemItem::Certificate(certificate)) => roots.push(certificate),
            Ok(_) => {}
            Err(_) => return Err(Error::invalid_argument("ca_pem", "must be PEM text")),
        }
    }
    if roots.is_empty() {
        return Err(Error::invalid_argument("ca_pem", "must contain a certificate"));
    }
    Ok(Arc::new(roots))
}
