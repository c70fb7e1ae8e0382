//! The three macros that keep case files small. Everything else that begins with `$` and is not one of ours is refused,
//! so that a misspelt macro cannot pass for a literal.

use serde_json::{Map, Value};

const RESERVED_FOR_MATCHING: [&str; 3] = ["$contains", "$starts_with", "$absent"];

/// Writes out every macro in `value`.
pub(crate) fn expand(value: &Value) -> Result<Value, String> {
    match value {
        Value::Array(items) => items.iter().map(expand).collect::<Result<_, _>>().map(Value::Array),
        Value::Object(object) => match macro_of(object) {
            Some(("$repeat", argument)) => repeat(argument),
            Some(("$each", argument)) => each(argument),
            Some(("$concat", argument)) => concat(argument),
            Some((name, _)) if !RESERVED_FOR_MATCHING.contains(&name) => {
                Err(format!("{name} is not a macro: there are $repeat, $each and $concat"))
            }
            _ => object
                .iter()
                .map(|(key, value)| Ok((key.clone(), expand(value)?)))
                .collect::<Result<Map<_, _>, String>>()
                .map(Value::Object),
        },
        plain => Ok(plain.clone()),
    }
}

fn macro_of(object: &Map<String, Value>) -> Option<(&str, &Value)> {
    match object.iter().next() {
        Some((key, value)) if object.len() == 1 && key.starts_with('$') && key.len() > 1 => Some((key, value)),
        _ => None,
    }
}

fn repeat(argument: &Value) -> Result<Value, String> {
    match argument.as_array().map(Vec::as_slice) {
        Some([Value::String(text), Value::Number(times)]) => times
            .as_u64()
            .and_then(|times| usize::try_from(times).ok())
            .map(|times| Value::String(text.repeat(times)))
            .ok_or_else(|| format!("$repeat cannot repeat {times} times")),
        _ => Err("$repeat takes [text, times]".to_owned()),
    }
}

fn each(argument: &Value) -> Result<Value, String> {
    let wrong = || "$each takes {\"from\": n, \"to\": n, \"item\": template}, both ends included".to_owned();
    let object = argument.as_object().filter(|object| object.len() == 3).ok_or_else(wrong)?;
    let bound = |name: &str| object.get(name).and_then(Value::as_i64).ok_or_else(wrong);
    let (from, to) = (bound("from")?, bound("to")?);
    let template = object.get("item").ok_or_else(wrong)?;
    (from..=to).map(|n| expand(&substitute(template, n))).collect::<Result<_, _>>().map(Value::Array)
}

/// `"{#n}"` becomes the number itself, `{n}` inside a text its digits.
fn substitute(template: &Value, n: i64) -> Value {
    match template {
        Value::String(text) if text == "{#n}" => n.into(),
        Value::String(text) => text.replace("{n}", &n.to_string()).into(),
        Value::Array(items) => items.iter().map(|item| substitute(item, n)).collect(),
        Value::Object(object) => object.iter().map(|(key, value)| (key.clone(), substitute(value, n))).collect(),
        plain => plain.clone(),
    }
}

fn concat(argument: &Value) -> Result<Value, String> {
    let wrong = || "$concat takes a list of texts or a list of lists".to_owned();
    let parts = argument.as_array().filter(|parts| !parts.is_empty()).ok_or_else(wrong)?;
    let parts = parts.iter().map(expand).collect::<Result<Vec<_>, _>>()?;
    if let Some(texts) = parts.iter().map(Value::as_str).collect::<Option<Vec<_>>>() {
        return Ok(Value::String(texts.concat()));
    }
    let lists =
        parts.iter().map(|part| part.as_array().map(Vec::as_slice)).collect::<Option<Vec<_>>>().ok_or_else(wrong)?;
    Ok(Value::Array(lists.concat()))
}

#[cfg(test)]
mod tests {
    use super::expand;
    use serde_json::json;

    #[test]
    fn macros_are_written_out_wherever_they_stand() {
        let written = expand(&json!({
            "content": {"$repeat": ["好", 3]},
            "uids": {"$concat": [{"$each": {"from": 1, "to": 2, "item": "UID_{n}"}}, ["UID_1"]]},
            "rows": {"$each": {"from": 7, "to": 8, "item": {"id": "{#n}", "text": "#{n}"}}},
            "text": {"$contains": ["a"]},
        }));
        let expected = json!({
            "content": "好好好",
            "uids": ["UID_1", "UID_2", "UID_1"],
            "rows": [{"id": 7, "text": "#7"}, {"id": 8, "text": "#8"}],
            "text": {"$contains": ["a"]},
        });
        assert_eq!(written, Ok(expected));
    }

    #[test]
    fn a_misspelt_macro_is_refused() {
        assert!(expand(&json!({"a": {"$repaet": ["x", 1]}})).unwrap_err().contains("$repaet"));
        assert!(expand(&json!({"$repeat": ["x", -1]})).is_err());
        assert!(expand(&json!({"$each": {"from": 1, "to": 2}})).is_err());
        assert!(expand(&json!({"$concat": ["x", ["y"]]})).is_err());
    }
}
