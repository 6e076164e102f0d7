//! Numbers of schemas: exact, by their digits.

use crate::source::{Kind, Value};

/// A number in plain digits, if it has at most 38 that count; a large exponent stays.
pub(super) fn plain(digits: &str) -> Option<String> {
    let (negative, number) = digits.strip_prefix('-').map_or((false, digits), |rest| (true, rest));
    let (mantissa, exponent) = number.split_once(['e', 'E']).unwrap_or((number, "0"));
    let exponent: i32 = exponent.parse().ok().filter(|exponent: &i32| exponent.abs() < 10_000)?;
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let all = format!("{whole}{fraction}");
    let significant = all.trim_end_matches('0');
    let point = i32::try_from(whole.len()).ok()? + exponent;
    if significant.trim_start_matches('0').is_empty() {
        return Some("0".to_owned());
    }
    if significant.trim_start_matches('0').len() > 38 {
        return None;
    }
    let length = i32::try_from(significant.len()).ok()?;
    let sign = if negative { "-" } else { "" };
    let trimmed = |whole: &str| match whole.trim_start_matches('0') {
        "" => "0".to_owned(),
        rest => rest.to_owned(),
    };
    Some(if !(-38..=38).contains(&point) {
        let units = significant.trim_start_matches('0');
        format!("{sign}{units}e{}", point - length)
    } else if point >= length {
        let zeros = usize::try_from(point - length).ok()?;
        format!("{sign}{}", trimmed(&format!("{significant}{}", "0".repeat(zeros))))
    } else if point > 0 {
        let (whole, fraction) = significant.split_at(usize::try_from(point).ok()?);
        format!("{sign}{}.{fraction}", trimmed(whole))
    } else {
        format!("{sign}0.{}{significant}", "0".repeat(usize::try_from(-point).ok()?))
    })
}

pub(super) fn is_number(value: &Value) -> bool {
    matches!(&value.kind, Kind::Number(digits) if plain(digits).is_some())
}

pub(super) fn is_divisor(value: &Value) -> bool {
    let Kind::Number(digits) = &value.kind else { return false };
    plain(digits).is_some_and(|plain| {
        let digits = plain.chars().filter(char::is_ascii_digit).collect::<String>();
        !plain.starts_with('-') && !plain.contains('e') && digits.trim_start_matches('0').len() <= 18 && plain != "0"
    })
}

/// A count, which may be spelled `2.0`; more than a `u32` holds means the same as what it does hold.
pub(super) fn count(value: &Value) -> Option<u32> {
    let Kind::Number(digits) = &value.kind else { return None };
    let plain = plain(digits).filter(|plain| !plain.contains(['.', '-']))?;
    if plain.contains('e') { Some(u32::MAX) } else { Some(plain.parse().unwrap_or(u32::MAX)) }
}

pub(super) fn is_count(value: &Value) -> bool {
    count(value).is_some()
}

/// Whether two values are one to JSON Schema: numbers by what they are, not by how they are spelled.
pub(super) fn equal(one: &serde_json::Value, other: &serde_json::Value) -> bool {
    use serde_json::Value;
    match (one, other) {
        (Value::Number(a), Value::Number(b)) => a == b || plain(&a.to_string()) == plain(&b.to_string()),
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| equal(a, b)),
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len() && a.iter().all(|(name, a)| b.get(name).is_some_and(|b| equal(a, b)))
        }
        _ => one == other,
    }
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn numbers_become_plain() {
        for (number, expected) in [
            ("1", "1"),
            ("1.50", "1.5"),
            ("-0.0", "0"),
            ("1e3", "1000"),
            ("12.5e-3", "0.0125"),
            ("100", "100"),
            ("1.7976931348623157e308", "17976931348623157e292"),
            ("3.4028235e38", "34028235e31"),
            ("-12e1", "-120"),
            ("0.000", "0"),
            ("1E-2", "0.01"),
        ] {
            assert_eq!(plain(number).as_deref(), Some(expected), "{number}");
        }
    }
}
