//! The configuration file with its profiles.

use std::env;
use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use toml_edit::{DocumentMut, Item, Table, Value as TomlValue};
use wxpusher::AppToken;

use crate::failure::Failure;
use crate::output::warn;
use crate::tr;

type Result<T> = std::result::Result<T, Failure>;

pub(crate) const DEFAULT: &str = "default";

/// The keys of a profile.
pub(crate) const KEYS: [&str; 13] = [
    "app_token",
    "token_command",
    "entry_key",
    "base_url",
    "allow_plain_http",
    "uids",
    "topic_ids",
    "spts",
    "timeout",
    "connect_timeout",
    "max_retries",
    "proxy",
    "ca_file",
];

/// The keys whose values are never printed, and never taken from an argument.
pub(crate) fn is_secret(key: &str) -> bool {
    matches!(key, "app_token" | "entry_key" | "spts")
}

/// The place of the configuration file.
pub(crate) fn path() -> Result<PathBuf> {
    let dir = |name: &str| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let base = if cfg!(windows) {
        dir("APPDATA")
    } else {
        dir("XDG_CONFIG_HOME").or_else(|| {
            let below = if cfg!(target_os = "macos") { "Library/Application Support" } else { ".config" };
            dir("HOME").map(|home| home.join(below))
        })
    };
    match base {
        Some(base) => Ok(base.join("wxpusher").join("config.toml")),
        None => {
            let name = if cfg!(windows) { "APPDATA" } else { "HOME" };
            Err(Failure::local(tr!(
                "no place for the configuration file: set {name}",
                "没有配置文件的位置：请设置 {name}"
            )))
        }
    }
}

/// The configuration file.
#[derive(Debug)]
pub(crate) struct ConfigFile {
    pub(crate) path: PathBuf,
    document: DocumentMut,
}

impl ConfigFile {
    pub(crate) fn read() -> Result<Self> {
        let path = path()?;
        let place = path.display();
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
            Err(error) => return Err(Failure::local(tr!("cannot read {place}: {error}", "无法读取 {place}：{error}"))),
        };
        let document = text.parse::<DocumentMut>().map_err(|error| {
            // The error of the parser quotes the line, which may hold a token.
            let at = error.span().map_or(0, |span| text[..span.start.min(text.len())].lines().count().max(1));
            Failure::local(tr!("{place}: line {at} is not valid TOML", "{place}：第 {at} 行不是有效的 TOML"))
        })?;
        Ok(Self { path, document })
    }

    pub(crate) fn current(&self) -> String {
        self.document.get("current").and_then(Item::as_str).unwrap_or(DEFAULT).to_owned()
    }

    pub(crate) fn set_current(&mut self, name: &str) {
        self.document["current"] = toml_edit::value(name);
    }

    pub(crate) fn names(&self) -> Vec<String> {
        let profiles = self.document.get("profile").and_then(Item::as_table_like);
        profiles.map(|table| table.iter().map(|(name, _)| name.to_owned()).collect()).unwrap_or_default()
    }

    /// Returns a value of a profile as text; a list is joined by `;`.
    pub(crate) fn get(&self, profile: &str, key: &str) -> Option<String> {
        let item = self.document.get("profile")?.get(profile)?.get(key)?;
        let text = |value: &TomlValue| match value {
            TomlValue::String(text) => text.value().clone(),
            other => other.to_string().trim().to_owned(),
        };
        match item.as_value()? {
            TomlValue::Array(items) => Some(items.iter().map(text).collect::<Vec<_>>().join(";")),
            value => Some(text(value)),
        }
    }

    pub(crate) fn add(&mut self, profile: &str) {
        let profiles = self.document.entry("profile").or_insert_with(|| {
            let mut table = Table::new();
            table.set_implicit(true);
            Item::Table(table)
        });
        if profiles.get(profile).is_none() {
            profiles[profile] = Item::Table(Table::new());
        }
    }

    pub(crate) fn set(&mut self, profile: &str, key: &str, value: Option<&str>) {
        self.add(profile);
        let table = &mut self.document["profile"][profile];
        match value {
            Some(value) => table[key] = toml_edit::value(value),
            None => {
                if let Some(table) = table.as_table_like_mut() {
                    table.remove(key);
                }
            }
        }
    }

    pub(crate) fn remove(&mut self, profile: &str) -> bool {
        let profiles = self.document.get_mut("profile").and_then(Item::as_table_like_mut);
        profiles.is_some_and(|profiles| profiles.remove(profile).is_some())
    }

    /// Writes the file, readable only by its owner, by way of a new file beside it.
    pub(crate) fn write(&self) -> Result<()> {
        let place = self.path.display();
        let cannot =
            |error: std::io::Error| Failure::local(tr!("cannot write {place}: {error}", "无法写入 {place}：{error}"));
        if let Some(folder) = self.path.parent() {
            fs::create_dir_all(folder).map_err(cannot)?;
        }
        let new = self.path.with_extension(format!("new{}", std::process::id()));
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(true);
        private(&mut options);
        let mut file = options.open(&new).map_err(cannot)?;
        file.write_all(self.document.to_string().as_bytes()).and_then(|()| file.sync_all()).map_err(cannot)?;
        drop(file);
        fs::rename(&new, &self.path).map_err(cannot)
    }
}

