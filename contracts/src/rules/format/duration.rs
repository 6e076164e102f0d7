//! Durations, by the grammar of RFC 3339, appendix A: stricter than ISO 8601.

/// `"P" (date [time] | time | week)`, each of whole numbers.
pub(super) fn is_valid(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('P') else { return false };
    match rest.split_once('T') {
        None => is_made_of(rest, b"YMD") || is_made_of(rest, b"W"),
        Some((date, time)) => (date.is_empty() || is_made_of(date, b"YMD")) && is_made_of(time, b"HMS"),
    }
}

/// One or more numbers, each with its unit: the units in their order, and none left out between.
fn is_made_of(text: &str, mut units: &[u8]) -> bool {
    let mut rest = text.as_bytes();
    let mut first = true;
    while !rest.is_empty() {
        let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let Some((unit, after)) = rest.get(digits..).and_then(<[u8]>::split_first) else {
            return false;
        };
        // Years and days need the months between them; what comes first may be any.
        let Some(place) = units.iter().position(|known| known == unit) else { return false };
        if digits == 0 || (place > 0 && !first) {
            return false;
        }
        (rest, units, first) = (after, &units[place + 1..], false);
    }
    !first
}
