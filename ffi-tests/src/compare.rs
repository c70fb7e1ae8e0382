//! The differ: says where two JSON values part, in words that name the place.

use serde_json::Value;

/// Compares exactly, every key on both sides.
pub fn exactly(path: &str, expected: &Value, got: &Value, out: &mut Vec<String>) {
    walk(path, expected, got, false, out);
}

/// Compares a report. Errors inside it are compared in the fields given, and an expected text may be a rule
/// (`$starts_with`, `$contains`).
pub fn differences(path: &str, expected: &Value, got: &Value, out: &mut Vec<String>) {
    walk(path, expected, got, true, out);
}

/// Compares the fields of an error that the case gives.
pub fn error_differences(path: &str, expected: &Value, got: &Value, out: &mut Vec<String>) {
    let (Value::Object(expected), Value::Object(got)) = (expected, got) else {
        return walk(path, expected, got, true, out);
    };
    for (key, expected) in expected {
        let path = format!("{path}.{key}");
        match got.get(key) {
            Some(got) => walk(&path, expected, got, true, out),
            None => out.push(format!("{path}: expected {}, got nothing", show(expected))),
        }
    }
}

fn walk(path: &str, expected: &Value, got: &Value, report: bool, out: &mut Vec<String>) {
    match (expected, got) {
        (Value::Object(rule), _) if report && rule.keys().any(|key| key.starts_with('$')) => {
            follows(path, rule, got, out);
        }
        (Value::Object(expected), Value::Object(got)) => {
            for (key, expected) in expected {
                let path = format!("{path}.{key}");
                match got.get(key) {
                    Some(got) if report && key == "err" => error_differences(&path, expected, got, out),
                    Some(got) => walk(&path, expected, got, report, out),
                    None => out.push(format!("{path}: expected {}, got nothing", show(expected))),
                }
            }
            for (key, got) in got.iter().filter(|(key, _)| !expected.contains_key(*key)) {
                out.push(format!("{path}.{key}: expected nothing, got {}", show(got)));
            }
        }
        (Value::Array(expected), Value::Array(got)) => {
            if expected.len() != got.len() {
                out.push(format!("{path}: expected {} items, got {}", expected.len(), got.len()));
            }
            for (index, (expected, got)) in expected.iter().zip(got).enumerate() {
                walk(&format!("{path}[{index}]"), expected, got, report, out);
            }
        }
        (Value::String(expected), Value::String(got)) if expected != got && expected.chars().count() > LONG => {
            out.push(long_texts(path, expected, got));
        }
        _ if expected == got => {}
        _ => out.push(format!("{path}: expected {}, got {}", show(expected), show(got))),
    }
}

fn follows(path: &str, rule: &serde_json::Map<String, Value>, got: &Value, out: &mut Vec<String>) {
    let Some(text) = got.as_str() else {
        return out.push(format!("{path}: expected a text, got {}", show(got)));
    };
    if let Some(start) = rule.get("$starts_with").and_then(Value::as_str) {
        if !text.starts_with(start) {
            out.push(format!("{path}: expected a text that starts with {start:?}, got {}", show(got)));
        }
    }
    for part in rule.get("$contains").and_then(Value::as_array).into_iter().flatten() {
        let part = part.as_str().unwrap_or_default();
        if !text.contains(part) {
            out.push(format!("{path}: expected a text that holds {part:?}, got {}", show(got)));
        }
    }
}

const LONG: usize = 160;

fn show(value: &Value) -> String {
    shorten(&value.to_string())
}

/// The beginning of a text too long to print, and its length.
pub fn shorten(text: &str) -> String {
    let length = text.chars().count();
    if length <= LONG {
        return text.to_owned();
    }
    let start: String = text.chars().take(LONG * 3 / 4).collect();
    format!("{start}… ({length} characters)")
}

/// Two long texts whose beginnings may look alike: shows them around the first character that differs.
fn long_texts(path: &str, expected: &str, got: &str) -> String {
    let same = expected.chars().zip(got.chars()).take_while(|(a, b)| a == b).count();
    let around = |text: &str| -> String { text.chars().skip(same.saturating_sub(10)).take(40).collect() };
    format!(
        "{path}: differs from character {}: expected …{:?}… ({} characters), got …{:?}… ({} characters)",
        same + 1,
        around(expected),
        expected.chars().count(),
        around(got),
        got.chars().count(),
    )
}

#[cfg(test)]
mod tests {
    use super::{differences, error_differences};
    use serde_json::{Value, json};

    fn lines(expected: Value, got: Value) -> Vec<String> {
        let mut out = Vec::new();
        differences("ok", &expected, &got, &mut out);
        out
    }

    #[test]
    fn a_missing_and_a_surplus_key_are_both_differences() {
        assert_eq!(
            lines(json!({"a": 1, "b": null}), json!({"a": 1, "c": null})),
            ["ok.b: expected null, got nothing", "ok.c: expected nothing, got null"]
        );
    }

    #[test]
    fn a_number_is_not_the_text_of_it() {
        assert_eq!(lines(json!(["1"]), json!([1])), [r#"ok[0]: expected "1", got 1"#]);
        assert_eq!(lines(json!(1), json!(1.0)).len(), 1);
    }

    #[test]
    fn lists_of_different_length_differ_even_when_one_begins_the_other() {
        assert_eq!(lines(json!([1]), json!([1, 2])), ["ok: expected 1 items, got 2"]);
        assert_eq!(lines(json!([]), json!([1])), ["ok: expected 0 items, got 1"]);
    }

    #[test]
    fn errors_are_compared_in_the_fields_given() {
        let got = json!({"kind": "api", "text": "whatever"});
        assert!(lines(json!({"err": {"kind": "api"}}), json!({"err": got})).is_empty());
        let mut out = Vec::new();
        error_differences("err", &json!({"kind": "tls", "code": "1"}), &json!({"kind": "api"}), &mut out);
        assert_eq!(out, [r#"err.code: expected "1", got nothing"#, r#"err.kind: expected "tls", got "api""#]);
    }

    #[test]
    fn a_rule_is_followed_or_named() {
        let rule = json!({"$starts_with": "stale", "$contains": ["600", "s"]});
        assert!(lines(rule.clone(), json!("stale by 600 s")).is_empty());
        assert_eq!(lines(rule.clone(), json!("late by 601 s")).len(), 2);
        assert_eq!(lines(rule, Value::Null).len(), 1);
    }

    #[test]
    fn long_texts_are_shown_where_they_part() {
        let expected = "好".repeat(400);
        let got = format!("{}x{}", "好".repeat(300), "好".repeat(99));
        let line = lines(expected.into(), got.into()).remove(0);
        assert!(line.contains("from character 301") && line.len() < 400, "{line}");
    }
}
