//! Deserialization helpers for optional fields.

use serde::{Deserialize, Deserializer};

/// Reads `null` as the default value, as if the field were absent.
///
/// For `#[serde(default, deserialize_with = "null_as_default")]`: `default` alone covers only an absent field.
pub(crate) fn null_as_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + Default,
{
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}
