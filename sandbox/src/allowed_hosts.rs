//! The names that the `Host` header of a request may have.

use std::net::IpAddr;

/// Which `Host` names are accepted besides the local ones.
#[derive(Clone, Debug, Default)]
pub(crate) struct AllowedHosts {
    allowed_hosts: Vec<String>,
}

impl AllowedHosts {
    pub(crate) fn new(allowed_hosts: Vec<String>) -> Self {
        Self { allowed_hosts: allowed_hosts.iter().map(|host| host.to_ascii_lowercase()).collect() }
    }

    pub(crate) fn accepts(&self, host: &str) -> bool {
        let name = without_port(host).to_ascii_lowercase();
        let is_ip = name.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>().is_ok();
        let is_single_label = !name.is_empty() && !name.contains('.');
        is_ip || is_single_label || name.ends_with(".localhost") || self.allowed_hosts.contains(&name)
    }
}

fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) && !name.ends_with(':') => name,
        _ => host,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn local_names_and_allowed_names_are_accepted() {
        let hosts = AllowedHosts::new(vec!["Sandbox.Example.COM".to_owned()]);
        for host in [
            "127.0.0.1:9797",
            "localhost",
            "LOCALHOST:1",
            "[::1]:9797",
            "[::1]",
            "10.1.2.3",
            "sandbox:80",
            "app.localhost:9797",
            "sandbox.example.com:9797",
        ] {
            assert!(hosts.accepts(host), "{host}");
        }
        for host in ["example.com", "evil.example.com:9797", "127.0.0.1.evil.com", "", ":80"] {
            assert!(!hosts.accepts(host), "{host}");
        }
    }
}
