//! A day of the calendar, as waivers name it: `2027-12-31`.

use std::fmt;
use std::time::{SystemTime, UNIX_EPOCH};

/// A day of the Gregorian calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day {
    year: u16,
    month: u8,
    day: u8,
}

impl Day {
    /// `2027-12-31`; `None` for what is no day, such as `2027-02-29`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let mut part = |digits: usize| {
            parts.next().filter(|part| part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit()))
        };
        let (year, month, day) = (part(4)?.parse().ok()?, part(2)?.parse().ok()?, part(2)?.parse().ok()?);
        let exists = parts.next().is_none() && (1..=12).contains(&month) && (1..=length(year, month)).contains(&day);
        exists.then_some(Self { year, month, day })
    }

    /// The day of a moment, in UTC: the same in every office and on every build machine.
    #[must_use]
    pub fn of(moment: SystemTime) -> Self {
        let seconds = moment.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
        let mut left = seconds / 86_400;
        let (mut year, mut month) = (1970_u16, 1_u8);
        loop {
            let days = u64::from(length(year, month));
            if left < days || year == 9999 {
                // Less than a month's days are left, or the calendar ends.
                return Self { year, month, day: u8::try_from(left.min(days - 1) + 1).unwrap_or(1) };
            }
            left -= days;
            (year, month) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
        }
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

const fn length(year: u16, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days() {
        for (text, exists) in [
            ("2027-12-31", true),
            ("2028-02-29", true),
            ("2027-02-29", false),
            ("2100-02-29", false),
            ("2027-13-01", false),
            ("2027-1-01", false),
            ("", false),
            ("2027-01-01-01", false),
        ] {
            assert_eq!(Day::parse(text).map(|day| day.to_string()).as_deref(), exists.then_some(text), "{text}");
        }
        for (seconds, day) in [
            (0, "1970-01-01"),
            (951_782_400, "2000-02-29"),
            (1_795_219_199, "2026-11-20"),
            (u64::MAX / 4, "9999-01-31"),
        ] {
            let moment = UNIX_EPOCH.checked_add(std::time::Duration::from_secs(seconds)).unwrap_or(UNIX_EPOCH);
            assert_eq!(Day::of(moment).to_string(), day);
        }
        assert!(Day::parse("2026-12-31") < Day::parse("2027-01-01"));
    }
}
