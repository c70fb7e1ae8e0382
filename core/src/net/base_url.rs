//! The base URL: where the requests are sent.

use std::net::IpAddr;

use ureq::http::Uri;

use crate::model::error::{Error, Result};

/// A base URL that was checked.
pub(crate) struct BaseUrl {
    /// For example `https://host:8443`.
    pub(crate) scheme_and_host: String,
    /// The path without a slash at its end.
    pub(crate) path: String,
    pub(crate) is_loopback: bool,
}

impl BaseUrl {
    pub(crate) fn parse(text: &str, allow_plain_http: bool) -> Result<Self> {
        let refuse = |reason: &str| Error::invalid_argument("base_url", reason);
        let uri: Uri = text.trim().parse().map_err(|_| refuse("must be a URL, for example https://host"))?;
        let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
            return Err(refuse("must be a URL with scheme and host, for example https://host"));
        };
        if uri.query().is_some() || authority.as_str().contains('@') {
            return Err(refuse("must have no query and no user"));
        }
        // Otherwise ureq would drop a port it cannot read, and use the default port.
        let has_port = authority.as_str().len() > authority.host().len();
        if has_port && matches!(authority.port_u16(), None | Some(0)) {
            return Err(refuse("its port must be between 1 and 65535"));
        }
        let is_loopback = is_loopback(authority.host());
        match scheme {
            "https" => {}
            "http" if is_loopback || allow_plain_http => {}
            "http" => {
                return Err(refuse(
                    "must be https, except for this machine; allow_plain_http permits http for any host",
                ));
            }
            _ => return Err(refuse("must be https, or http for this machine")),
        }
        Ok(Self {
            scheme_and_host: format!("{scheme}://{authority}"),
            path: uri.path().trim_end_matches('/').to_owned(),
            is_loopback,
        })
    }
}

fn is_loopback(host: &str) -> bool {
    let host = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost") || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}
