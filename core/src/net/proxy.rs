//! Which proxy a client uses.

use ureq::{Proxy, ProxyProtocol};

use crate::model::error::{Error, Result};

/// The setting `proxy`.
#[derive(Clone)]
pub(crate) enum ProxyChoice {
    Environment,
    None,
    Url(String),
}

impl ProxyChoice {
    pub(crate) fn resolve(&self, is_loopback: bool) -> Result<Option<Proxy>> {
        match self {
            ProxyChoice::None => Ok(None),
            ProxyChoice::Environment if is_loopback => Ok(None),
            ProxyChoice::Environment => match Proxy::try_from_env() {
                Some(proxy) if is_socks(&proxy) => {
                    log::warn!("the environment names a SOCKS proxy, which is not supported: connecting directly");
                    Ok(None)
                }
                proxy => Ok(proxy),
            },
            // The URL may contain a password, so no error quotes it.
            ProxyChoice::Url(url) => match Proxy::new(url) {
                Ok(proxy) if is_socks(&proxy) => {
                    Err(Error::invalid_argument("proxy", "SOCKS proxies are not supported, only http:// ones"))
                }
                Ok(proxy) => Ok(Some(proxy)),
                Err(_) => Err(Error::invalid_argument("proxy", "must have the form http://[user:password@]host:port")),
            },
        }
    }
}

fn is_socks(proxy: &Proxy) -> bool {
    !matches!(proxy.protocol(), ProxyProtocol::Http | ProxyProtocol::Https)
}