/// Makes a new file readable only by its owner.
#[cfg(unix)]
pub(crate) fn private(options: &mut OpenOptions) {
    use std::os::unix::fs::OpenOptionsExt;
    options.mode(0o600);
}

#[cfg(not(unix))]
pub(crate) fn private(_: &mut OpenOptions) {}

/// The permissions of a file that concern others than its owner: `(can read, can write)`.
#[cfg(unix)]
pub(crate) fn others_can(path: &Path) -> (bool, bool) {
    use std::os::unix::fs::PermissionsExt;
    let mode = fs::metadata(path).map_or(0, |metadata| metadata.permissions().mode());
    (mode & 0o044 != 0, mode & 0o022 != 0)
}

#[cfg(not(unix))]
pub(crate) fn others_can(_: &Path) -> (bool, bool) {
    (false, false)
}

/// The settings of the chosen profile; empty if there is no configuration file.
#[derive(Debug)]
pub(crate) struct Profile {
    pub(crate) name: String,
    file: ConfigFile,
}

/// Returns the name of the profile that `--profile`, `WXPUSHER_PROFILE` or the configuration file chooses, and whether it
/// was named explicitly.
pub(crate) fn chosen(flag: Option<&str>, file: &ConfigFile) -> (String, Option<&'static str>) {
    let variable = env::var("WXPUSHER_PROFILE").ok().filter(|name| !name.is_empty());
    match (flag, variable) {
        (Some(name), _) => (name.to_owned(), Some("--profile")),
        (None, Some(name)) => (name, Some("WXPUSHER_PROFILE")),
        (None, None) => (file.current(), None),
    }
}

pub(crate) fn load(flag: Option<&str>) -> Result<Profile> {
    let file = ConfigFile::read().or_else(|failure| match env::var_os("HOME").or_else(|| env::var_os("APPDATA")) {
        Some(_) => Err(failure),
        // Without a home there is no file, as in some containers.
        None => Ok(ConfigFile { path: PathBuf::new(), document: DocumentMut::new() }),
    })?;
    let (name, source) = chosen(flag, &file);
    if let Some(source) = source.filter(|_| !file.names().contains(&name)) {
        let text = tr!(
            "{source}: there is no profile {name} (wxpusher profile list shows all)",
            "{source}：没有配置档 {name}（用 wxpusher profile list 查看）",
        );
        return Err(Failure::usage(source, text));
    }
    let profile = Profile { name, file };
    let holds_secret = KEYS.iter().any(|key| is_secret(key) && profile.get(key).is_some());
    if holds_secret && others_can(&profile.file.path).0 {
        let place = profile.file.path.display();
        warn(&tr!(
            "warning: {place} holds a token and others can read it; run: chmod 600 '{place}'",
            "警告：{place} 中有 token，且其他用户可读；请运行：chmod 600 '{place}'",
        ));
    }
    Ok(profile)
}

impl Profile {
    pub(crate) fn get(&self, key: &str) -> Option<String> {
        self.file.get(&self.name, key).filter(|value| !value.is_empty())
    }

    /// A value of the configuration file that cannot be used.
    pub(crate) fn wrong(&self, key: &str, reason: &str) -> Failure {
        let (place, name) = (self.file.path.display(), &self.name);
        Failure::usage(
            key,
            tr!("{place}: {key} of profile {name} {reason}", "{place}：配置档 {name} 的 {key} {reason}"),
        )
    }

    /// Returns the app token of the profile, by its command if it has one.
    pub(crate) fn token(&self) -> Result<Option<AppToken>> {
        if let Some(token) = self.get("app_token") {
            return Ok(Some(AppToken::new(token)));
        }
        let Some(command) = self.get("token_command") else { return Ok(None) };
        let folder_is_writable = self.file.path.parent().is_some_and(|folder| others_can(folder).1);
        if others_can(&self.file.path).1 || folder_is_writable {
            let reason = tr!(
                "is not run, because others can write the file or its folder: use chmod go-w",
                "不会被执行，因为其他用户可以写入该文件或其目录：请使用 chmod go-w",
            );
            return Err(self.wrong("token_command", &reason));
        }
        let shell = if cfg!(windows) { ["cmd", "/C"] } else { ["sh", "-c"] };
        let output = Command::new(shell[0])
            .args([shell[1], &command])
            .stdin(Stdio::null())
            .stderr(Stdio::inherit())
            .output()
            .map_err(|error| self.wrong("token_command", &tr!("cannot be run: {error}", "无法运行：{error}")))?;
        let text = String::from_utf8_lossy(&output.stdout);
        let status = output.status;
        match text.lines().next().map(str::trim) {
            Some(token) if status.success() && !token.is_empty() => Ok(Some(AppToken::new(token))),
            _ => Err(self.wrong("token_command", &tr!("printed no token ({status})", "没有输出 token（{status}）"))),
        }
    }
}
