//! The settings of a client, in a form that can be pickled.

use std::cell::RefCell;
use std::collections::HashMap;
use std::env;
use std::path::PathBuf;

use pyo3::prelude::*;
use pyo3::types::{PyBool, PyBytes, PyDict, PyString};
use wxpusher::{Config, DEFAULT_BASE_URL, RetryPolicy};

use crate::arguments::{count, flag, ids, iterate, refused, seconds, text, texts, wrong_type};
use crate::error::raise;
use crate::limits::Limits;
use crate::wait::on_wait;

/// The keyword by which `Client.from_env` and pickling hand over the variables that were found.
pub(crate) const ENVIRONMENT: &str = "_environment";

/// The variables that core reads, as far as this process has them.
pub(crate) fn environment(py: Python<'_>) -> PyResult<Bound<'_, PyDict>> {
    let names = RefCell::new(Vec::new());
    // Core knows the names; what it makes of nothing does not matter.
    let _ = Config::from_vars(|name| {
        names.borrow_mut().push(name.to_owned());
        None
    });
    let found = PyDict::new(py);
    for name in names.into_inner() {
        match env::var(&name) {
            Ok(value) => found.set_item(name, value)?,
            Err(env::VarError::NotPresent) => {}
            Err(env::VarError::NotUnicode(_)) => {
                return Err(refused(py, "environment", format!("{name} is not UTF-8")));
            }
        }
    }
    Ok(found)
}

/// What the client was made from, as it was passed: pickling sends it on.
pub(crate) struct Setup {
    /// The settings, by the names of `Client`'s keywords.
    settings: Py<PyDict>,
    environment: HashMap<String, String>,
}

impl Setup {
    pub(crate) fn new(settings: &Bound<'_, PyDict>) -> PyResult<Self> {
        // Any iterable will do, some can be gone through once only, and lists may change later.
        for name in ["default_uids", "default_topic_ids", "default_spts"] {
            if let Some(given) = settings.get_item(name)?.filter(|given| !given.is_none()) {
                let wanted = if name == "default_topic_ids" { "int" } else { "str" };
                settings.set_item(name, iterate(name, wanted, &given)?.collect::<PyResult<Vec<_>>>()?)?;
            }
        }
        let environment = settings.get_item(ENVIRONMENT)?.map(|found| found.extract()).transpose()?;
        Ok(Self { settings: settings.clone().unbind(), environment: environment.unwrap_or_default() })
    }

    fn variable(&self, name: &str) -> Option<String> {
        self.environment.get(name).cloned()
    }

    /// What pickling sends.
    pub(crate) fn settings<'py>(&self, py: Python<'py>) -> Bound<'py, PyDict> {
        self.settings.bind(py).clone()
    }

    /// For repr: where it sends to, and whether with a token.
    pub(crate) fn shown(&self, py: Python<'_>) -> PyResult<(String, bool)> {
        let set = |name: &str, variable: &str| -> PyResult<Option<String>> {
            Ok(match self.settings.bind(py).get_item(name)?.filter(|value| !value.is_none()) {
                Some(value) => Some(value.extract()?),
                None => self.variable(variable).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty()),
            })
        };
        let base_url = set("base_url", "WXPUSHER_BASE_URL")?.unwrap_or_else(|| DEFAULT_BASE_URL.to_owned());
        Ok((base_url, set("app_token", "WXPUSHER_APP_TOKEN")?.is_some()))
    }

    /// Core's settings. Every keyword of `Client` is read here, and no other is known.
    pub(crate) fn config(&self, py: Python<'_>) -> PyResult<Config> {
        let from_environment = Config::from_vars(|name| self.variable(name)).map_err(|error| raise(py, error))?;
        let mut config = from_environment.on_wait(on_wait);
        let mut retry = RetryPolicy::default();
        for (name, value) in self.settings.bind(py) {
            let name: String = name.extract()?;
            if value.is_none() || name == ENVIRONMENT {
                continue;
            }
            config = match name.as_str() {
                "app_token" => config.app_token(text("app_token", &value)?),
                "base_url" => config.base_url(text("base_url", &value)?),
                "timeout" => config.timeout(seconds("timeout", &value)?),
                "connect_timeout" => config.connect_timeout(seconds("connect_timeout", &value)?),
                "max_retries" => {
                    retry.max_retries = count("max_retries", &value)?;
                    config
                }
                "base_delay" => {
                    retry.base_delay = seconds("base_delay", &value)?;
                    config
                }
                "max_delay" => {
                    retry.max_delay = seconds("max_delay", &value)?;
                    config
                }
                "rate_limit_sends" => config.rate_limit_sends(flag("rate_limit_sends", &value)?),
                "rate_limit_calls" => config.rate_limit_calls(count("rate_limit_calls", &value)?),
                "rate_limit_window" => config.rate_limit_window(seconds("rate_limit_window", &value)?),
                "limits" => config.limits(limits(&value)?),
                "proxy" => proxy(config, &value)?,
                "ca_file" => {
                    let path: PathBuf = value.extract().map_err(|_| wrong_type("ca_file", "a path", &value))?;
                    config.ca_file(path).map_err(|error| raise(py, error))?
                }
                "ca_pem" => config.ca_pem(pem(&value)?),
                "user_agent" => config.user_agent(text("user_agent", &value)?),
                "allow_plain_http" => config.allow_plain_http(flag("allow_plain_http", &value)?),
                "scan_interval" => config.scan_interval(seconds("scan_interval", &value)?),
                "default_uids" => config.default_uids(texts("default_uids", &value)?),
                "default_topic_ids" => config.default_topic_ids(ids("default_topic_ids", &value)?),
                "default_spts" => config.default_spts(texts("default_spts", &value)?),
                other => {
                    let text = format!("Client() got an unexpected keyword argument '{other}'");
                    return Err(pyo3::exceptions::PyTypeError::new_err(text));
                }
            };
        }
        Ok(config.retry(retry))
    }
}

fn limits(given: &Bound<'_, PyAny>) -> PyResult<wxpusher::Limits> {
    if let Ok(limits) = given.cast::<Limits>() {
        return Ok(limits.get().into());
    }
    if !given.is_instance_of::<PyString>() {
        return Err(wrong_type("limits", "a Limits, \"current\" or \"2022\"", given));
    }
    match text("limits", given)?.as_str() {
        "current" => Ok(wxpusher::Limits::CURRENT),
        "2022" => Ok(wxpusher::Limits::YEAR_2022),
        _ => Err(refused(given.py(), "limits", "a Limits, \"current\" or \"2022\" is needed")),
    }
}

/// PEM text, as str or bytes.
fn pem(given: &Bound<'_, PyAny>) -> PyResult<Vec<u8>> {
    match given.cast::<PyBytes>() {
        Ok(bytes) => Ok(bytes.as_bytes().to_vec()),
        Err(_) => Ok(text("ca_pem", given)?.into_bytes()),
    }
}

fn proxy(config: Config, given: &Bound<'_, PyAny>) -> PyResult<Config> {
    match given.cast::<PyBool>() {
        Ok(flag) if flag.is_true() => Err(refused(given.py(), "proxy", "a URL, or False for none, is needed")),
        Ok(_) => Ok(config.no_proxy()),
        Err(_) => Ok(config.proxy(text("proxy", given)?)),
    }
}
