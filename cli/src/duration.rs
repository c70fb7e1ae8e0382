//! Durations in arguments and in the configuration.

use std::time::Duration;

/// Parses a duration: a number with `ms`, `s`, `m`, `h` or `d`; without a unit it means seconds.
pub(crate) fn duration(text: &str) -> Result<Duration, String> {
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (number, unit) = text.split_at(digits);
    let ms_per_unit = match unit {
        "ms" => 1,
        "s" | "" => 1_000,
        "m" => 60_000,
        "h" => 3_600_000,
        "d" => 86_400_000,
        _ => 0,
    };
    match number.parse::<u64>().ok().and_then(|number| number.checked_mul(ms_per_unit)) {
        Some(ms) if ms_per_unit > 0 => Ok(Duration::from_millis(ms)),
        _ => Err(crate::tr!(
            "must be a number with ms, s, m, h or d, for example 30s",
            "必须是数字加单位 ms、s、m、h 或 d，例如 30s",
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_have_units() {
        let ms = |text| duration(text).map(|duration| duration.as_millis());
        assert_eq!(ms("500ms"), Ok(500));
        assert_eq!(ms("15"), Ok(15_000));
        assert_eq!(ms("30m"), Ok(1_800_000));
        assert_eq!(ms("2d"), Ok(172_800_000));
        for wrong in ["", "s", "-1s", "1w", "1.5s", "99999999999999999999"] {
            assert!(duration(wrong).is_err(), "{wrong}");
        }
    }
}
