//! Settings from environment variables (protocol §6).

use std::env;

use super::config::Config;
use crate::model::error::{Error, Result};
use crate::model::limits::is_separator;
use crate::model::secret::{AppToken, Spt};

impl Config {
    /// Reads settings from the environment variables that WxPusher clients use (protocol §6):
    ///
    /// | variable | meaning |
    /// |---|---|
    /// | `WXPUSHER_APP_TOKEN` | the app token |
    /// | `WXPUSHER_UID`, `WXPUSHER_UIDS` | UIDs for messages without recipients |
    /// | `WXPUSHER_TOPIC_ID`, `WXPUSHER_TOPIC_IDS` | topic ids for messages without recipients |
    /// | `WXPUSHER_SPT`, `WXPUSHER_SPT_LIST` | SPTs for simple pushes without SPTs |
    /// | `WXPUSHER_BASE_URL` | the base URL, for example of a sandbox; read by this library only |
    ///
    /// The items of a list are separated by `;`, `,` or white space. If both variables of a list are set, both apply.
    /// Variables that are unset or empty have no effect.
    ///
    /// # Errors
    /// `invalid_argument` naming the variable if a topic id is not a number, or a variable is not UTF-8.
    pub fn from_env() -> Result<Self> {
        for name in VARIABLES {
            if let Err(env::VarError::NotUnicode(_)) = env::var(name) {
                return Err(Error::invalid_argument(name, "must be UTF-8"));
            }
        }
        Self::from_vars(|name| env::var(name).ok())
    }

    /// Like [`from_env`](Self::from_env), with another source of variables.
    ///
    /// ```
    /// use wxpusher::Config;
    /// let config = Config::from_vars(|name| (name == "WXPUSHER_UIDS").then(|| "UID_a;UID_b".to_owned()))?;
    /// assert_eq!(config.get_default_uids(), ["UID_a", "UID_b"]);
    /// # Ok::<(), wxpusher::Error>(())
    /// ```
    ///
    /// # Errors
    /// Like [`from_env`](Self::from_env).
    pub fn from_vars(var: impl Fn(&str) -> Option<String>) -> Result<Self> {
        let list = |name: &str| -> Vec<String> {
            let items = var(name).unwrap_or_default();
            items.split(is_separator).filter(|item| !item.is_empty()).map(str::to_owned).collect()
        };
        let value = |name: &str| var(name).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty());

        let mut config = Config::new();
        config.app_token = value("WXPUSHER_APP_TOKEN").map(AppToken::new);
        if let Some(base_url) = value("WXPUSHER_BASE_URL") {
            config.base_url = base_url;
        }
        for name in ["WXPUSHER_UID", "WXPUSHER_UIDS"] {
            config.default_uids.extend(list(name));
        }
        for name in ["WXPUSHER_SPT", "WXPUSHER_SPT_LIST"] {
            config.default_spts.extend(list(name).into_iter().map(Spt::new));
        }
        for name in ["WXPUSHER_TOPIC_ID", "WXPUSHER_TOPIC_IDS"] {
            for item in list(name) {
                let id = item.parse().map_err(|_| Error::invalid_argument(name, "must be a list of numbers"))?;
                config.default_topic_ids.push(id);
            }
        }
        Ok(config)
    }
}

const VARIABLES: [&str; 8] = [
    "WXPUSHER_APP_TOKEN",
    "WXPUSHER_BASE_URL",
    "WXPUSHER_UID",
    "WXPUSHER_UIDS",
    "WXPUSHER_TOPIC_ID",
    "WXPUSHER_TOPIC_IDS",
    "WXPUSHER_SPT",
    "WXPUSHER_SPT_LIST",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn config(vars: &[(&str, &str)]) -> Result<Config> {
        Config::from_vars(|name| {
            assert!(VARIABLES.contains(&name), "{name} is not in the list");
            vars.iter().find(|(var, _)| *var == name).map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn reads_lists_with_any_separator() {
        let config = config(&[
            ("WXPUSHER_UID", "UID_a"),
            ("WXPUSHER_UIDS", "UID_b;UID_c, UID_d\r\nUID_e;;"),
            ("WXPUSHER_TOPIC_ID", "1"),
            ("WXPUSHER_TOPIC_IDS", "2,3"),
            ("WXPUSHER_SPT_LIST", "SPT_a;SPT_b"),
        ])
        .unwrap();
        assert_eq!(config.get_default_uids(), ["UID_a", "UID_b", "UID_c", "UID_d", "UID_e"]);
        assert_eq!(config.get_default_topic_ids(), [1, 2, 3]);
        assert_eq!(config.get_default_spts().len(), 2);
    }

    #[test]
    fn trims_values_and_ignores_empty_ones() {
        let config = config(&[("WXPUSHER_APP_TOKEN", " AT_test\n"), ("WXPUSHER_BASE_URL", " ")]).unwrap();
        assert_eq!(config.get_app_token().unwrap().expose(), "AT_test");
        assert_eq!(config.get_base_url(), crate::DEFAULT_BASE_URL);
    }

    #[test]
    fn names_the_variable_of_a_wrong_topic_id() {
        let error = config(&[("WXPUSHER_TOPIC_ID", "one")]).unwrap_err();
        assert_eq!(error.to_string(), "invalid argument `WXPUSHER_TOPIC_ID`: must be a list of numbers");
    }
}
