//! Reads JSON fields as leniently as the service does: scalars are converted to the type that the
//! field needs, as Jackson and Spring do. Lists and objects in place of a scalar are refused.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, Error, Unexpected, Visitor};

/// A field type that can be made from any JSON scalar.
pub(super) trait FromScalar: Sized {
    /// What the field expects, for the error text.
    const EXPECTED: &'static str;

    fn from_text(text: &str) -> Option<Self>;
    fn from_int(number: i64) -> Option<Self>;
    fn from_bool(value: bool) -> Option<Self>;

    fn from_float(number: f64) -> Option<Self> {
        // Jackson cuts off the fraction. The cast saturates, so that the range is checked first.
        #[allow(clippy::cast_possible_truncation)]
        let whole = number as i64;
        #[allow(clippy::cast_precision_loss)]
        let in_range = ((whole as f64) - number).abs() < 1.0;
        if in_range { Self::from_int(whole) } else { None }
    }
}

impl FromScalar for String {
    const EXPECTED: &'static str = "a string";

    fn from_text(text: &str) -> Option<Self> {
        Some(text.to_owned())
    }

    fn from_int(number: i64) -> Option<Self> {
        Some(number.to_string())
    }

    fn from_float(number: f64) -> Option<Self> {
        Some(number.to_string())
    }

    fn from_bool(value: bool) -> Option<Self> {
        Some(value.to_string())
    }
}

impl FromScalar for i64 {
    const EXPECTED: &'static str = "an integer";

    fn from_text(text: &str) -> Option<Self> {
        text.trim().parse().ok()
    }

    fn from_int(number: i64) -> Option<Self> {
        Some(number)
    }

    fn from_bool(_: bool) -> Option<Self> {
        None
    }
}

impl FromScalar for bool {
    const EXPECTED: &'static str = "a boolean";

    fn from_text(text: &str) -> Option<Self> {
        match text.trim().to_ascii_lowercase().as_str() {
            "true" | "on" | "yes" | "1" => Some(true),
            "false" | "off" | "no" | "0" => Some(false),
            _ => None,
        }
    }

    fn from_int(number: i64) -> Option<Self> {
        Some(number != 0)
    }

    fn from_bool(value: bool) -> Option<Self> {
        Some(value)
    }
}

/// A required scalar, for items of lists.
struct Scalar<T>(T);

impl<'de, T: FromScalar> Deserialize<'de> for Scalar<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match deserializer.deserialize_any(ScalarVisitor(PhantomData))? {
            Some(value) => Ok(Self(value)),
            None => Err(D::Error::invalid_type(Unexpected::Unit, &T::EXPECTED)),
        }
    }
}

/// An optional scalar. `null` counts as absent; so does `""` where a number or a boolean belongs.
pub(super) fn optional<'de, D: Deserializer<'de>, T: FromScalar>(deserializer: D) -> Result<Option<T>, D::Error> {
    deserializer.deserialize_any(ScalarVisitor(PhantomData))
}

/// An optional list of scalars. A scalar in place of the list is refused, as by the service.
pub(super) fn list<'de, D: Deserializer<'de>, T: FromScalar>(deserializer: D) -> Result<Option<Vec<T>>, D::Error> {
    let items: Option<Vec<Scalar<T>>> = Option::deserialize(deserializer)?;
    Ok(items.map(|items| items.into_iter().map(|Scalar(item)| item).collect()))
}

struct ScalarVisitor<T>(PhantomData<T>);

impl<T: FromScalar> ScalarVisitor<T> {
    fn accept<E: Error>(value: Option<T>, unexpected: Unexpected<'_>) -> Result<Option<T>, E> {
        value.map(Some).ok_or_else(|| E::invalid_type(unexpected, &T::EXPECTED))
    }
}

impl<T: FromScalar> Visitor<'_> for ScalarVisitor<T> {
    type Value = Option<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(T::EXPECTED)
    }

    fn visit_unit<E: Error>(self) -> Result<Option<T>, E> {
        Ok(None)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Option<T>, E> {
        Self::accept(T::from_bool(value), Unexpected::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Option<T>, E> {
        Self::accept(T::from_int(value), Unexpected::Signed(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Option<T>, E> {
        let number = i64::try_from(value).ok();
        Self::accept(number.and_then(T::from_int), Unexpected::Unsigned(value))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Option<T>, E> {
        Self::accept(T::from_float(value), Unexpected::Float(value))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Option<T>, E> {
        match T::from_text(value) {
            None if value.trim().is_empty() => Ok(None),
            converted => Self::accept(converted, Unexpected::Str(value)),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;
    use serde_json::{Value, json};

    #[derive(Debug, Default, PartialEq, Deserialize)]
    #[serde(default)]
    struct Fields {
        #[serde(deserialize_with = "super::optional")]
        text: Option<String>,
        #[serde(deserialize_with = "super::optional")]
        number: Option<i64>,
        #[serde(deserialize_with = "super::optional")]
        flag: Option<bool>,
        #[serde(deserialize_with = "super::list")]
        numbers: Option<Vec<i64>>,
    }

    fn read(value: Value) -> Result<Fields, serde_json::Error> {
        serde_json::from_value(value)
    }

    #[test]
    fn converts_scalars_to_the_type_of_the_field() {
        for number in [json!(1), json!("1"), json!(" 1 "), json!(1.0), json!(1.9)] {
            assert_eq!(read(json!({"number": number})).unwrap().number, Some(1), "{number}");
        }
        for flag in [json!(true), json!("True"), json!("TRUE"), json!("true"), json!(1), json!("1")] {
            assert_eq!(read(json!({"flag": flag})).unwrap().flag, Some(true), "{flag}");
        }
        for (text, expected) in [(json!(7), "7"), (json!(true), "true"), (json!(1.5), "1.5"), (json!(""), "")] {
            assert_eq!(read(json!({"text": text})).unwrap().text.as_deref(), Some(expected));
        }
        assert_eq!(read(json!({"numbers": ["9701", 9702]})).unwrap().numbers, Some(vec![9701, 9702]));
    }

    #[test]
    fn null_and_empty_text_count_as_absent() {
        let fields = json!({"text": null, "number": null, "flag": null, "numbers": null});
        assert_eq!(read(fields).unwrap(), Fields::default());
        assert_eq!(read(json!({"number": "", "flag": " "})).unwrap(), Fields::default());
    }

    #[test]
    fn refuses_what_cannot_be_converted() {
        for wrong in [
            json!({"number": "nine"}),
            json!({"number": true}),
            json!({"number": 1e300}),
            json!({"number": [1]}),
            json!({"flag": "perhaps"}),
            json!({"text": ["x"]}),
            json!({"text": {}}),
            json!({"numbers": 1}),
            json!({"numbers": "1"}),
            json!({"numbers": [null]}),
            json!({"numbers": ["x"]}),
        ] {
            assert!(read(wrong.clone()).is_err(), "{wrong}");
        }
    }
}
