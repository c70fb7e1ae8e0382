//! `{"code", "msg", "data", "success"}`: the form of every answer (wire.md §1).

use std::borrow::Cow;

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::error::ErrorKind;
use crate::secret::ServerText;

/// The code of success. `success` is optional and never decided by.
const SUCCESS: i64 = 1000;

#[derive(Deserialize)]
struct Wire<'a> {
    #[serde(default)]
    code: Option<i64>,
    #[serde(borrow, default)]
    msg: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    data: Option<&'a RawValue>,
}

/// An answer whose `data` is still to be read.
pub(crate) struct Answer<'a> {
    body: &'a str,
    pub(crate) code: Option<i64>,
    pub(crate) msg: String,
    data: Option<&'a RawValue>,
}

impl<'a> Answer<'a> {
    pub(crate) fn parse(body: &'a [u8]) -> Result<Self, ErrorKind> {
        let body = body.strip_prefix("\u{feff}".as_bytes()).unwrap_or(body);
        if body.is_empty() {
            return Err(unusable("the body is empty".to_owned()));
        }
        let body = std::str::from_utf8(body).map_err(|error| unusable(format!("not UTF-8: {error}")))?;
        if !body.trim_start().starts_with('{') {
            return Err(unusable("the body is not a JSON object".to_owned()));
        }
        let Wire { code, msg, data } = read(body, "")?;
        Ok(Self { body, code, msg: msg.unwrap_or_default().into_owned(), data })
    }

    /// `data` under code 1000; every other code is an error with the server's text.
    pub(crate) fn success(self, secrets: &[&str]) -> Result<Data<'a>, ErrorKind> {
        match self.code {
            Some(SUCCESS) => Ok(Data { data: self.data, msg: self.msg }),
            Some(code) => Err(ErrorKind::Api { code, msg: ServerText::new(self.msg, secrets) }),
            None => Err(unusable("`code` is missing".to_owned())),
        }
    }

    /// The whole body as `T`, for the one interface that is documented to answer without an envelope.
    pub(crate) fn bare<T: Deserialize<'a>>(&self) -> Result<T, ErrorKind> {
        read(self.body, "")
    }
}

/// What a successful answer carries.
pub(crate) struct Data<'a> {
    data: Option<&'a RawValue>,
    pub(crate) msg: String,
}

impl<'a> Data<'a> {
    pub(crate) fn read<T: Deserialize<'a>>(&self) -> Result<T, ErrorKind> {
        match self.data {
            Some(data) => read(data.get(), "data"),
            None => Err(unusable("`data` is missing or null".to_owned())),
        }
    }

    /// `None` when `data` is null or missing.
    pub(crate) fn read_optional<T: Deserialize<'a>>(&self) -> Result<Option<T>, ErrorKind> {
        match self.data {
            Some(data) => read(data.get(), "data"),
            None => Ok(None),
        }
    }
}

pub(crate) fn unusable(reason: String) -> ErrorKind {
    ErrorKind::InvalidResponse { reason }
}

/// Reads quickly, and only when that fails once more to say where. The text never quotes the answer's own strings: an
/// answer may echo the request.
fn read<'a, T: Deserialize<'a>>(text: &'a str, at: &str) -> Result<T, ErrorKind> {
    serde_json::from_str(text).map_err(|error| {
        let what = match error.classify() {
            serde_json::error::Category::Data => "not of the expected type",
            serde_json::error::Category::Eof => "the JSON ends too early",
            serde_json::error::Category::Syntax | serde_json::error::Category::Io => "not JSON",
        };
        let mut deserializer = serde_json::Deserializer::from_str(text);
        let path = match serde_path_to_error::deserialize::<_, T>(&mut deserializer) {
            Err(located) if located.path().iter().len() > 0 => located.path().to_string(),
            _ => String::new(),
        };
        let joint = if at.is_empty() || path.is_empty() || path.starts_with('[') { "" } else { "." };
        match format!("{at}{joint}{path}").as_str() {
            "" => unusable(format!("{what} (line {}, column {})", error.line(), error.column())),
            place => unusable(format!("`{place}`: {what}")),
        }
    })
}
